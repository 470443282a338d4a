// Whose credential goes to the server: by tool, renewed when it is refused, wider when more scope is needed; and what
// the server is told of the person.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startProvider } from '../support/provider.mjs';
import { BareUpstream, answerJson, bodyOf } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { HostileHome } from './support/hostile_mcp.mjs';
import { McpCounterpart } from './support/mcp_servers.mjs';
import { openedBrowsers, playBrowserFor } from './support/mcp_world.mjs';
import { ask } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const legacy = { 'mcp-protocol-version': '2025-11-25' };
const legacyCall = (tool, id = 1) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: tool, arguments: {} } });

async function withKeys(t, { auth, keys, services = {}, ...options }) {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk'), ...services.desk } },
    config: { auth }, ...options });
  for (const [name, header] of Object.entries(keys)) {
    const added = await world.broker.run(['apikey', 'add', name, '--value-file', '-', '--header', header], { input: `value-of-${name}\n` });
    assert.equal(added.status, 0, added.stderr);
  }
  const key = await world.key('robot', 'desk', ...Object.keys(keys).map((name) => `apikey:${name}`));
  return { upstream, world, key };
}

test('M4: two tools of one service use two credentials, in both eras; the audit log names the tool', { timeout: 60000 }, async (t) => {
  const template = 'Authorization: Bearer {key}';
  const { upstream, world, key } = await withKeys(t, { keys: { first: template, second: template, rest: template },
    auth: { rules: [{ match: 'one', service: 'desk', auth: { type: 'api_key', key_ref: 'first' } },
      { match: 'two', service: 'desk', auth: { type: 'api_key', key_ref: 'second' } },
      { match: '*', service: 'desk', auth: { type: 'api_key', key_ref: 'rest' } }] } });
  const seen = () => upstream.hits.at(-1).headers.authorization;
  for (const [tool, wanted] of [['one', 'first'], ['two', 'second'], ['one', 'first'], ['three', 'rest']]) {
    const { status, text } = await world.call('desk', key, tool);
    assert.equal(status, 200, text);
    assert.equal(seen(), `Bearer value-of-${wanted}`, `modern: ${tool}`);
    const older = await world.request('desk', { key, headers: legacy, body: legacyCall(tool) });
    assert.equal(older.status, 200, older.text);
    assert.equal(seen(), `Bearer value-of-${wanted}`, `legacy: ${tool}`);
  }
  // The name of the tool in the head and in the body are one: a server of the newer revision would refuse it as well.
  const before = upstream.hits.length;
  const split = await world.request('desk', { key, headers: modern('tools/call', 'one'), body: message('tools/call',
    { name: 'two', arguments: {} }) });
  assert.ok(split.status === 400 || upstream.hits.slice(before).every((hit) => hit.headers.authorization === undefined
    || split.status !== 200), `${split.status} ${split.text}`);
  const { rows } = await ask(world.broker, 'audit', 'list', '--limit', '1000');
  for (const tool of ['one', 'two', 'three'])
    assert.ok(rows.some((row) => row.tool === tool && row.why === 'client:robot'), `${tool}: ${JSON.stringify(rows.slice(0, 3))}`);
});

test('M4: two tools of one service use the accounts of two people', { timeout: 60000 }, async (t) => {
  const provider = await startProvider();
  t.after(() => provider.stop());
  const upstream = await BareUpstream.start(t);
  const account = (email) => ({ provider: 'demo', account: email });
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk'), provider: 'demo' } }, config: {
    providers: { demo: { issuer: provider.issuer, client_id: provider.clientId, scopes: ['openid', 'email', 'offline_access'] } },
    auth: { tools: { one: account('ana@example.com'), two: account('ben@example.com') } } } });
  for (const login of ['ana', 'ben']) {
    playBrowserFor(world.broker, { login });
    const done = await world.broker.run(['login', 'demo', '--account', `${login}@example.com`]);
    assert.equal(done.status, 0, done.stderr);
  }
  const key = await world.key('robot', 'desk', 'demo');
  const people = [];
  for (const tool of ['one', 'two']) {
    const { status, text } = await world.call('desk', key, tool);
    assert.equal(status, 200, text);
    const [, token] = upstream.hits.at(-1).headers.authorization.split(' ');
    people.push((await provider.userinfo(token)).body.email);
  }
  assert.deepEqual(people, ['ana@example.com', 'ben@example.com']);
});

async function signedInAt(t, kind, options = {}) {
  const provider = await startProvider({ registration: true, graceSeconds: 0 });
  t.after(() => provider.stop());
  const server = await McpCounterpart.start(kind, { provider });
  t.after(() => server.stop());
  const world = await GatewayWorld.start(t, { services: { desk: { url: server.url, ...options.desk } } });
  const login = await world.broker.run(['login', 'desk']);
  assert.equal(login.status, 0, login.stderr);
  return { provider, server, world, key: await world.key('robot', 'desk') };
}

test('a token that the server refuses is renewed once for everybody, and no client notices', { timeout: 60000 }, async (t) => {
  const { provider, server, world, key } = await signedInAt(t, 'modern');
  const add = (number) => world.call('desk', key, 'add', { a: number, b: 1 });
  assert.equal((await add(1)).status, 200);
  provider.store.forgetAccessTokens();
  const answers = await Promise.all(Array.from({ length: 20 }, (unused, number) => add(number)));
  assert.deepEqual(answers.map(({ status }) => status), Array(20).fill(200));
  assert.deepEqual(answers.map(({ body, text }) => (body ?? JSON.parse(/^data: (.*)$/m.exec(text)[1])).result.content[0].text),
    answers.map((unused, number) => String(number + 1)));
  assert.equal(provider.counters.granted.refresh_token, 1, 'one refresh');
  assert.equal(provider.counters.reused, 0);
  assert.equal(openedBrowsers(world.broker).length, 1);
  assert.equal(server.behaviour.calls.length, 21, 'nothing is called twice');
});

test('a server that refuses every token: the client gets an error, no endless asking', { timeout: 60000 }, async (t) => {
  const { server, world, key } = await signedInAt(t, 'modern');
  server.door.mayEnter = async () => { server.door.refused += 1; return false; };
  for (let round = 0; round < 3; round += 1) {
    const { status, headers } = await world.call('desk', key, 'add', { a: 1, b: 1 });
    assert.ok([401, 403, 502, 503].includes(status), String(status));
    assert.ok(!(headers['www-authenticate'] ?? '').includes(server.origin), 'SEC-G-13: the challenge of the server stays there');
  }
  assert.ok(server.door.refused <= 12, `asked ${server.door.refused} times`);
});

test('more scope: a step-up in the browser with the scopes of before and those that are wanted, then the call goes on',
  { timeout: 60000 }, async (t) => {
  const home = await HostileHome.start(t);
  let wide = false;
  const pair = home.pair('desk', { authorize: (honest, self, query) => { wide ||= query.get('scope').split(' ').includes('write'); return honest; },
    token: (honest, self) => ({ ...honest, access_token: `token-${wide ? 'wide' : 'narrow'}-${self.codes}`,
      scope: wide ? 'read write' : 'read' }),
    mcpRaw: async (request, response, self) => {
      const { body } = self.requests.at(-1);
      const { method } = JSON.parse(body || '{}');
      if (method !== 'tools/call' || request.headers.authorization === undefined || request.headers.authorization.includes('wide'))
        return self.mcp(request, response, { body });
      response.writeHead(403, { 'www-authenticate': `Bearer error="insufficient_scope", scope="write", resource_metadata="${self.prmUrl}"` });
      return response.end();
    } });
  const world = await GatewayWorld.start(t, { services: { desk: { url: pair.url } } });
  const login = await world.broker.run(['login', 'desk']);
  assert.equal(login.status, 0, login.stderr);
  const key = await world.key('robot', 'desk');
  const listed = await world.request('desk', { key, headers: legacy, body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } });
  assert.equal(listed.status, 200, listed.text);
  await until('the call goes through', async () => (await world.request('desk', { key, headers: legacy,
    body: legacyCall('tool') })).status === 200);
  assert.equal(pair.asked('authorize').length, 2);
  assert.deepEqual(pair.asked('authorize')[1].query.get('scope').split(' ').sort(), ['read', 'write']);
});

test('the server is told who the person is, only where it may be', { timeout: 60000 }, async (t) => {
  for (const told of [true, false]) {
    const provider = await startProvider();
    t.after(() => provider.stop());
    const upstream = await BareUpstream.start(t);
    const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk'), provider: 'demo', user_headers: told } },
      config: { providers: { demo: { issuer: provider.issuer, client_id: provider.clientId, scopes: ['openid', 'email',
        'profile', 'offline_access'] } } } });
    const login = await world.broker.run(['login', 'demo']);
    assert.equal(login.status, 0, login.stderr);
    const key = await world.key('robot', 'desk', 'demo');
    const spoofed = { 'x-user-id': 'root', 'X-User-Email': 'root@evil.test', 'x-user-name': 'Root',
      'x-user-provider': 'evil', 'x-auth-method': 'none' };
    const { status, text } = await world.call('desk', key, 'one', {}, { headers: spoofed });
    assert.equal(status, 200, text);
    const { headers } = upstream.hits.at(-1);
    assert.equal(headers['x-user-email'], told ? 'ana@example.com' : undefined);
    assert.equal(headers['x-user-id'], told ? 'ana' : undefined);
    assert.equal(headers['x-user-provider'], told ? 'demo' : undefined);
    assert.equal(headers['x-auth-method'] !== undefined, told);
    for (const value of ['root', 'root@evil.test', 'Root', 'evil', 'none'])
      assert.ok(!Object.entries(headers).some(([name, said]) => name.startsWith('x-') && said === value), value);
  }
});

test('a session of the server that has died: 404 leads the client to a new one, and services never share sessions',
  { timeout: 60000 }, async (t) => {
  const server = await McpCounterpart.start('legacy');
  t.after(() => server.stop());
  const other = await McpCounterpart.start('legacy');
  t.after(() => other.stop());
  const world = await GatewayWorld.start(t, { services: { desk: { url: server.url }, other: { url: other.url } } });
  const key = await world.key('robot', 'desk', 'other');
  const initialize = (service) => world.request(service, { key, body: { jsonrpc: '2.0', id: 1, method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } } });
  const first = await initialize('desk');
  assert.equal(first.status, 200, first.text);
  const session = first.headers['mcp-session-id'];
  const list = (service, id) => world.request(service, { key, headers: { ...legacy, 'mcp-session-id': id },
    body: { jsonrpc: '2.0', id: 2, method: 'tools/list' } });
  assert.equal((await list('desk', session)).status, 200);
  assert.equal((await list('other', session)).status, 404, 'another service');
  server.listener.sessions.clear();
  const dead = await list('desk', session);
  assert.ok([200, 404].includes(dead.status), dead.text);
  const again = await initialize('desk');
  assert.equal((await list('desk', again.headers['mcp-session-id'])).status, 200);
  assert.equal((await world.request('desk', { method: 'DELETE', key, headers: { ...legacy,
    'mcp-session-id': again.headers['mcp-session-id'] } })).status, 200);
});
