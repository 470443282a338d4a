// Clients that know nothing but an address of the gateway: the official SDKs find out how to sign in, send a browser,
// work, renew and sign in anew. With a server behind it that has an authorization server of its own, in the same visit.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { startProvider } from '../support/provider.mjs';
import { run } from './support/children.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { LocalClient } from './support/local_client.mjs';
import { McpCounterpart } from './support/mcp_servers.mjs';
import { openedBrowsers } from './support/mcp_world.mjs';
import { ask } from './support/operator.mjs';
import { openBrowser } from './support/real_browser.mjs';
import { SdkOverHttp } from './support/sdk_over_http.mjs';
import { sleep, until } from './support/wait.mjs';

// How long the long test lasts; KEYBEARER_TEST_LONG=3600 for an hour.
const longSeconds = Number(process.env.KEYBEARER_TEST_LONG ?? 8);
const mostVisits = { older: 4, newer: 2 }; // the older signs in for its stream and for its call at the same time
const eras = { older: 'legacy', newer: 'modern' };

async function signInWorld(t, kind, { auth = false, ...options } = {}) {
  const provider = auth ? await startProvider({ registration: true, ...(auth === true ? {} : auth) }) : undefined;
  if (provider !== undefined)
    t.after(() => provider.stop());
  const server = await McpCounterpart.start(eras[kind], { provider });
  t.after(() => server.stop());
  const world = await GatewayWorld.start(t, { services: { desk: { url: server.url } }, ...options });
  return { provider, server, world };
}

async function works(client, { behaviour }) {
  const { tools } = await client.face.client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name).sort(), behaviour.tools().map((tool) => tool.name).sort());
  assert.equal(await client.text('add', { a: 2, b: 40 }), '42');
  assert.equal(await client.text('ask'), 'accept ana');
  assert.equal((await client.text('big', { bytes: 3000000 })).length, 3000000);
}

for (const kind of ['older', 'newer']) {
  test(`the SDK (${kind}) signs in with nothing but the address, after a person has agreed`, { timeout: 60000 }, async (t) => {
    const { server, world } = await signInWorld(t, kind, { mode: 'ask' });
    const person = await world.answering(t);
    const client = await SdkOverHttp.connect(t, world, 'desk', { kind });
    await works(client, server);
    assert.deepEqual([client.person.visits, client.person.registrations], [1, 1]);
    assert.equal(person.events.filter((one) => one.topic === 'consent.requested').length, 1, 'one question');
    assert.ok(server.requests.every(({ headers }) => !JSON.stringify(headers).includes(client.person.kept.access_token)));
  });

  test(`the SDK (${kind}): the server's own sign-in comes in the same visit of the browser`, { timeout: 60000 }, async (t) => {
    const { provider, server, world } = await signInWorld(t, kind, { auth: true });
    const client = await SdkOverHttp.connect(t, world, 'desk', { kind });
    await works(client, server);
    assert.equal(client.person.visits, 1);
    assert.equal(provider.counters.granted.authorization_code, 1);
    assert.deepEqual(openedBrowsers(world.broker), [], 'no second browser');
    const { sessions } = await ask(world.broker, 'session', 'list');
    assert.equal(sessions.length, 1);
    assert.ok([...server.door.tokens].every((token) => token !== client.person.kept.access_token),
      'the server has seen its own tokens alone');
    const second = await SdkOverHttp.connect(t, world, 'desk', { kind });
    await works(second, server);
    assert.equal(provider.counters.granted.authorization_code, 1, 'the second client uses the same sign-in');
  });

  test(`the SDK (${kind}): when the sign-in behind it dies, it signs in anew and goes on`, { timeout: 60000 }, async (t) => {
    const { provider, server, world } = await signInWorld(t, kind, { auth: true });
    const client = await SdkOverHttp.connect(t, world, 'desk', { kind });
    assert.equal(await client.text('add', { a: 1, b: 1 }), '2');
    provider.revokeAll();
    await client.text('add', { a: 1, b: 1 }).catch(() => {}); // the call that finds out may fail, no other
    await until('it works again', () => client.text('add', { a: 20, b: 22 }).then((text) => text === '42', () => false));
    const { visits } = client.person;
    assert.ok(visits >= 2 && visits <= mostVisits[kind], `${visits} visits`);
    assert.ok(provider.counters.granted.authorization_code >= 2 && provider.counters.granted.authorization_code <= visits);
    assert.deepEqual(openedBrowsers(world.broker), [], 'the browser is the client\'s');
    await works(client, server);
  });

  test(`the SDK (${kind}): a consent that is revoked sends it to the browser again`, { timeout: 60000 }, async (t) => {
    const { server, world } = await signInWorld(t, kind, { mode: 'ask' });
    const person = await world.answering(t);
    const client = await SdkOverHttp.connect(t, world, 'desk', { kind });
    assert.equal(await client.text('add', { a: 1, b: 1 }), '2');
    const { consents } = await ask(world.broker, 'consent', 'list');
    for (const { consent_id: id } of consents)
      await ask(world.broker, 'consent', 'revoke', id);
    const calls = server.behaviour.calls.length;
    await until('it works again', () => client.text('add', { a: 20, b: 22 }).then((text) => text === '42', () => false));
    assert.ok(client.person.visits >= 2 && client.person.visits <= mostVisits[kind], `${client.person.visits} visits`);
    assert.equal(person.events.filter((one) => one.topic === 'consent.requested').length, client.person.visits);
    assert.equal(server.behaviour.calls.length, calls + 1);
  });

  test(`the SDK (${kind}) works for ${longSeconds} s while tokens of both sides end`, { timeout: (longSeconds + 60) * 1000 }, async (t) => {
    const tokenSeconds = 30; // the shortest that the configuration takes
    const { provider, server, world } = await signInWorld(t, kind, { auth: { accessTokenSeconds: 5 },
      gateway: { token_seconds: tokenSeconds } });
    const client = await SdkOverHttp.connect(t, world, 'desk', { kind });
    const started = Date.now();
    let calls = 0;
    for (; Date.now() - started < longSeconds * 1000; calls += 1) {
      assert.equal(await client.text('add', { a: calls, b: 1 }), String(calls + 1));
      await sleep(100);
    }
    t.diagnostic(`${calls} calls, ${client.person.renewals} tokens of the gateway, ${provider.counters.granted.refresh_token ?? 0} refreshes at the server's`);
    assert.equal(client.person.visits, 1);
    assert.ok(client.person.kept.expires_in <= tokenSeconds);
    assert.equal(provider.counters.granted.authorization_code, 1);
    assert.equal(provider.counters.reused, 0);
    assert.ok(provider.counters.granted.refresh_token >= 1, 'tokens of the server have ended');
    assert.ok(client.person.renewals >= 1 + Math.floor((longSeconds - 5) / tokenSeconds));
    assert.equal(server.behaviour.calls.length, calls);
  });
}

test('a client that lost its token renews it, and a refused one signs in anew: nobody is asked twice for the first',
  { timeout: 60000 }, async (t) => {
  const { world } = await signInWorld(t, 'newer');
  const client = await SdkOverHttp.connect(t, world, 'desk', { kind: 'newer' });
  client.person.kept = { ...client.person.kept, access_token: 'spoiled' };
  assert.equal(await client.text('add', { a: 1, b: 1 }), '2');
  assert.equal(client.person.visits, 1);
  client.person.kept = { ...client.person.kept, access_token: 'spoiled', refresh_token: 'spoiled' };
  assert.equal(await client.text('add', { a: 1, b: 1 }), '2');
  assert.equal(client.person.visits, 2);
  assert.equal(client.person.registrations, 1);
});

test('a client that the gateway has forgotten registers anew', { timeout: 60000 }, async (t) => {
  const { world } = await signInWorld(t, 'older');
  const client = await SdkOverHttp.connect(t, world, 'desk', { kind: 'older' });
  const { clients } = await ask(world.broker, 'gateway', 'clients');
  assert.equal(clients.length, 1);
  const removed = await world.broker.run(['gateway', 'clients', '--remove', clients[0].client_id]);
  assert.equal(removed.status, 0, removed.stderr);
  await until('it works again', () => client.text('add', { a: 20, b: 22 }).then((text) => text === '42', () => false));
  assert.equal(client.person.registrations, 2);
});

test('two services of different authorization servers never see each other\'s tokens', { timeout: 60000 }, async (t) => {
  const [server, otherServer] = await Promise.all([1, 2].map(async () => {
    const provider = await startProvider({ registration: true });
    t.after(() => provider.stop());
    const made = await McpCounterpart.start('legacy', { provider });
    t.after(() => made.stop());
    return made;
  }));
  const world = await GatewayWorld.start(t, { services: { desk: { url: server.url }, other: { url: otherServer.url } } });
  const one = await SdkOverHttp.connect(t, world, 'desk', { kind: 'older' });
  const two = await SdkOverHttp.connect(t, world, 'other', { kind: 'older' });
  assert.deepEqual(await Promise.all([one.text('add', { a: 1, b: 1 }), two.text('add', { a: 2, b: 2 })]), ['2', '4']);
  assert.ok([...server.door.tokens].every((token) => !otherServer.door.tokens.has(token)));
  const crossed = await world.request('other', { key: one.person.kept.access_token, body: message('tools/list'),
    headers: modern('tools/list') });
  assert.equal(crossed.status, 401);
});

// Where a client of this machine waits for its browser.
async function landing(t) {
  const seen = [];
  const server = createServer((request, response) => {
    if (request.url.startsWith('/callback'))
      seen.push(new URL(request.url, 'http://host').searchParams);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<p>You may close this page.');
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  return { seen, redirectUri: `http://127.0.0.1:${server.address().port}/callback` };
}

test('a person with Chromium: a page that waits, the broker\'s question, the server\'s sign-in, and back to the client',
  { timeout: 60000 }, async (t) => {
  const { world } = await signInWorld(t, 'older', { auth: true, mode: 'ask' });
  const client = await LocalClient.register(world, 'desk', { client_name: 'Browser test' });
  const { seen, redirectUri } = await landing(t);
  client.redirectUri = redirectUri; // its port differs from the registered one
  const prompter = await world.asking(t);
  const { page, complaints } = await openBrowser(t);
  await page.goto(client.authorizationUrl(), { waitUntil: 'commit' });
  await page.waitForSelector('h1');
  assert.match(await page.textContent('body'), /Browser test/);
  const asked = await prompter.answer('allow');
  assert.match(JSON.stringify(asked), /Browser test/);
  await page.waitForSelector('input[name=login]');
  await page.fill('input[name=login]', 'ana');
  await page.fill('input[name=password]', 'anything');
  await page.click('form#login button');
  await page.click('form#consent button[value=allow]');
  await page.waitForURL((url) => url.href.startsWith(redirectUri));
  const [back] = seen;
  assert.equal(back.get('state'), client.state);
  const { status, text } = await client.exchange(back.get('code'));
  assert.equal(status, 200, text);
  assert.deepEqual(complaints, []);
});

test('the MCP Inspector in command-line form lists and calls tools with a client key', { timeout: 60000 }, async (t) => {
  const { server, world } = await signInWorld(t, 'older');
  const key = await world.key('inspector', 'desk');
  const inspector = fileURLToPath(new URL('../conformance/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
    import.meta.url));
  const inspect = (...parameters) => run(process.execPath, [inspector, '--cli', world.url('desk'), '--transport', 'http', ...parameters],
    { env: { ...world.broker.environment, HOME: world.broker.home } });
  const listed = await inspect('--method', 'tools/list', '--header', `Authorization: Bearer ${key}`);
  assert.equal(listed.status, 0, listed.stderr);
  assert.equal(JSON.parse(listed.stdout).tools.length, server.behaviour.tools().length);
  const called = await inspect('--method', 'tools/call', '--tool-name', 'add', '--tool-arg', 'a=2', 'b=40', '--header',
    `Authorization: Bearer ${key}`);
  assert.equal(called.status, 0, called.stderr);
  assert.match(called.stdout, /"42"/);
  const refused = await inspect('--method', 'tools/list', '--header', 'Authorization: Bearer nobody');
  assert.notEqual(refused.status, 0);
});
