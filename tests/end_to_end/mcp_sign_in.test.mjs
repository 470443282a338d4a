// Signing in with nothing but the address of an MCP server: discovery, registration, a token for that server alone,
// renewed with its resource, and all of it there again after a restart.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mcpWorld } from './support/mcp_world.mjs';

async function callsWith(token, server) {
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json',
      accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25',
      capabilities: {}, clientInfo: { name: 'test', version: '1' } } }),
  });
  await answer.body?.cancel();
  return answer.status;
}

test('P10: an address is enough to sign in', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true });
  const login = await broker.run(['login', server.url]);
  assert.equal(login.status, 0, login.stderr);
  const token = await broker.run(['token', server.url]);
  assert.equal(token.status, 0, token.stderr);
  assert.equal(await callsWith(token.stdout.trim(), server), 200);
  const { sessions } = JSON.parse((await broker.run(['session', 'list', '--json'])).stdout);
  assert.equal(sessions.length, 1);
  assert.equal(sessions[0].resource, server.url);
  const refreshed = await broker.run(['session', 'refresh', sessions[0].session_id]);
  assert.equal(refreshed.status, 0, refreshed.stderr);
  const again = await broker.run(['token', server.url]);
  assert.equal(await callsWith(again.stdout.trim(), server), 200);
  assert.notEqual(again.stdout, token.stdout);
});

test('a service of the configuration is signed in to by its name', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true, start: false });
  broker.writeConfig({ store: { backend: 'memory' }, access: { mode: 'trusting' },
    services: { desk: { url: server.url } } });
  await broker.start();
  const login = await broker.run(['login', 'desk']);
  assert.equal(login.status, 0, login.stderr);
  const token = await broker.run(['token', 'desk']);
  assert.equal(token.status, 0, token.stderr);
  assert.equal(await callsWith(token.stdout.trim(), server), 200);
});

test('an address that may not be spoken to is refused before anything is asked', async (t) => {
  const { broker } = await mcpWorld(t, 'legacy');
  for (const address of ['http://mcp.example/mcp', 'https://ana:pw@mcp.example/', 'https://mcp.example/#x']) {
    const login = await broker.run(['login', address]);
    assert.notEqual(login.status, 0, address);
    assert.doesNotMatch(login.stderr, /:pw@/);
  }
});

test('a server is tested without signing in, listed once signed in, and forgotten after signing out', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true });
  const before = await broker.run(['service', 'test', server.url, '--json']);
  assert.equal(before.status, 0, before.stdout + before.stderr);
  const levels = Object.fromEntries(JSON.parse(before.stdout).findings.map(({ name, level }) => [name, level]));
  assert.deepEqual(levels, { server: 'ok', metadata: 'ok', discovery: 'ok', pkce: 'ok', client: 'ok', session: 'warning' });
  assert.deepEqual(JSON.parse((await broker.run(['service', 'list', '--json'])).stdout).services, []);
  assert.equal((await broker.run(['login', server.url])).status, 0);
  const after = await broker.run(['service', 'test', server.url]);
  assert.match(after.stdout, /signed in as/);
  const [service] = JSON.parse((await broker.run(['service', 'list', '--json'])).stdout).services;
  assert.equal(service.url, server.url);
  assert.equal(service.signed_in, true);
  assert.equal(service.configured, false);
  const early = await broker.run(['service', 'remove', server.url]);
  assert.notEqual(early.status, 0);
  assert.match(early.stderr, /keybearer logout/);
  assert.equal((await broker.run(['logout', service.name])).status, 0);
  const removed = await broker.run(['service', 'remove', server.url]);
  assert.equal(removed.status, 0, removed.stderr);
  assert.deepEqual(JSON.parse((await broker.run(['service', 'list', '--json'])).stdout).services, []);
});

test('a service is added to the configuration by a command, tested by its name and taken out', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true, start: false });
  broker.writeConfigText('store: {backend: memory}\naccess: {mode: trusting}\n');
  const added = await broker.run(['service', 'add', 'desk', server.url, '--timeout-seconds', '20', '--no-spawn']);
  assert.equal(added.status, 0, added.stderr);
  await broker.start();
  const [service] = JSON.parse((await broker.run(['service', 'list', '--json'])).stdout).services;
  assert.equal(service.name, 'desk');
  assert.equal(service.timeout_seconds, 20);
  assert.equal(service.configured, true);
  assert.equal((await broker.run(['service', 'test', 'desk'])).status, 0);
  assert.equal((await broker.run(['service', 'remove', 'desk'])).status, 0);
});
