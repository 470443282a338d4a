// Everything that a broken or hostile program of this user can send: a clear error or a closed connection, and others
// are still served.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { keptBySanitizers } from './support/sanitizer.mjs';
import { sleep, until } from './support/wait.mjs';

const parseError = -32700;
const invalidRequest = -32600;
const methodNotFound = -32601;
const invalidParams = -32602;

async function stillServed(broker) {
  const client = await broker.client();
  assert.equal((await client.call('token.get', { provider: 'demo' })).token_type, 'Bearer');
  await client.close();
}

async function signedIn(t, options) {
  const both = await world(t, options);
  const client = await both.broker.client();
  await signIn(client);
  return { ...both, client };
}

// What comes back on a connection of its own for these bytes: the answers, and whether the connection was closed.
async function exchangeRaw(broker, bytes, { waitMilliseconds = 5000, expected = 1 } = {}) {
  const socket = connect(broker.socket);
  let received = '';
  let closed = false;
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => { received += chunk; });
  socket.on('error', () => {});
  socket.on('close', () => { closed = true; });
  await once(socket, 'connect');
  socket.write(bytes);
  const end = Date.now() + waitMilliseconds;
  while (!closed && received.split('\n').length - 1 < expected && Date.now() < end)
    await sleep(10);
  const answers = received.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { socket, answers, get closed() { return closed; } };
}

const hello = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'hello',
  params: { protocol: 1, client: { name: 'raw', version: '1' } } })}\n`;

const brokenLines = [
  ['not JSON', 'what?', parseError],
  ['half of an object', '{"jsonrpc":"2.0"', parseError],
  ['binary bytes', Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x80]), parseError],
  ['a NUL in a string', '{"jsonrpc":"2.0","id":2,"method":"a\\u0000b"}', undefined],
  ['a member twice', '{"jsonrpc":"2.0","id":2,"id":3,"method":"health.get"}', undefined],
  ['nesting without end', `{"jsonrpc":"2.0","id":2,"method":"hello","params":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    undefined],
  ['a batch', '[{"jsonrpc":"2.0","id":2,"method":"health.get"}]', invalidRequest],
  ['a number', '42', invalidRequest],
  ['no method', '{"jsonrpc":"2.0","id":2}', invalidRequest],
  ['a version that is not 2.0', '{"jsonrpc":"1.0","id":2,"method":"health.get"}', invalidRequest],
  ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"health.get"}', invalidRequest],
  ['a lone surrogate', '{"jsonrpc":"2.0","id":2,"method":"\\ud800"}', undefined],
];

test('every broken line gets an error of JSON-RPC or a closed connection', async (t) => {
  const { broker } = await signedIn(t);
  for (const [name, line, code] of brokenLines) {
    const bytes = Buffer.concat([Buffer.from(hello), Buffer.from(line), Buffer.from('\n')]);
    const seen = await exchangeRaw(broker, bytes, { expected: 2 });
    const error = seen.answers[1]?.error;
    assert.ok(error !== undefined || seen.closed, `${name}: neither an error nor closed`);
    if (error !== undefined) {
      assert.ok([parseError, invalidRequest, methodNotFound, invalidParams].includes(error.code), `${name}: ${error.code}`);
      assert.ok(error.data?.action, `${name}: ${JSON.stringify(error)}`);
      if (code !== undefined)
        assert.equal(error.code, code, name);
    }
    seen.socket.destroy();
  }
  await stillServed(broker);
});

test('a method before hello is refused and says so', async (t) => {
  const { broker } = await signedIn(t);
  const seen = await exchangeRaw(broker, '{"jsonrpc":"2.0","id":1,"method":"health.get","params":{}}\n');
  assert.equal(seen.answers[0].error.code, invalidRequest);
  assert.match(seen.answers[0].error.data.action, /hello/);
  seen.socket.destroy();
});

test('every method refuses wrong types, unknown and missing members', async (t) => {
  const { client, broker } = await signedIn(t);
  const { methods: all } = await client.call('rpc.discover');
  const persons = ['consent.answer', 'tool.approve', 'tool.forget', 'sharing.pause', 'sharing.resume', 'broker.stop'];
  for (const name of persons) {
    const refused = await client.callFails(name, { no_such_member: true });
    assert.equal(refused.errorName, 'policy_denied', `${name} is for the tray and the command line`);
  }
  const methods = all.filter(({ name }) => !persons.includes(name));
  assert.ok(methods.length >= 15, `${methods.length} methods`);
  const wrong = [{ provider: 42 }, { session_id: {} }, { topics: 'all' }, { limit: 'ten' },
    { no_such_member: true }, { provider: 'demo', provide: 'demo' }, { provider: 'x'.repeat(100000) },
    { min_valid_seconds: -1, provider: 'demo' }, { min_valid_seconds: 1e300, provider: 'demo' },
    { provider: ['demo'] }, { scopes: [1], provider: 'demo' }];
  for (const { name } of methods) {
    for (const params of wrong) {
      const outcome = await client.call(name, params).then(() => undefined, (error) => error);
      assert.ok(outcome?.code !== undefined, `${name} took ${JSON.stringify(params).slice(0, 80)}: ${outcome}`);
      assert.ok([invalidParams, invalidRequest, -31011].includes(outcome.code), `${name}: ${outcome.message}`);
      assert.ok(outcome.data.action.length > 0);
    }
  }
  for (const { name } of methods) {
    for (const params of ['[]', '"text"', '42', 'null', '[[]]']) {
      client.sendRaw(`{"jsonrpc":"2.0","id":"odd","method":"${name}","params":${params}}\n`);
      const { error } = await client.nextUnclaimed();
      assert.ok([invalidParams, invalidRequest].includes(error?.code), `${name} took ${params}`);
    }
  }
  const missing = await client.callFails('token.get', {});
  assert.equal(missing.code, invalidParams);
  const mistyped = await client.callFails('token.get', { provider: 'demo', acount: 'ana' });
  assert.equal(mistyped.code, invalidParams);
  assert.equal(mistyped.data.did_you_mean, 'account');
  await stillServed(broker);
});

test('an unknown method is named, with the nearest one there is', async (t) => {
  const { client } = await signedIn(t);
  const failure = await client.callFails('tokn.get', {});
  assert.equal(failure.code, methodNotFound);
});

test('a line of more than 1 MiB ends that connection alone', async (t) => {
  const { broker } = await signedIn(t);
  const seen = await exchangeRaw(broker, hello + 'x'.repeat(3 * 1024 * 1024), { expected: 3, waitMilliseconds: 10000 });
  assert.ok(seen.closed, 'still open');
  await stillServed(broker);
});

test('a line of nearly 1 MiB is read whole', async (t) => {
  const { client } = await signedIn(t);
  const failure = await client.callFails('token.get', { provider: 'demo', reason: 'x'.repeat(1024 * 1024 - 200) });
  assert.equal(failure.code, invalidParams);
});

test('half a line and then nothing does not hinder others', async (t) => {
  const { broker } = await signedIn(t);
  const halves = await Promise.all(Array.from({ length: 50 }, async () => {
    const socket = connect(broker.socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write('{"jsonrpc":"2.0","id":');
    return socket;
  }));
  await stillServed(broker);
  for (const socket of halves)
    socket.destroy();
});

test('a message that comes byte by byte is understood', async (t) => {
  const { broker } = await signedIn(t);
  const socket = connect(broker.socket);
  await once(socket, 'connect');
  socket.setNoDelay?.(true);
  for (const byte of hello) {
    socket.write(byte);
    await new Promise(setImmediate);
  }
  const [answer] = await once(socket, 'data');
  assert.equal(JSON.parse(answer).result.server, 'keybearerd');
  socket.destroy();
});

// Without the pages of files, which come as the system has them at hand.
function heapKiB(pid) {
  return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

test('a client that never reads is dropped and costs less than 8 MiB', async (t) => {
  const { broker } = await signedIn(t);
  const before = heapKiB(broker.daemon.pid);
  const socket = connect(broker.socket);
  let closed = false;
  socket.on('error', () => {});
  socket.on('close', () => { closed = true; });
  await once(socket, 'connect');
  socket.pause();
  socket.write(hello);
  const ask = `${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'rpc.discover', params: {} })}\n`;
  let most = before;
  for (let i = 0; i < 400 && !closed && !socket.destroyed; i += 1) {
    // What the kernel does not take stays in this process; it must not be the bound of the test.
    if (socket.writableLength < 1 << 20)
      socket.write(ask.repeat(200));
    await sleep(5);
    most = Math.max(most, heapKiB(broker.daemon.pid));
  }
  // 4 MiB that wait, what has been read of its requests, and what a moment copies: 5.5 MiB, now and then 7.
  assert.ok(most - before < 8 * 1024 + keptBySanitizers / 1024, `grew by ${most - before} KiB`);
  await stillServed(broker);
  socket.destroy();
});

test('5000 connections: each is open or refused, and those who are served stay served', async (t) => {
  const { broker, client } = await signedIn(t);
  const sockets = [];
  let refused = 0;
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  for (let batch = 0; batch < 50; batch += 1) {
    await Promise.all(Array.from({ length: 100 }, () => new Promise((resolve) => {
      const socket = connect(broker.socket);
      sockets.push(socket);
      socket.on('error', () => { refused += 1; resolve(); });
      socket.on('connect', resolve);
    })));
    assert.equal((await client.call('token.get', { provider: 'demo' })).token_type, 'Bearer');
  }
  assert.equal(sockets.length, 5000);
  t.diagnostic(`${refused} of 5000 refused`);
  for (const socket of sockets)
    socket.destroy();
  await until('a new client is served again', () => stillServed(broker).then(() => true, () => false),
    { deadlineMilliseconds: 30000 });
});

test('a storm of clients that hang up in the middle of a request', async (t) => {
  const { broker } = await signedIn(t);
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(Array.from({ length: 25 }, async () => {
      const socket = connect(broker.socket);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(`${hello}{"jsonrpc":"2.0","id":2,"method":"token.get","params":{"provider":"demo"}}\n`);
      socket.destroy();
    }));
  }
  await stillServed(broker);
});

test('a thousand requests on one connection are all answered, each once', async (t) => {
  const { client } = await signedIn(t);
  const answers = await Promise.all(Array.from({ length: 1000 }, () => client.call('token.get', { provider: 'demo' })));
  assert.equal(answers.length, 1000);
  assert.equal(client.unclaimed.length, 0);
});
