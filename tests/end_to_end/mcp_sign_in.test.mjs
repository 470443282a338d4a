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
