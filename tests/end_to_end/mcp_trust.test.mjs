// Whose word counts for a server's tokens: which sign-in may be used for it, who has agreed to that, and how long the
// agreement lasts.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { HostileHome, assertNamed } from './support/hostile_mcp.mjs';
import { McpLines } from './support/mcp_lines.mjs';
import { openedBrowsers, playBrowserFor } from './support/mcp_world.mjs';
import { Prompter, ask } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const visitor = fileURLToPath(new URL('../conformance/support/browser.mjs', import.meta.url));

async function brokerWith(t, config) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, ...config } });
  t.after(() => broker.remove());
  playBrowserFor(broker, { script: visitor });
  await broker.start();
  return broker;
}

const questions = (prompter) => prompter.events.filter((one) => one.topic === 'consent.requested');

test('T-25 a server that names a configured provider as its authorization server gets nothing of it unasked', async (t) => {
  const home = await HostileHome.start(t);
  const honest = home.pair('honest');
  const evil = home.pair('evil', { prm: (said) => ({ ...said, authorization_servers: [honest.issuer] }) });
  const broker = await brokerWith(t, { access: { mode: 'trusting' },
    providers: { corp: { issuer: honest.issuer, client_id: 'corp-client' } } });
  const pipe = new McpLines(broker, evil.url);
  await pipe.initialize();
  const { error } = await pipe.ask('tools/list');
  assertNamed(error, 'nobody agreed');
  assert.match(error.data.action, /keybearer login http/);
  assert.deepEqual(openedBrowsers(broker), []);
  assert.equal(honest.asked('authorize').length + honest.asked('token').length, 0);
  assert.deepEqual(evil.asked('mcp').filter((request) => request.headers.authorization), []);
  const login = await broker.run(['login', evil.url]); // a person may know better
  assert.equal(login.status, 0, login.stderr);
  assert.ok((await pipe.ask('tools/list')).result);
  await pipe.end();
});

test('a server whose metadata speak for its whole host: one question all the same', async (t) => {
  const home = await HostileHome.start(t);
  const server = home.pair('wide', { prm: (said) => ({ ...said, resource: home.origin }) });
  const broker = await brokerWith(t, { access: { mode: 'ask' } });
  const prompter = await Prompter.open(t, broker);
  const pipe = new McpLines(broker, server.url);
  await pipe.initialize();
  const answer = pipe.ask('tools/list');
  await prompter.answer('allow-session');
  assert.ok((await answer).result);
  assert.equal(questions(prompter).length, 1);
  await pipe.end();
});

// A server whose stream stays open: how many have closed.
function streamingPair(home) {
  const streams = { opened: 0, closed: 0 };
  const pair = home.pair('streams', { mcpRaw: (request, response, self) => {
    if (request.method !== 'GET' || request.headers.authorization === undefined)
      return self.mcp(request, response, { body: self.requests.at(-1).body });
    streams.opened += 1;
    response.on('close', () => { streams.closed += 1; });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return response.write(':\n\n');
  } });
  return { pair, streams };
}

for (const [what, end] of [
  ['the permission is revoked', async (broker) => {
    const { consents } = await ask(broker, 'consent', 'list');
    assert.ok(consents.length > 0);
    for (const { consent_id: id } of consents)
      await ask(broker, 'consent', 'revoke', id);
  }],
  ['the sign-in is removed', async (broker) => {
    const { sessions } = await ask(broker, 'session', 'list');
    await ask(broker, 'logout', sessions[0].session_id);
  }],
]) {
  test(`a stream that is open ends when ${what}`, { timeout: 60000 }, async (t) => {
    const home = await HostileHome.start(t);
    const { pair, streams } = streamingPair(home);
    const broker = await brokerWith(t, { access: { mode: 'ask' } });
    const prompter = await Prompter.open(t, broker);
    const pipe = new McpLines(broker, pair.url);
    await pipe.initialize();
    const answer = pipe.ask('tools/list');
    await prompter.answer('allow-session');
    assert.ok((await answer).result);
    await until('the stream', () => streams.opened === 1);
    await end(broker);
    await until('its end', () => streams.closed === 1, { deadlineMilliseconds: 5000 });
    await pipe.end();
  });
}

test('T-31 a server that refuses every token: two more sign-ins at most, then an error that says so', { timeout: 60000 }, async (t) => {
  const home = await HostileHome.start(t);
  const server = home.pair('never', { mcpRaw: (request, response, self) => {
    response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${self.prmUrl}"` });
    response.end();
  } });
  const broker = await brokerWith(t, { access: { mode: 'trusting' } });
  const pipe = new McpLines(broker, server.url);
  await pipe.initialize();
  let last;
  for (let count = 0; count < 8; count += 1)
    last = await pipe.ask('tools/list', undefined, { deadlineMilliseconds: 30000 });
  assertNamed(last.error, 'refused');
  assert.ok(openedBrowsers(broker).length <= 3, `${openedBrowsers(broker).length} browsers`);
  await pipe.end();
});
