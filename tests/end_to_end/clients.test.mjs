// Registered clients: what a key gives, and how soon it gives nothing any more.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { world } from './support/journey.mjs';
import { ask, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

async function signedIn(t, options = {}) {
  const { provider, broker } = await world(t, { mode: 'ask', ...options });
  await signInByCommand(broker);
  return { provider, broker };
}

async function addClient(broker, name, ...options) {
  const { status, stdout, stderr } = await broker.run(['client', 'add', name, ...options]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^kbk_[0-9A-Za-z]{49}\n$/, 'the key alone stands on standard output');
  assert.ok(!stderr.includes('kbk_'), 'and nowhere else');
  return stdout.trim();
}

// A connection that shows a key: the client, or the failure of hello.
async function greet(t, broker, hello) {
  const client = await broker.client({ hello: false });
  const params = { protocol: 1, client: { name: 'robot', version: '1' }, ...hello };
  const outcome = await client.call('hello', params).then((greeting) => ({ client, greeting }), (failure) => ({ failure }));
  t.after(() => client.close());
  return outcome;
}

test('a key gives the tokens that were listed, to a program that nobody is asked about', async (t) => {
  const { provider, broker } = await signedIn(t);
  const key = await addClient(broker, 'ci', '--allow', 'demo', '--owner', 'ana', '--expires', '90d');
  const { client, greeting } = await greet(t, broker, { client_key: key });
  assert.equal(greeting.role, 'agent');
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
  assert.equal((await client.callFails('session.list')).errorName, 'policy_denied');

  const program = await broker.run(['token', 'demo'], { env: { KEYBEARER_CLIENT_KEY: key } });
  assert.equal(program.status, 0, program.stderr);
  const file = join(broker.home, 'ci.key');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  const fromFile = () => broker.run(['token', 'demo'], { env: { KEYBEARER_CLIENT_KEY: `@${file}` } });
  assert.deepEqual([(await fromFile()).status, (await fromFile()).stderr], [0, '']);
  chmodSync(file, 0o644);
  assert.match((await fromFile()).stderr, /^Others may use the client key in .*ci\.key; close it with: chmod 600 /);

  const shown = await ask(broker, 'client', 'show', 'ci');
  assert.equal(shown.uses, 5);
  assert.equal(shown.owner, 'ana');
  assert.ok(Date.parse(shown.last_used_at) > Date.now() - 60000);
  assert.ok(!JSON.stringify(shown).includes(key));
  const { rows } = await ask(broker, 'audit', 'list', '--limit', '1000');
  const released = rows.find((row) => row.kind === 'token.released');
  assert.equal(released.why, 'client:ci');
  assert.ok(rows.some((row) => row.kind === 'client.added' && row.why === 'client:ci'));
  assert.ok(!JSON.stringify(rows).includes(key));
});

test('what was not listed is refused, and nobody is asked', async (t) => {
  const { broker } = await signedIn(t);
  for (const options of [[], ['--allow', 'github'], ['--allow', 'demo:ben@example.com'], ['--allow', 'apikey:demo']]) {
    const key = await addClient(broker, `c${options.length}${options[1]?.length ?? ''}`, ...options);
    const { client } = await greet(t, broker, { client_key: key });
    const failure = await client.callFails('token.get', { provider: 'demo' });
    assert.equal(failure.errorName, 'policy_denied', failure.message);
  }
  const exact = await addClient(broker, 'exact', '--allow', 'demo:ana@example.com');
  const { client } = await greet(t, broker, { client_key: exact });
  await client.call('token.get', { provider: 'demo' });
  const mistyped = await broker.run(['client', 'add', 'typo', '--allow', 'githbu']);
  assert.equal(mistyped.status, 9, mistyped.stderr);
  assert.match(mistyped.stderr, /github/);
});

test('a key of another mode is no way around its list: trusting', async (t) => {
  const { broker } = await signedIn(t, { mode: 'trusting' });
  const key = await addClient(broker, 'ci');
  const { client, greeting } = await greet(t, broker, { client_key: key });
  assert.equal(greeting.role, 'agent');
  assert.equal((await client.callFails('token.get', { provider: 'demo' })).errorName, 'policy_denied');
});

test('a mistyped key, an unknown key and no key are told apart, and each costs the connection', async (t) => {
  const { broker } = await signedIn(t);
  const key = await addClient(broker, 'ci', '--allow', 'demo');
  const other = key.slice(0, 10) + (key[10] === 'a' ? 'b' : 'a') + key.slice(11);
  const mistyped = await greet(t, broker, { client_key: other });
  assert.equal(mistyped.failure.errorName, 'client_unknown');
  assert.equal(mistyped.failure.code, -31012);
  assert.equal(mistyped.failure.data.reason, 'malformed');

  await ask(broker, 'client', 'remove', 'ci');
  const connection = await broker.client({ hello: false });
  const unknown = await connection.callFails('hello', { protocol: 1, client_key: key });
  assert.equal(unknown.errorName, 'client_unknown');
  assert.equal(unknown.data.reason, 'unknown');
  assert.ok(!JSON.stringify(unknown.data).includes(key) && !unknown.message.includes(key));
  assert.equal(await connection.closed, true);

  const command = await broker.run(['token', 'demo'], { env: { KEYBEARER_CLIENT_KEY: key } });
  assert.equal(command.status, 5, command.stderr);
  assert.ok(!command.stderr.includes(key));
  const { rows } = await ask(broker, 'audit', 'list', '--limit', '1000');
  assert.ok(rows.some((row) => row.kind === 'client.refused' && row.why === 'malformed'));
  assert.ok(rows.some((row) => row.kind === 'client.refused' && row.why === 'client_unknown'));
});

test('disabled: running connections get nothing any more, and new ones are refused', async (t) => {
  const { broker } = await signedIn(t);
  const key = await addClient(broker, 'ci', '--allow', 'demo');
  const { client } = await greet(t, broker, { client_key: key });
  for (let i = 0; i < 3; i += 1) // the later ones are prepared answers
    await client.call('token.get', { provider: 'demo' });
  await ask(broker, 'client', 'disable', 'ci');
  const running = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(running.errorName, 'client_disabled', running.message);
  const { failure } = await greet(t, broker, { client_key: key });
  assert.equal(failure.errorName, 'client_disabled');
  assert.equal(failure.data.client, 'ci');

  await ask(broker, 'client', 'enable', 'ci');
  await client.call('token.get', { provider: 'demo' });
  await ask(broker, 'client', 'remove', 'ci');
  assert.equal((await client.callFails('token.get', { provider: 'demo' })).errorName, 'client_unknown');
});

test('expired: the key ends by itself, also on a connection with a prepared answer', async (t) => {
  const { broker } = await signedIn(t);
  const end = new Date(Math.ceil(Date.now() / 1000) * 1000 + 6000).toISOString().replace('.000Z', 'Z');
  const key = await addClient(broker, 'short', '--allow', 'demo', '--expires', end);
  const { client } = await greet(t, broker, { client_key: key });
  await client.call('token.get', { provider: 'demo' });
  const failure = await until('the end of the key', () =>
    client.call('token.get', { provider: 'demo' }).then(() => undefined, (error) => error));
  assert.equal(failure.errorName, 'client_expired', failure.message);
  assert.ok(Date.now() >= Date.parse(end), 'not before its time');
  assert.equal((await greet(t, broker, { client_key: key })).failure.errorName, 'client_expired');
  assert.equal((await ask(broker, 'client', 'list')).clients[0].state, 'expired');
  const past = await broker.run(['client', 'add', 'past', '--expires', '2020-01-01']);
  assert.equal(past.status, 2, past.stderr);
});

test('rotation: the old key works for the overlap; without one it ends at once', async (t) => {
  const { broker } = await signedIn(t);
  const first = await addClient(broker, 'ci', '--allow', 'demo');
  const { client: running } = await greet(t, broker, { client_key: first });
  await running.call('token.get', { provider: 'demo' });

  const rotated = await broker.run(['client', 'rotate', 'ci', '--overlap', '24h']);
  assert.equal(rotated.status, 0, rotated.stderr);
  const second = rotated.stdout.trim();
  assert.notEqual(second, first);
  await running.call('token.get', { provider: 'demo' });
  for (const key of [first, second]) {
    const { client } = await greet(t, broker, { client_key: key });
    await client.call('token.get', { provider: 'demo' });
  }
  const { client: withSecond } = await greet(t, broker, { client_key: second });
  const third = (await broker.run(['client', 'rotate', 'ci'])).stdout.trim();
  for (const client of [running, withSecond])
    assert.equal((await client.callFails('token.get', { provider: 'demo' })).errorName, 'client_expired');
  assert.equal((await greet(t, broker, { client_key: first })).failure.errorName, 'client_unknown');
  const replaced = await greet(t, broker, { client_key: second });
  assert.equal(replaced.failure.errorName, 'client_expired');
  assert.equal(replaced.failure.data.reason, 'replaced');
  assert.ok((await greet(t, broker, { client_key: third })).client);
});

test('roles: a key has the role that it was given, and hello may ask for less, never for more', async (t) => {
  const { broker } = await signedIn(t);
  const key = await addClient(broker, 'desk', '--role', 'user');
  assert.equal((await greet(t, broker, { client_key: key, role: 'admin' })).failure.errorName, 'policy_denied');
  const { client: user } = await greet(t, broker, { client_key: key });
  assert.equal((await user.call('session.list')).sessions.length, 1);
  const refused = await user.callFails('client.add', { name: 'another', role: 'admin' });
  assert.equal(refused.errorName, 'policy_denied');
  assert.equal(refused.data.required, 'client:write');
  assert.equal(refused.data.role, 'user');
  const { client: less, greeting } = await greet(t, broker, { client_key: key, role: 'agent' });
  assert.equal(greeting.role, 'agent');
  assert.equal((await less.callFails('session.list')).errorName, 'policy_denied');
  assert.equal((await greet(t, broker, { role: 'user' })).failure.errorName, 'policy_denied');
});

test('no client answers for a person, whatever its role', async (t) => {
  const { broker } = await signedIn(t);
  const { client } = await greet(t, broker, { client_key: await addClient(broker, 'boss', '--role', 'admin') });
  const failure = await client.callFails('consent.answer', { consent_id: 'c_x', decision: 'allow' });
  assert.equal(failure.errorName, 'policy_denied');
  assert.equal(failure.data.required, 'consent:answer');
});

test('every role against every method of the running broker', async (t) => {
  const { broker } = await signedIn(t);
  const open = ['hello', 'rpc.discover', 'events.subscribe', 'caller.show', 'health.get', 'provider.list', 'provider.show', 'auth.explain',
    'demo.status'];
  const mayUse = {
    agent: (name) => [...open, 'token.get', 'token.proof', 'mcp.open'].includes(name),
    readonly: (name) => name !== 'token.get' && (open.includes(name)
      || /\.(list|show|query|summary|verify|alerts|status|pending)$/.test(name) || ['metrics.get', 'config.get', 'gateway.keys', 'gateway.clients'].includes(name))
      && name !== 'signin.status',
    user: (name) => !/^(client\.(add|enable|disable|rotate|remove)|store\.(migrate|rekey)|config\.reload|consent\.answer|tool\.(approve|forget)|sharing\.(pause|resume)|broker\.stop)$/.test(name),
    admin: (name) => !['consent.answer', 'tool.approve', 'tool.forget', 'sharing.pause', 'sharing.resume', 'broker.stop'].includes(name),
  };
  for (const [role, may] of Object.entries(mayUse)) {
    const { client } = await greet(t, broker, { client_key: await addClient(broker, `as-${role}`, '--role', role) });
    const { methods } = await client.call('rpc.discover');
    for (const { name } of methods.filter((one) => one.name !== 'hello')) {
      const failure = await client.call(name, { no_such_member: true }).then(() => undefined, (error) => error);
      const denied = failure?.errorName === 'policy_denied' && failure.data.required !== undefined;
      assert.equal(denied, !may(name), `${name} as ${role}: ${failure?.message}`);
    }
  }
});

test('a program that guesses has to wait, others are served', async (t) => {
  const { broker } = await signedIn(t);
  const key = await addClient(broker, 'ci', '--allow', 'demo');
  const other = await addClient(broker, 'gone');
  await ask(broker, 'client', 'remove', 'gone');
  let limited;
  for (let i = 0; i < 12 && limited === undefined; i += 1) {
    const { failure } = await greet(t, broker, { client_key: other });
    if (failure.errorName === 'rate_limited')
      limited = failure;
    else
      assert.equal(failure.errorName, 'client_unknown');
  }
  assert.ok(limited?.data.retry_after_seconds > 0, 'the guesser is held up');
  const program = await broker.run(['token', 'demo'], { env: { KEYBEARER_CLIENT_KEY: key } });
  assert.equal(program.status, 0, program.stderr);
  const { rows } = await ask(broker, 'audit', 'list', '--limit', '1000');
  const refused = rows.filter((row) => row.kind === 'client.refused');
  assert.ok(refused.length >= 1 && refused.length <= 3, `a flood is few rows: ${refused.length}`);
});

test('clients outlive the broker, and their keys stand in no file', async (t) => {
  const { broker } = await world(t, { mode: 'ask', start: false,
    more: { store: { backend: 'file', key: 'key_file', key_file: '../store.key' } } });
  writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  await broker.start();
  await signInByCommand(broker);
  const key = await addClient(broker, 'ci', '--allow', 'demo', '--role', 'user');
  const { client } = await greet(t, broker, { client_key: key });
  await client.call('token.get', { provider: 'demo' });
  await broker.restart();
  const after = await greet(t, broker, { client_key: key });
  assert.equal(after.greeting?.role, 'user', after.failure?.message);
  await after.client.call('token.get', { provider: 'demo' });
  assert.equal((await ask(broker, 'client', 'show', 'ci')).uses, 2);
  await broker.stop();
  for (const file of readdirSync(broker.home, { recursive: true, withFileTypes: true })) {
    if (file.isFile())
      assert.ok(!readFileSync(join(file.parentPath ?? file.path, file.name)).includes(key.slice(4, 47)), `${file.name} holds the key`);
  }
  assert.ok(!broker.log.includes(key.slice(4, 47)), 'and so does the log not');
});
