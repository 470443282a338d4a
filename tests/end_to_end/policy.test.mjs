// An external decision by Open Policy Agent's data API: it can only refuse, and every fault is a refusal.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';

const params = { provider: 'apikey', account: 'k', tool: 'weather.read' };

// An HTTP server that answers as `answer` says: (request, response, body).
async function policyServer(t) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      state.seen.push({ method: request.method, url: request.url, headers: request.headers, body: JSON.parse(body) });
      state.answer(request, response, body);
    });
  });
  const state = { server, seen: [], answer: undefined };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.port = server.address().port;
  state.url = `http://127.0.0.1:${state.port}/v1/data/keybearer/allow`;
  t.after(() => { server.closeAllConnections(); server.close(); });
  state.says = (result, { status = 200, headers = { 'Content-Type': 'application/json' } } = {}) => {
    state.answer = (request, response) => {
      response.writeHead(status, headers);
      response.end(typeof result === 'string' ? result : JSON.stringify({ result }));
    };
  };
  return state;
}

async function asking(t, policy) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, policy } });
  t.after(() => broker.remove());
  await broker.start();
  const added = await broker.run(['apikey', 'add', 'k', '--value-file', '-'], { input: 'planted-secret\n' });
  assert.equal(added.status, 0, added.stderr);
  return broker;
}

test('yes lets the token go, no refuses, and the question holds no secret', async (t) => {
  const server = await policyServer(t);
  const broker = await asking(t, { opa_url: server.url, cache_seconds: 0 });
  const client = await broker.client();
  server.says(true);
  assert.equal((await client.call('token.get', params)).access_token, 'planted-secret');
  const { method, url, headers, body } = server.seen[0];
  assert.deepEqual([method, url, headers['content-type']], ['POST', '/v1/data/keybearer/allow', 'application/json']);
  assert.equal(body.input.action, 'token.get');
  assert.equal(body.input.provider, 'apikey');
  assert.equal(body.input.account, 'k');
  assert.equal(body.input.tool, 'weather.read');
  assert.match(body.input.caller.executable, /^\//);
  assert.match(body.input.caller.class, /^[A-F]$/);
  assert.deepEqual(Object.keys(body), ['input']);
  assert.ok(!JSON.stringify(server.seen).includes('planted-secret'));
  server.says(false);
  const denied = await client.callFails('token.get', params);
  assert.deepEqual([denied.errorName, denied.code], ['policy_denied', -31009]);
  assert.equal((await broker.run(['token', 'apikey:k'])).status, 5);
  const { rows } = JSON.parse((await broker.run(['audit', 'list', '--json'])).stdout);
  assert.ok(rows.some((row) => row.kind === 'policy.denied'), JSON.stringify(rows));
  assert.ok(rows.some((row) => row.kind === 'token.released' && row.account === 'k'), JSON.stringify(rows));
});

test('a decision holds for a moment, and no longer', async (t) => {
  const server = await policyServer(t);
  const broker = await asking(t, { opa_url: server.url, cache_seconds: 2 });
  const client = await broker.client();
  server.says(true);
  for (let i = 0; i < 50; i += 1)
    await client.call('token.get', params);
  assert.ok(server.seen.length <= 2, `${server.seen.length} questions`);
  server.says(false);
  const deadline = Date.now() + 20000;
  let denied = false;
  while (!denied && Date.now() < deadline) {
    denied = await client.call('token.get', params).then(() => false, (error) => error.errorName === 'policy_denied');
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  assert.ok(denied, 'what was prepared from a yes must end with it');
});

test('T-48: every answer that is not plainly yes or no is a refusal', async (t) => {
  const server = await policyServer(t);
  const broker = await asking(t, { opa_url: server.url, cache_seconds: 0 });
  const client = await broker.client();
  let redirected = 0;
  const elsewhere = createServer((request, response) => {
    redirected += 1;
    response.end('{"result": true}');
  });
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  t.after(() => elsewhere.close());
  const faults = {
    'the text "true"': () => server.says('{"result": "true"}'),
    'the number 1': () => server.says('{"result": 1}'),
    'an object': () => server.says({ allow: true }),
    'an undefined rule': () => server.says('{}'),
    'junk': () => server.says('<html>true</html>', { headers: { 'Content-Type': 'text/html' } }),
    'two results': () => server.says('{"result": false, "result": true}'),
    'status 500 with a yes': () => server.says(true, { status: 500 }),
    'a redirect': () => server.says(true, { status: 307,
      headers: { Location: `http://127.0.0.1:${elsewhere.address().port}/`, 'Content-Type': 'application/json' } }),
    'a huge body': () => server.says(`{"result": true, "padding": "${'x'.repeat(128 * 1024)}"}`),
    'an end before the body': () => {
      server.answer = (request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '400' });
        response.write('{"result": true');
        response.socket.end();
      };
    },
    'an end at once': () => { server.answer = (request, response) => response.socket.destroy(); },
  };
  for (const [name, arrange] of Object.entries(faults)) {
    arrange();
    const failure = await client.callFails('token.get', params);
    assert.equal(failure.errorName, 'policy_unavailable', `${name}: ${failure.message}`);
    assert.ok(failure.data.action, name);
  }
  assert.equal(redirected, 0, 'no redirect is followed');
  server.says(true);
  assert.equal((await client.call('token.get', params)).access_token, 'planted-secret', 'a fault is not remembered');
});

test('T-48: slow is as good as absent, and others are served meanwhile', async (t) => {
  const server = await policyServer(t);
  const broker = await asking(t, { opa_url: server.url, timeout_ms: 300, cache_seconds: 0 });
  const client = await broker.client();
  server.answer = () => {}; // never
  const begun = Date.now();
  const slow = client.callFails('token.get', params);
  await client.call('auth.explain', { tool: 'a' });
  const meanwhile = Date.now() - begun;
  assert.equal((await slow).errorName, 'policy_unavailable');
  const taken = Date.now() - begun;
  assert.ok(taken >= 280 && taken < 10000, `${taken} ms`); // a coarse timer may ring 5 % early
  assert.ok(meanwhile <= taken);
});

test('T-48: down is a refusal', async (t) => {
  const closed = createRawServer();
  closed.listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address();
  closed.close();
  await once(closed, 'close');
  const broker = await asking(t, { opa_url: `http://127.0.0.1:${port}/v1/data/a` });
  const client = await broker.client();
  assert.equal((await client.callFails('token.get', params)).errorName, 'policy_unavailable');
  const { rows } = JSON.parse((await broker.run(['audit', 'list', '--json'])).stdout);
  assert.ok(rows.some((row) => row.kind === 'policy.unavailable'), JSON.stringify(rows));
});

test('R10: a yes stands for no consent', async (t) => {
  const server = await policyServer(t);
  server.says(true);
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'locked' },
    policy: { opa_url: server.url } } });
  t.after(() => broker.remove());
  await broker.start();
  await broker.run(['apikey', 'add', 'k', '--value-file', '-'], { input: 'v\n' });
  const client = await broker.client();
  const refused = await client.callFails('token.get', params);
  assert.equal(refused.code, -31005, refused.message);
  assert.equal(server.seen.length, 0, 'and it is not even asked');
});
