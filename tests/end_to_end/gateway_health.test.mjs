// What machines ask about the gateway: /metrics, /healthz, /readyz on a port of their own, without secrets and without
// names of people. And the demo: a throw-away account that needs nothing from outside.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { playBrowser } from '../support/browser.mjs';
import { startProvider } from '../support/provider.mjs';
import { Broker } from './support/broker.mjs';
import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { McpCounterpart } from './support/mcp_servers.mjs';
import { ask } from './support/operator.mjs';
import { SdkOverHttp } from './support/sdk_over_http.mjs';
import { until } from './support/wait.mjs';

async function metricsAddress(world) {
  const shown = JSON.parse((await world.broker.run(['gateway', 'status', '--json'])).stdout);
  const door = shown.doors.find((one) => one.kind === 'metrics' && one.address.startsWith('127.0.0.1:'));
  assert.ok(door !== undefined, JSON.stringify(shown));
  return `http://${door.address}`;
}

test('O2: /metrics in the format of Prometheus, /healthz and /readyz; no secrets, no names, nothing else there',
  { timeout: 60000 }, async (t) => {
  const provider = await startProvider({ registration: true });
  t.after(() => provider.stop());
  const server = await McpCounterpart.start('legacy', { provider });
  t.after(() => server.stop());
  const world = await GatewayWorld.start(t, { services: { desk: { url: server.url } }, gateway: { metrics_port: 0 } });
  const client = await SdkOverHttp.connect(t, world, 'desk', { kind: 'older' });
  assert.equal(await client.text('add', { a: 1, b: 1 }), '2');
  await world.request('desk', { key: 'nobody', headers: modern('tools/list'), body: message('tools/list') });
  const base = await metricsAddress(world);
  const metrics = await fetch(`${base}/metrics`);
  assert.equal(metrics.status, 200);
  assert.match(metrics.headers.get('content-type'), /^text\/plain; version=0\.0\.4|^application\/openmetrics-text/);
  const text = await until('the door has counted', async () => {
    const said = await (await fetch(`${base}/metrics`)).text();
    return /gateway\w*requests\w*(\{[^}]*\})? [1-9]/.test(said) ? said : undefined;
  });
  const line = /^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*",?)*\})? [-+0-9.eEINfNa]+( \d+)?|# EOF)$/;
  assert.deepEqual(text.split('\n').filter((one) => one !== '' && !line.test(one)), [], 'every line is one of the format');
  for (const path of ['/metrics', '/healthz', '/readyz']) {
    const said = await (await fetch(`${base}${path}`)).text();
    for (const secret of ['ana', 'example.com', client.person.kept.access_token, client.person.kept.refresh_token,
      client.person.client.client_id, ...server.door.tokens])
      assert.ok(!said.includes(secret), `${path} says ${secret.slice(0, 12)}`);
  }
  assert.equal((await fetch(`${base}/healthz`)).status, 200);
  assert.equal((await fetch(`${base}/readyz`)).status, 200);
  for (const path of ['/', '/desk/mcp', '/as/desk/token', '/.well-known/oauth-authorization-server/as/desk', '/metrics/x'])
    assert.equal((await fetch(`${base}${path}`)).status, 404, path);
  assert.ok([405, 400].includes((await fetch(`${base}/metrics`, { method: 'POST' })).status));
  for (const path of ['/metrics', '/healthz', '/readyz'])
    assert.notEqual((await fetch(`${world.base}${path}`)).status, 200, `${path} is not at the other door`);
  const renamed = await fetch(`${base.replace('127.0.0.1', 'localhost')}/healthz`).catch(() => undefined);
  assert.ok(renamed === undefined || [200, 421].includes(renamed.status));
});

test('M6: health says when a server is down and when it is back', { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } } });
  const key = await world.key('robot', 'desk');
  const state = async () => JSON.stringify(await ask(world.broker, 'gateway', 'status'));
  const list = () => world.request('desk', { key, headers: modern('tools/list'), body: message('tools/list') });
  assert.equal((await list()).status, 200);
  upstream.answer('desk', (request, response) => response.destroy());
  await until('it is said to be down', async () => { await list(); return /"(down|degraded)"/.test(await state()); });
  upstream.answers.clear();
  await until('it is said to be up', async () => { await list(); return /"up"/.test(await state()); });
});

test('keybearer demo: an account from nowhere, a sign-in in the browser, a token, and nothing left after stop',
  { timeout: 60000 }, async (t) => {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' } } });
  t.after(() => broker.remove());
  await broker.start();
  const before = await ask(broker, 'provider', 'list');
  assert.equal((await broker.run(['gateway', 'start'])).status, 0);
  const started = await broker.run(['demo', 'start', '--json']);
  assert.equal(started.status, 0, started.stderr);
  const client = await broker.client();
  const { authorization_url: address, signin_id: id } = await client.call('signin.start', { provider: 'demo' });
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\//);
  const shown = await playBrowser(address);
  assert.equal(shown.status, 200, shown.text);
  await until('the sign-in', async () => (await client.call('signin.status', { signin_id: id })).state === 'signed_in');
  const token = await broker.run(['token', 'demo']);
  assert.equal(token.status, 0, token.stderr);
  assert.ok(token.stdout.trim().length > 10);
  const refreshed = await broker.run(['session', 'refresh', (await ask(broker, 'session', 'list')).sessions[0].session_id]);
  assert.equal(refreshed.status, 0, refreshed.stderr);
  assert.equal((await broker.run(['demo', 'start'])).status, 0);
  assert.equal((await broker.run(['token', 'demo'])).status, 0, 'started twice, the sign-in stays');
  const stopped = await broker.run(['demo', 'stop']);
  assert.equal(stopped.status, 0, stopped.stderr);
  assert.deepEqual((await ask(broker, 'session', 'list')).sessions, []);
  assert.deepEqual((await ask(broker, 'provider', 'list')).providers.filter((one) => one.name === 'demo'),
    before.providers.filter((one) => one.name === 'demo'));
  assert.equal((await fetch(address, { redirect: 'manual' })).status, 404, 'its address is gone');
});
