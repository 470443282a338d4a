// Bytes on their way through the gateway: events when they come, bodies of any size, and what becomes of the one side
// when the other is gone.

import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { BareUpstream, answerJson, bodyOf, startEvents } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { gatewayOf, residentBytes } from './support/mcp_processes.mjs';
import { keptBySanitizers, patience } from './support/sanitizer.mjs';
import { until } from './support/wait.mjs';

const megabyte = 1024 * 1024;
const legacy = { 'mcp-protocol-version': '2025-11-25' };
const call = message('tools/call', { name: 'one', arguments: {} }, 'call-7');
const calling = modern('tools/call', 'one');

async function streamWorld(t, { services = {}, ...options } = {}) {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk'), ...services.desk } }, ...options });
  const key = await world.key('robot', 'desk');
  return { upstream, world, key };
}

// What a response brings from now on: read(n) waits for so many bytes.
function reader(response) {
  const state = { text: '', ended: false, aborted: false };
  response.on('data', (chunk) => { state.text += chunk.toString('latin1'); });
  response.on('end', () => { state.ended = true; });
  response.on('close', () => { state.aborted = !state.ended; });
  return { state, has: (text, deadlineMilliseconds = 10000) => until(`"${text}"`, () => state.text.includes(text),
    { deadlineMilliseconds, pauseMilliseconds: 1 }) };
}

test('an event leaves when it comes: each is there before the next is sent', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  const reached = upstream.next('desk');
  const opening = world.open('desk', { key, headers: calling, body: call });
  const { response: sends } = await reached;
  startEvents(sends);
  const { response } = await opening;
  assert.match(response.headers['content-type'], /^text\/event-stream/);
  assert.equal(response.headers['content-length'], undefined);
  const { state, has } = reader(response);
  const delays = [];
  for (let number = 0; number < 300; number += 1) {
    const event = `id: ${number}\nretry: 20\ndata: {"number":${number}}\n\n`;
    const sent = performance.now();
    const arrived = new Promise((resolve) => { response.once('data', () => resolve(performance.now() - sent)); });
    sends.write(event);
    delays.push(await arrived);
    assert.ok(state.text.endsWith(event));
  }
  delays.sort((a, b) => a - b);
  t.diagnostic(`p50 ${delays[150].toFixed(3)} ms, p99 ${delays[297].toFixed(3)} ms, two Node streams included`);
  assert.ok(delays[150] < 100, `p50 ${delays[150]} ms`);
  // Byte by byte: half an event, a comment, odd line ends.
  const odd = [': comment\n', 'data: ', 'half', '\n', '\n', 'event: x\r\ndata: y\r\n\r\n', 'data\n\n', '\ufeffdata: z\n\n'];
  for (const [index, piece] of odd.entries()) {
    const before = state.text.length;
    sends.write(piece);
    await until(`piece ${index}`, () => state.text.length > before, { pauseMilliseconds: 1 });
  }
  sends.end();
  await until('the end', () => state.ended);
  assert.ok(state.text.endsWith(Buffer.from(odd.join('')).toString('latin1')), 'every byte as it was');
  await has('"number":299');
});

test('500 open streams and 1000 requests together: every stream gets its own events, requests are served meanwhile',
  { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  const streams = new Map();
  upstream.answer('desk', async (request, response) => {
    if (request.method === 'GET') {
      startEvents(response);
      streams.set(request.headers['last-event-id'], response);
      return;
    }
    const { id } = JSON.parse(await bodyOf(request));
    answerJson(response, { jsonrpc: '2.0', id, result: { number: id } });
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 600 });
  t.after(() => agent.destroy());
  const count = 500;
  const open = [];
  for (let first = 0; first < count; first += 50) {
    open.push(...await Promise.all(Array.from({ length: 50 }, async (unused, index) => {
      const { response } = await world.open('desk', { method: 'GET', key, agent, headers: { ...legacy,
        accept: 'text/event-stream', 'last-event-id': `s${first + index}` } });
      assert.equal(response.statusCode, 200);
      return reader(response);
    })));
  }
  assert.equal(streams.size, count);
  const poster = new http.Agent({ keepAlive: true, maxSockets: 32 });
  t.after(() => poster.destroy());
  const started = Date.now();
  const answers = Promise.all(Array.from({ length: 1000 }, (unused, id) => world.request('desk', { key, agent: poster, headers: legacy,
    body: { jsonrpc: '2.0', id, method: 'ping' } })));
  for (const [name, response] of streams)
    response.write(`data: only for ${name}.\n\n`);
  const all = await answers;
  const seconds = (Date.now() - started) / 1000;
  assert.deepEqual(all.map(({ status }) => status), Array(1000).fill(200));
  assert.deepEqual(all.map(({ body }) => body.result.number), [...all.keys()]);
  await until('every stream has its event', () => open.every(({ state }, index) => state.text === `data: only for s${index}.\n\n`));
  t.diagnostic(`1000 requests in ${seconds.toFixed(2)} s beside ${count} streams; gateway ${(residentBytes(gatewayOf(world.broker)) / megabyte).toFixed(0)} MiB`);
  for (const response of streams.values())
    response.end('data: end\n\n');
  await until('every stream has ended', () => open.every(({ state }) => state.ended));
});

test('a body of 1 GiB in each direction streams through, and the gateway stays small', { timeout: 120000 }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  const total = 1024 * megabyte;
  const piece = Buffer.alloc(megabyte, 'a');
  const most = { before: 0, during: 0 };
  const look = () => { most.during = Math.max(most.during, residentBytes(gatewayOf(world.broker))); };
  const pour = async (out) => {
    for (let sent = 0; sent < total; sent += piece.length) {
      if (!out.write(piece))
        await new Promise((resolve, reject) => { out.once('drain', resolve); out.once('close', () => reject(new Error('closed'))); });
      if (sent % (64 * megabyte) === 0)
        look();
    }
    out.end();
  };
  upstream.answer('desk', async (request, response) => {
    let received = 0;
    for await (const chunk of request)
      received += chunk.length;
    if (received > megabyte)
      return answerJson(response, { received });
    response.writeHead(200, { 'content-type': 'application/json' });
    return pour(response);
  });
  await world.request('desk', { key, headers: calling, body: 'x'.repeat(2 * megabyte) }); // the gateway is warm
  most.before = residentBytes(gatewayOf(world.broker));
  const { response } = await world.open('desk', { key, headers: calling, body: call });
  let arrived = 0;
  for await (const chunk of response)
    arrived += chunk.length;
  assert.equal(arrived, total);

  const answer = await new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: world.port, method: 'POST', path: '/desk/mcp', headers: { ...calling,
      authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json',
        'content-length': total } }, async (came) => {
      resolve({ status: came.statusCode, text: (await bodyOf(came)).toString() });
    });
    request.on('error', reject);
    pour(request).catch(reject);
  });
  assert.deepEqual([answer.status, answer.text], [200, JSON.stringify({ received: total })]);
  const grown = most.during - most.before;
  t.diagnostic(`grown by ${(grown / megabyte).toFixed(1)} MiB`);
  assert.ok(grown < 64 * megabyte + keptBySanitizers, `${grown} bytes`);
});

test('a slow reader holds the server back, not the others, and fills no memory', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  let written = 0;
  const reached = upstream.next('desk');
  const opening = world.open('desk', { key, headers: calling, body: call });
  const { response: sends } = await reached;
  startEvents(sends);
  const { response } = await opening;
  response.pause();
  const before = residentBytes(gatewayOf(world.broker));
  const piece = Buffer.from(`data: ${'a'.repeat(65536)}\n\n`);
  let stuck = false;
  while (!stuck && written < 200 * megabyte) {
    written += piece.length;
    if (!sends.write(piece))
      stuck = await Promise.race([new Promise((resolve) => { sends.once('drain', () => resolve(false)); }),
        new Promise((resolve) => { setTimeout(resolve, 1500, true); })]);
  }
  assert.ok(stuck, 'the server was held back');
  t.diagnostic(`${(written / megabyte).toFixed(1)} MiB on the way`);
  assert.ok(residentBytes(gatewayOf(world.broker)) - before < 32 * megabyte + keptBySanitizers);
  upstream.answers.clear();
  assert.equal((await world.request('desk', { key, headers: modern('tools/list'), body: message('tools/list') })).status, 200);
  response.destroy();
});

test('a client of 2026-07-28 that goes away cancels at the server', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  for (const started of [false, true]) {
    const reached = upstream.next('desk');
    const opening = world.open('desk', { key, headers: calling, body: call }).catch(() => {});
    const { response: sends } = await reached;
    let gone = false;
    sends.on('close', () => { gone = true; });
    if (started) {
      startEvents(sends);
      sends.write('data: 1\n\n');
      const { response } = await opening;
      response.destroy();
      await until('the cancel', () => gone, { deadlineMilliseconds: 5000 });
    } else {
      sends.destroy();
      await opening;
    }
  }
  // Before the head of the answer as well.
  const reached = upstream.next('desk');
  const stop = new AbortController();
  const refused = world.request('desk', { key, headers: calling, body: call, signal: stop.signal }).catch((error) => error);
  const { response: sends } = await reached;
  let gone = false;
  sends.on('close', () => { gone = true; });
  stop.abort();
  await refused;
  await until('the cancel', () => gone, { deadlineMilliseconds: 5000 });
});

test('a client of 2025-11-25 that goes away cancels nothing', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  const reached = upstream.next('desk');
  const opening = world.open('desk', { key, headers: legacy, body: { jsonrpc: '2.0', id: 1, method: 'tools/call',
    params: { name: 'one' } } });
  const { response: sends } = await reached;
  startEvents(sends);
  sends.write('data: 1\n\n');
  const { response } = await opening;
  let closed = false;
  sends.on('close', () => { closed = true; });
  response.destroy();
  for (let count = 0; count < 50; count += 1) // the gateway has had time enough to see it
    assert.equal((await world.request('desk', { key, headers: legacy, body: { jsonrpc: '2.0', id: count, method: 'ping' } })).status, 200);
  assert.equal(closed, false);
  const finished = new Promise((resolve) => { sends.on('finish', resolve); });
  sends.end('data: the result\n\n');
  await finished;
});

test('a server that dies in the middle: the client sees that the answer is not whole', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  for (const begin of [startEvents, (response) => response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders(),
    (response) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).flushHeaders()]) {
    const reached = upstream.next('desk');
    const opening = world.open('desk', { key, headers: calling, body: call });
    const { response: sends } = await reached;
    begin(sends);
    sends.write('data: 1\n\n');
    const { response } = await opening;
    const { state, has } = reader(response);
    await has('data: 1');
    sends.socket.destroy();
    await until('the end', () => state.ended || state.aborted, { deadlineMilliseconds: 5000 });
    assert.ok(state.aborted, 'not a clean end');
  }
});

// {what the server does: [the status that comes back]}
const failures = {
  'hangs up': [(request, response) => response.destroy(), 502],
  'answers no HTTP': [(request, response) => response.socket.end('hello\r\n\r\n'), 502],
  'answers half of a head': [(request, response) => response.socket.end('HTTP/1.1 200 OK\r\ncontent-ty'), 502],
  'says nothing': [() => {}, 504],
  'redirects elsewhere': [(request, response) => response.writeHead(307, { location: 'http://evil.test/mcp' }).end(), 502],
  'redirects to itself': [(request, response) => response.writeHead(302, { location: '/desk/mcp?again' }).end(), 502],
  'has a head of 300 KiB': [(request, response) => response.socket.write(`HTTP/1.1 200 OK\r\n${'x-field: y\r\n'.repeat(30000)}\r\n`), 502],
};

test('502 and 504 have a JSON-RPC error with the id of the request', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t, { services: { desk: { timeout_seconds: 2 } } });
  for (const [what, [how, expected]] of Object.entries(failures)) {
    upstream.answer('desk', async (request, response) => { await bodyOf(request); how(request, response); });
    const before = upstream.hits.length;
    const { status, body, text, headers } = await world.request('desk', { key, headers: calling, body: call });
    assert.equal(status, expected, `${what}: ${text}`);
    assert.equal(body?.jsonrpc, '2.0', `${what}: ${text}`);
    assert.equal(body.id, 'call-7', what);
    assert.ok([-31006, -31007].includes(body.error.code), what);
    assert.ok(body.error.data.action.length > 10, what);
    assert.match(headers['content-type'], /^application\/json/);
    assert.ok(upstream.hits.length - before <= 2, `${what}: asked ${upstream.hits.length - before} times`);
    assert.ok(!text.includes('evil.test') || !headers.location, what);
  }
  await upstream.stop();
  upstream.stop = async () => {};
  const { status, body } = await world.request('desk', { key, headers: calling, body: call });
  assert.deepEqual([status, body.error.code, body.id], [502, -31006, 'call-7']);
});

// Answers as bytes: what the client gets in the end, or undefined for an answer that is none or not whole.
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const wires = {
  'by its length': [`${head}Content-Length: 2\r\n\r\nok`, 'ok'],
  'in chunks with extensions and a trailer': [`${head}Transfer-Encoding: chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\nX-T: 1\r\n\r\n`, 'ok'],
  'until the connection ends': [`${head}Connection: close\r\n\r\nok`, 'ok'],
  'HTTP/1.0': ['HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\nok', 'ok'],
  'after 103': [`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${head}Content-Length: 2\r\n\r\nok`, 'ok'],
  'after 100': [`HTTP/1.1 100 Continue\r\n\r\n${head}Content-Length: 2\r\n\r\nok`, 'ok'],
  'nothing': [`${head}Content-Length: 0\r\n\r\n`, ''],
  'more than its length': [`${head}Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nforged`, 'ok'],
  'less than its length': [`${head}Content-Length: 20\r\n\r\nok`],
  'half of a chunk': [`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nok`],
  'no last chunk': [`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n`],
  'a chunk that is none': [`${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\nok\r\n0\r\n\r\n`],
  'a chunk of 2^70': [`${head}Transfer-Encoding: chunked\r\n\r\n400000000000000000\r\nok`],
  'two lengths': [`${head}Content-Length: 2\r\nContent-Length: 9\r\n\r\nokforged!`],
  'a negative length': [`${head}Content-Length: -2\r\n\r\nok`],
  'a status that is none': ['HTTP/1.1 abc OK\r\n\r\nok'],
  'a status of two digits': ['HTTP/1.1 20 OK\r\n\r\nok'],
  'no head': ['{"jsonrpc":"2.0"}\r\n\r\n'],
  'a switch of protocols': ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nok'],
};

test('answers as bytes: whole ones pass, others are 502 or end without being whole, nothing of one is in the next',
  { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  for (const [what, [wire, expected]] of Object.entries(wires)) {
    upstream.answer('desk', async (request, response) => { await bodyOf(request); response.socket.end(wire, 'latin1'); });
    const got = await world.request('desk', { key, headers: calling, body: call }).catch((error) => ({ broken: error.code }));
    if (expected === undefined)
      assert.ok(got.broken !== undefined || got.status === 502, `${what}: ${got.status} ${got.text}`);
    else
      assert.deepEqual([got.status, got.text], [200, expected], what);
    upstream.answers.clear();
    const next = await world.request('desk', { key, headers: modern('tools/list'), body: message('tools/list') });
    assert.equal(next.body?.result?.tools.length, 2, `after ${what}: ${next.text}`);
  }
  for (const extra of ['Transfer-Encoding: chunked\r\nContent-Length: 2', 'X-A : b\r\nContent-Length: 2',
    'X-A: b\r\n c\r\nContent-Length: 2', 'X-A: b\nContent-Length: 2']) {
    upstream.answer('desk', async (request, response) => { await bodyOf(request); response.socket.end(`${head}${extra}\r\n\r\nok`); });
    const got = await world.request('desk', { key, headers: calling, body: call }).catch((error) => ({ broken: error.code }));
    assert.ok(got.broken !== undefined || [200, 502].includes(got.status), extra); // lenient or not, but never stuck
  }
});

test('statuses, heads and bodies pass as they are; what must not pass does not', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  for (const status of [200, 202, 204, 400, 404, 405, 406, 409, 410, 422, 429, 500, 503]) {
    upstream.answer('desk', async (request, response) => {
      await bodyOf(request);
      response.writeHead(status, { 'content-type': 'application/json', 'mcp-session-id': 'session-1', 'x-kept': 'yes',
        'retry-after': '7', 'set-cookie': 'a=b',
        'x-accel-buffering': 'no', 'www-authenticate': 'Bearer resource_metadata="http://evil.test/"', 'alt-svc': 'h3=":443"',
        'strict-transport-security': 'max-age=1', 'access-control-allow-origin': '*', 'proxy-authenticate': 'Basic' });
      response.end(status === 204 ? undefined : '{"odd" :  [1,2.0, "\\u00e9"]}\n');
    });
    const { status: came, headers, text } = await world.request('desk', { key, headers: calling, body: call });
    assert.equal(came, status);
    assert.equal(text, status === 204 ? '' : '{"odd" :  [1,2.0, "\\u00e9"]}\n', 'not a byte is another');
    assert.equal(headers['mcp-session-id'], 'session-1');
    assert.equal(headers['x-kept'], 'yes');
    assert.equal(headers['x-accel-buffering'], 'no');
    for (const name of ['set-cookie', 'www-authenticate', 'alt-svc', 'strict-transport-security',
      'access-control-allow-origin', 'proxy-authenticate'])
      assert.equal(headers[name], undefined, `${status}: ${name}`);
  }
});

test('SEC-G-06 SEC-G-07 SEC-G-08 what goes to the server and what does not', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  const kept = { 'mcp-session-id': 'session-1', 'last-event-id': 'e-9', 'mcp-param-region': '=?base64?w6k=?=',
    'mcp-param-unknown': 'yes', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'a=b', 'accept-language': 'de', 'user-agent': 'end-to-end/1', 'x-own': 'kept' };
  const dropped = { cookie: 'a=b', referer: 'http://x.test/', dpop: 'proof', 'proxy-authorization': 'Basic x',
    'proxy-connection': 'keep-alive', forwarded: 'for=1.2.3.4',
    'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', 'x-real-ip': '1.2.3.4',
      via: '1.1 x', te: 'trailers', 'x-hop': 'named in connection',
    connection: 'keep-alive, x-hop', 'x-client-cert': 'x', 'ssl-client-cert': 'x', 'x-ssl-client-verify': 'SUCCESS',
      'x-user-id': 'root', 'x-user-email': 'root@evil.test',
    'x-user-name': 'Root', 'x-user-provider': 'evil', 'x-auth-method': 'none', 'sec-fetch-mode': 'cors', 'sec-ch-ua': 'x' };
  const { status, text } = await world.request('desk', { key, headers: { ...calling, ...kept, ...dropped }, body: call });
  assert.equal(status, 200, text);
  const [hit] = upstream.hits.slice(-1);
  for (const [name, value] of Object.entries({ ...kept, ...calling, accept: 'application/json, text/event-stream',
    'content-type': 'application/json' }))
    assert.equal(hit.headers[name], value, name);
  for (const [name, value] of Object.entries(dropped))
    assert.notEqual(hit.headers[name], value, name);
  assert.equal(hit.headers.host, new URL(upstream.origin).host);
  assert.equal(hit.headers.origin, undefined);
  assert.ok(!JSON.stringify(hit.rawHeaders).includes(key), 'the key stays here');
});

test('the same over the Unix socket, and for every client of it a token', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key } = await streamWorld(t);
  const { status } = await world.request('desk', { key, socket: true, headers: modern('tools/list'), body: message('tools/list') });
  assert.equal(status, 200);
  assert.equal((await world.request('desk', { socket: true, headers: modern('tools/list'), body: message('tools/list') })).status, 401);
  assert.equal(upstream.hits.length, 1);
});
