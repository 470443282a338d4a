// agent.sock: the second socket, which may be forwarded. What was allowed before is given; nothing else is, and nobody
// is asked.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { world } from './support/journey.mjs';
import { LineClient } from './support/line_client.mjs';
import { ask, Prompter, signInByCommand } from './support/operator.mjs';

async function agentWorld(t, agent, options = {}) {
  const made = await world(t, { mode: 'ask', more: { agent }, ...options });
  await signInByCommand(made.broker);
  const path = join(made.broker.home, 'run', 'agent.sock');
  const open = async (options2) => {
    const client = await LineClient.open(path, options2);
    made.broker.clients.push(client);
    return client;
  };
  return { ...made, path, open };
}

test('without agent.enabled there is no second socket', async (t) => {
  const { path } = await agentWorld(t, { allow: ['demo'] });
  assert.ok(!existsSync(path));
});

test('a token that was allowed is given, and the audit log says through which door', async (t) => {
  const { provider, broker, open, path } = await agentWorld(t, { enabled: true, allow: ['demo'] });
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const client = await open();
  assert.equal(client.greeting.role, 'agent');
  assert.equal(client.greeting.door, 'agent');
  assert.equal(client.greeting.caller.executable, '');
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
  assert.equal((await client.call('token.get', { provider: 'demo' })).access_token, token.access_token); // the warm way
  const { rows } = await ask(broker, 'audit', 'list');
  const row = rows.find((one) => one.kind === 'token.released');
  assert.equal(row.why, 'agent');
});

test('everything else is policy_denied, and no question appears', async (t) => {
  const { broker, open } = await agentWorld(t, { enabled: true, allow: ['demo:somebody-else', 'apikey:one'] });
  const prompter = await Prompter.open(t, broker);
  const client = await open();
  for (const params of [{ provider: 'demo' }, { provider: 'github' }, { provider: 'no-such' },
    { provider: 'demo', interactive: true, reason: 'please' }]) {
    const refused = await client.callFails('token.get', params);
    assert.equal(refused.errorName, 'policy_denied', `${JSON.stringify(params)}: ${refused.message}`);
    assert.ok(!refused.message.includes('ana@'), refused.message);
  }
  for (const method of ['session.list', 'events.subscribe', 'signin.start', 'consent.pending', 'consent.answer',
    'audit.query', 'health.get', 'capability.open', 'provider.list', 'apikey.add', 'no.such'])
    assert.equal((await client.callFails(method, {})).errorName, 'policy_denied', method);
  const { rows } = await ask(broker, 'audit', 'list');
  assert.ok(rows.some((row) => row.kind === 'policy.denied' && row.detail.includes('session.list')), JSON.stringify(rows));
  assert.ok((await client.call('rpc.discover')).openrpc);
  assert.equal(prompter.events.length, 0);
});

test('it takes no client key, no capability and no greater role', async (t) => {
  const { open } = await agentWorld(t, { enabled: true, allow: ['demo'] });
  const hello = { protocol: 1, client: { name: 'far', version: '1' } };
  for (const more of [{ client_key: 'x' }, { capability: 'kbc_x' }, { role: 'admin' }]) {
    const client = await open({ hello: false });
    assert.equal((await client.callFails('hello', { ...hello, ...more })).errorName, 'policy_denied', JSON.stringify(more));
  }
});

// What ssh -R does, without ssh: a relay that knows nothing of the protocol.
test('it works through a relay', async (t) => {
  const { provider, broker, path } = await agentWorld(t, { enabled: true, allow: ['demo'] });
  const forwarded = join(broker.home, 'forwarded.sock');
  const relay = createServer((near) => {
    const far = connect(path);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise((resolve) => { relay.listen(forwarded, resolve); });
  t.after(() => relay.close());
  const client = await LineClient.open(forwarded);
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
  assert.equal((await client.callFails('session.list')).errorName, 'policy_denied');
  await client.close();
});

test('the command line asks through it when KEYBEARER_SOCKET names it', async (t) => {
  const { provider, broker, path } = await agentWorld(t, { enabled: true, allow: ['demo'] });
  const command = await broker.run(['token', 'demo', '--no-spawn', '--socket', path]);
  assert.equal(command.status, 0, command.stderr);
  assert.equal((await provider.userinfo(command.stdout.trim())).status, 200);
  assert.equal((await broker.run(['session', 'list', '--no-spawn', '--socket', path])).status, 5);
});

test('the socket is gone with the broker', async (t) => {
  const { broker, path } = await agentWorld(t, { enabled: true, allow: ['demo'] });
  assert.ok(existsSync(path));
  await broker.stop();
  assert.ok(!existsSync(path));
});
