// keybearer pause and resume: while it lasts no program gets anything, whatever it was allowed; and how the broker is
// ended and started anew.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld } from './support/gateway_world.mjs';
import { signIn, world } from './support/journey.mjs';
import { McpLines } from './support/mcp_lines.mjs';
import { mcpWorld } from './support/mcp_world.mjs';
import { ask, Prompter, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const isPaused = (failure, what) => {
  assert.equal(failure.errorName, 'policy_denied', `${what}: ${failure.message}`);
  assert.equal(failure.data.reason, 'sharing_paused', what);
  assert.match(failure.data.action, /keybearer resume/);
};

test('paused: no token, no API key, also not the one that was had a moment ago; resumed: as before', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  await client.call('apikey.add', { name: 'weather', value: 'k-1' });
  const wishes = [{ provider: 'demo' }, { provider: 'apikey', account: 'weather' }];
  for (const wish of wishes) {
    await client.call('token.get', wish);
    await client.call('token.get', wish); // warm
  }
  const { paused, until: end } = await ask(broker, 'pause', '1h');
  assert.equal(paused, true);
  assert.ok(Math.abs(Date.parse(end) - Date.now() - 3600e3) < 60e3, end);
  for (const wish of wishes) {
    const failure = await client.callFails('token.get', wish);
    isPaused(failure, JSON.stringify(wish));
    assert.ok(failure.data.retry_after_seconds > 3500 && failure.data.retry_after_seconds <= 3600);
  }
  const command = await broker.run(['token', 'demo']);
  assert.equal(command.status, 5);
  assert.equal(command.stdout, '');
  assert.match(command.stderr, /paused until/);
  const shown = await broker.run(['status']);
  assert.match(shown.stdout, /Sharing +paused until/);
  assert.equal((await client.call('health.get')).sharing.paused, true);
  await ask(broker, 'resume');
  for (const wish of wishes)
    await client.call('token.get', wish);
  const { rows } = await ask(broker, 'audit', 'list', '--limit', '200');
  const kinds = rows.map((row) => row.kind);
  for (const kind of ['sharing.paused', 'sharing.resumed', 'policy.denied'])
    assert.ok(kinds.includes(kind), kind);
});

test('an open question is withdrawn, and whoever waited for it is told why', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  await signInByCommand(broker);
  const client = await broker.client();
  const prompter = await Prompter.open(t, broker);
  const waiting = client.callFails('token.get', { provider: 'demo' });
  await prompter.question();
  await ask(broker, 'pause');
  const failure = await waiting;
  isPaused(failure, 'the one that waited');
  assert.equal(failure.data.retry_after_seconds, undefined, 'it has no end');
  assert.deepEqual((await ask(broker, 'consent', 'pending')).pending, []);
  isPaused(await client.callFails('token.get', { provider: 'demo' }), 'nobody is asked meanwhile');
});

test('it ends by itself, and says so to whoever listens', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  await client.call('events.subscribe', { topics: ['health.changed'] });
  await ask(broker, 'pause', '1s');
  isPaused(await client.callFails('token.get', { provider: 'demo' }), 'paused');
  await until('the end of the pause', async () => !(await client.call('health.get')).sharing.paused);
  await client.call('token.get', { provider: 'demo' });
  const { rows } = await ask(broker, 'audit', 'list', '--kind', 'sharing.resumed');
  assert.match(rows[0].detail, /its time had come/);
});

test('it outlives the broker, with what is left of it, and so does its end', async (t) => {
  const { broker } = await world(t, { store: 'file' });
  await ask(broker, 'pause', '1h');
  await ask(broker, 'restart');
  const { sharing } = await ask(broker, 'health');
  assert.equal(sharing.paused, true);
  assert.ok(Date.parse(sharing.until) - Date.now() > 3500e3, sharing.until);
  await ask(broker, 'resume');
  await ask(broker, 'restart');
  assert.deepEqual((await ask(broker, 'health')).sharing, { paused: false });
  assert.deepEqual(await ask(broker, 'stop'), { stopped: true });
  assert.deepEqual(await ask(broker, 'stop'), { stopped: false });
});

test('no program may pause, resume or stop: that is a person\'s', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  for (const method of ['sharing.pause', 'sharing.resume', 'broker.stop'])
    assert.equal((await client.callFails(method, {})).errorName, 'policy_denied', method);
  for (const wrong of ['0m', '8d', '15', 'soon', '-1h', '1h30m']) {
    const { status } = await broker.run(['pause', wrong]);
    assert.equal(status, 2, wrong);
  }
  assert.deepEqual((await ask(broker, 'health')).sharing, { paused: false });
});

test('the gateway: an open route gets nothing new and no other one opens, nothing reaches the server', { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const gateway = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } } });
  const key = await gateway.key('robot', 'desk');
  assert.equal((await gateway.call('desk', key, 'one')).status, 200);
  await ask(gateway.broker, 'pause', '1h');
  const before = upstream.hits.length;
  for (let turn = 0; turn < 3; ++turn) {
    const { status, text } = await gateway.call('desk', key, 'one');
    assert.ok(status >= 400 || /paused/.test(text), `${status} ${text}`);
    assert.match(text, /paused/);
  }
  const other = await gateway.key('second', 'desk');
  const refused = await gateway.call('desk', other, 'one');
  assert.equal(refused.status, 503, refused.text);
  assert.ok(Number(refused.headers['retry-after']) > 0, JSON.stringify(refused.headers));
  assert.equal(upstream.hits.length, before, 'nothing went out');
  await ask(gateway.broker, 'resume');
  await until('the route goes on', async () => (await gateway.call('desk', key, 'one')).status === 200);
});

test('a bridge stays, its calls are refused while it lasts', { timeout: 60000 }, async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true });
  assert.equal((await broker.run(['login', server.url])).status, 0);
  const pipe = new McpLines(broker, server.url);
  await pipe.initialize();
  assert.notEqual((await pipe.ask('tools/list')).result, undefined);
  await ask(broker, 'pause');
  const refused = await pipe.ask('tools/list');
  assert.match(JSON.stringify(refused.error), /sharing is paused/);
  await ask(broker, 'resume');
  const answer = await until('it goes on', async () => {
    const said = await pipe.ask('tools/list');
    return said.result === undefined ? undefined : said;
  });
  assert.notEqual(answer.result, undefined);
  assert.equal((await pipe.end()).status, 0);
});
