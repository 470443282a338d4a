// Every bad answer that a token endpoint can give to a refresh: the refresh token is kept, the failure is of the right
// class, time and memory stay bounded. And the odd answers that are good.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { Broker } from './support/broker.mjs';
import { keptBySanitizers } from './support/sanitizer.mjs';
import { ScriptedServer, jsonAnswer, rawAnswer, redirectFor } from './support/scripted_server.mjs';
import { until } from './support/wait.mjs';

const good = (more = {}) => ({ access_token: 'at-2', token_type: 'Bearer', expires_in: 3600, ...more });
const withRaw = (text) => rawAnswer('200 OK', text);
const chunked = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
const mebibyte = Buffer.alloc(1 << 20, 0x20);

// Sends the same block again and again, as long as the other side takes it.
const flood = (start) => (socket) => {
  socket.write(start);
  const more = () => {
    while (!socket.destroyed && socket.write(mebibyte));
  };
  socket.on('drain', more);
  more();
};

const drip = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4096\r\n\r\n');
  const timer = setInterval(() => socket.write(' '), 200);
  socket.on('close', () => clearInterval(timer));
};

const passing = 'provider_unavailable';
const broken = 'provider_error';

// [name, answer, failure or undefined for a good answer, what expires_at must be then]
const answers = [
  ['an HTML page with status 200', rawAnswer('200 OK', '<h1>Accept our terms</h1>', { 'content-type': 'text/html' }), passing],
  ['an empty body', rawAnswer('200 OK', ''), passing],
  ['status 204', Buffer.from('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'), passing],
  ['a body that ends too early', (socket) => socket.end(rawAnswer('200 OK', '{"access_token":"at-2",', { 'content-length': 500 })), passing],
  ['a chunk that ends too early', (socket) => socket.end(`${chunked}ff\r\n{"access_token":"at-2"`), passing],
  ['a gzip bomb', rawAnswer('200 OK', gzipSync(Buffer.alloc(512 << 20)), { 'content-encoding': 'gzip' }), 'any'],
  ['two gibibytes', flood('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2147483648\r\n\r\n'), 'any'],
  ['a body without end', flood('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n'), 'any'],
  ['a head without end', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write(`x-more: ${'a'.repeat(8000)}\r\n`), 1);
    socket.on('close', () => clearInterval(timer));
  }, 'any'],
  ['a byte now and then', drip, passing],
  ['no answer', () => {}, passing],
  ['a reset', (socket) => socket.resetAndDestroy(), passing],
  ['something that is not HTTP', Buffer.from('220 mail.example ESMTP\r\n'), passing],
  ['a redirect to another host', Buffer.from('HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.2/token\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'), 'any'],
  ['invalid UTF-8', withRaw(Buffer.concat([Buffer.from('{"access_token":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","token_type":"Bearer"}')])), passing],
  ['an array', withRaw('[]'), passing],
  ['a text', withRaw('"at-2"'), passing],
  ['a member twice', withRaw('{"access_token":"at-2","access_token":"at-3","token_type":"Bearer"}'), passing],
  ['a hundred thousand brackets', withRaw('['.repeat(100000)), passing],
  ['no access token', jsonAnswer({ token_type: 'Bearer', expires_in: 3600 }), passing],
  ['an access token that is a number', jsonAnswer(good({ access_token: 42 })), passing],
  ['a line break in the access token', jsonAnswer(good({ access_token: 'at\r\nX-Evil: 1' })), broken],
  ['NUL in the access token', withRaw('{"access_token":"at\\u0000","token_type":"Bearer"}'), passing],
  ['eight-bit characters in the access token', jsonAnswer(good({ access_token: 'schlüssel' })), broken],
  ['an access token of 33 KiB', jsonAnswer(good({ access_token: 'a'.repeat(33 << 10) })), broken],
  ['a line break in the refresh token', jsonAnswer(good({ refresh_token: 'rt\n' })), broken],
  ['a refresh token that is a number', jsonAnswer(good({ refresh_token: 7 })), broken],
  ['no token type', jsonAnswer({ access_token: 'at-2', expires_in: 3600 }), broken],
  ['another token type', jsonAnswer(good({ token_type: 'mac' })), broken],
  ['an error in a 200', jsonAnswer({ error: 'invalid_request' }), broken],
  ['a client that the server has forgotten', jsonAnswer({ error: 'invalid_client' }, '401 Unauthorized'), broken],
  ['escape sequences in the description', jsonAnswer({ error: 'invalid_request', error_description: '\u001b]0;pwned\u0007\u202e' }, '400 Bad Request'), broken],
  ['a 400 that is a page', rawAnswer('400 Bad Request', '<h1>no</h1>', { 'content-type': 'text/html' }), passing],
  ['a 503 with a date', rawAnswer('503 Service Unavailable', '', { 'retry-after': new Date(Date.now() + 90000).toUTCString() }), passing],
  // Odd, and good.
  ['a byte order mark', withRaw(`\u{feff}${JSON.stringify(good())}`), undefined, 3600],
  ['plain text that is JSON', rawAnswer('200 OK', JSON.stringify(good()), { 'content-type': 'text/plain' }), undefined, 3600],
  ['bearer in small letters', jsonAnswer(good({ token_type: 'bearer' })), undefined, 3600],
  ['BEARER in capitals', jsonAnswer(good({ token_type: 'BEARER' })), undefined, 3600],
  ['an access token of 16 KiB', jsonAnswer(good({ access_token: 'a'.repeat(16 << 10) })), undefined, 3600],
  ['expires_in as a text', jsonAnswer(good({ expires_in: '3600' })), undefined, 3600],
  ['no expires_in', jsonAnswer({ access_token: 'at-2', token_type: 'Bearer' }), undefined, null],
  ['expires_in null', jsonAnswer(good({ expires_in: null })), undefined, null],
  ['expires_in that is no number', jsonAnswer(good({ expires_in: 'soon' })), undefined, null],
  ['expires_in of 1e400', withRaw('{"access_token":"at-2","token_type":"Bearer","expires_in":1e400}'), 'any'],
  ['expires_in of 1e300', withRaw('{"access_token":"at-2","token_type":"Bearer","expires_in":1e300}'), undefined, 365 * 86400],
  ['expires_in of 0', jsonAnswer(good({ expires_in: 0 })), undefined, 0],
  ['expires_in of -1', jsonAnswer(good({ expires_in: -1 })), undefined, 0],
];

const residentLimit = 96 << 10; // KiB, of the whole daemon, with all of this at once
let server;
let broker;
let client;
const mended = new Set(); // paths that now answer well

const pathOf = (index) => `/token/${index}`;

before(async () => {
  const first = jsonAnswer({ access_token: 'at-1', token_type: 'Bearer', expires_in: 3600, refresh_token: 'rt-1' });
  server = await ScriptedServer.start(({ path, form }) => {
    if (form.grant_type === 'authorization_code')
      return first;
    return mended.has(path) ? jsonAnswer(good({ access_token: 'at-good' })) : answers[Number(path.split('/')[2])][1];
  });
  const providers = Object.fromEntries(answers.map((answer, index) => [`p${index}`, {
    authorization_endpoint: `${server.origin}/auth`, token_endpoint: `${server.origin}${pathOf(index)}`,
    client_id: 'desk', scopes: ['read'], timeout_seconds: 4 }]));
  broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, providers } });
  await broker.start();
  client = await broker.client();
  for (let index = 0; index < answers.length; index += 1) {
    const started = await client.call('signin.start', { provider: `p${index}`, flow: 'paste' });
    await client.call('signin.complete', { signin_id: started.signin_id, redirect_url: redirectFor(started.authorization_url) });
    await until('the sign-in', async () =>
      (await client.call('signin.status', { signin_id: started.signin_id })).state === 'signed_in');
  }
});

after(async () => {
  await broker?.remove();
  await server?.stop();
});

function residentPeak() {
  const status = readFileSync(`/proc/${broker.daemon.process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)[1]);
}

async function refreshOutcome(index) {
  const began = Date.now();
  try {
    return { session: await client.call('session.refresh', { session_id: `p${index}` }), took: Date.now() - began };
  } catch (failure) {
    return { failure, took: Date.now() - began };
  }
}

test(`${answers.length} answers of a token endpoint`, { timeout: 150000 }, async (t) => {
  // All at once: they must not disturb each other either.
  const ended = await Promise.all(answers.map((_, index) => refreshOutcome(index)));
  for (const [index, [name, , expected, lasts]] of answers.entries()) {
    await t.test(name, async () => {
      const { session, failure, took } = ended[index];
      assert.ok(took < 25000, `${took} ms`);
      if (expected === undefined) {
        assert.equal(failure, undefined, String(failure));
        if (lasts === null)
          assert.equal(session.expires_at, null);
        else
          assert.ok(Math.abs((Date.parse(session.expires_at) - Date.parse(session.refreshed_at)) / 1000 - lasts) <= 2, session.expires_at);
        return;
      }
      assert.notEqual(failure, undefined, 'it must fail');
      if (expected !== 'any')
        assert.equal(failure.errorName, expected, failure.message);
      else
        assert.ok([passing, broken].includes(failure.errorName), failure.message);
      assert.ok(!/[\u0000-\u001f\u007f-\u009f\u202e]/.test(failure.message + JSON.stringify(failure.data)), failure.message);
      // Nothing is lost: the token at hand is served on, and the old refresh token renews once the server is well.
      const shown = await client.call('session.show', { session_id: `p${index}` });
      assert.equal(shown.state, 'active', shown.problem);
      const held = await client.call('token.get', { provider: `p${index}` });
      assert.equal(held.access_token, 'at-1');
      mended.add(pathOf(index));
      await client.call('session.refresh', { session_id: `p${index}` });
      assert.equal((await client.call('token.get', { provider: `p${index}` })).access_token, 'at-good');
      const used = new Set(server.asked(pathOf(index)).filter((one) => one.form.grant_type === 'refresh_token')
        .map((one) => one.form.refresh_token));
      assert.deepEqual([...used], ['rt-1']);
    });
  }
  assert.ok(residentPeak() < residentLimit + keptBySanitizers / 1024, `${residentPeak()} KiB`);
});

test('a refresh token that is left out stays, a new one takes its place', async () => {
  const index = answers.findIndex(([name]) => name === 'bearer in small letters');
  const asked = () => server.asked(pathOf(index)).filter((one) => one.form.grant_type === 'refresh_token').at(-1).form;
  await client.call('session.refresh', { session_id: `p${index}` });
  assert.equal(asked().refresh_token, 'rt-1');
  answers[index][1] = jsonAnswer(good({ refresh_token: 'rt-2' }));
  await client.call('session.refresh', { session_id: `p${index}` });
  await client.call('session.refresh', { session_id: `p${index}` });
  assert.equal(asked().refresh_token, 'rt-2');
});
