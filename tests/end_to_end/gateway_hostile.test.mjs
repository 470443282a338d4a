// What is refused before anything reaches a server: requests that two readers could read differently, that come from
// web pages or under foreign names, or with tokens that are not for this route. Tables; the server counts its visitors.

import assert from 'node:assert/strict';
import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { test } from 'node:test';

import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern, unhurried } from './support/gateway_world.mjs';
import { LocalClient } from './support/local_client.mjs';
import { exchangeRaw, lines } from './support/raw_http.mjs';

const list = JSON.stringify(message('tools/list'));

async function hostileWorld(t, options = {}) {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') },
    other: { url: upstream.url('other') } }, ...options });
  const key = await world.key('robot', 'desk', 'other');
  return { upstream, world, key };
}

// What a good request has; a table changes one thing of it.
function request(world, key, { start = 'POST /desk/mcp HTTP/1.1', host = `Host: 127.0.0.1:${world.port}`,
  token = `Authorization: Bearer ${key}`, type = 'Content-Type: application/json', framing = [`Content-Length: ${list.length}`],
  more = [], body = list } = {}) {
  return Buffer.concat([lines(...[start, host, token, type, 'Accept: application/json, text/event-stream',
    'MCP-Protocol-Version: 2026-07-28', 'Mcp-Method: tools/list', ...framing, ...more].filter((line) => line !== null), ''),
  Buffer.from(body, 'latin1')]);
}

async function goodOnesPass({ world, key, upstream }) {
  const before = upstream.hits.length;
  const { status, text } = await exchangeRaw(world.port, request(world, key));
  assert.equal(status, 200, text);
  assert.equal(upstream.hits.length, before + 1);
}

// table: {name: {what request() takes, or bytes, and status: one or several}}. Nothing of it reaches the server.
async function nothingArrives(made, table) {
  const { world, key, upstream } = made;
  await goodOnesPass(made);
  const before = upstream.hits.length;
  const wrong = [];
  for (const [name, { bytes, status: expected, closes = false, ...change }] of Object.entries(table)) {
    const sent = bytes?.(world, key) ?? request(world, key, change);
    const { status, closed, text } = await exchangeRaw(world.port, sent, { waitForClose: closes ? 5000 : 0 })
      .catch((error) => ({ status: error.message, text: '' }));
    if (![expected].flat().includes(status))
      wrong.push(`${name}: ${status} instead of ${expected}: ${text.slice(0, 300)}`);
    if (closes && !closed)
      wrong.push(`${name}: the connection stays open`);
    if (/\r\nset-cookie:|\r\nserver:/i.test(text))
      wrong.push(`${name}: says more than it should: ${text}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(upstream.hits.slice(before).map((hit) => `${hit.method} ${hit.url}`), []);
  await goodOnesPass(made);
}

const hidden = 'POST /desk/mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
const chunked = 'Transfer-Encoding: chunked';
const chunk = `${list.length.toString(16)}\r\n${list}\r\n0\r\n\r\n`;
const bad = (change) => ({ status: [400, undefined], closes: true, ...change });

const smuggling = {
  'length and chunks': bad({ framing: [`Content-Length: ${list.length}`, chunked] }),
  'chunks and length': bad({ framing: [chunked, 'Content-Length: 4'], body: chunk }),
  'two lengths that differ': bad({ framing: ['Content-Length: 4', `Content-Length: ${list.length}`] }),
  'two lengths that are equal': bad({ framing: [`Content-Length: ${list.length}`, `Content-Length: ${list.length}`] }),
  'a list of lengths': bad({ framing: [`Content-Length: ${list.length}, ${list.length}`] }),
  'a length with a sign': bad({ framing: [`Content-Length: +${list.length}`] }),
  'a negative length': bad({ framing: ['Content-Length: -1'] }),
  'a length in hexadecimal': bad({ framing: ['Content-Length: 0x10'] }),
  'a length of nothing': bad({ framing: ['Content-Length: '] }),
  'a length beyond 64 bits': bad({ framing: ['Content-Length: 184467440737095516160'] }),
  'a length in other digits': bad({ framing: ['Content-Length: \xb2'] }),
  'two transfer codings': bad({ framing: ['Transfer-Encoding: gzip, chunked'], body: chunk }),
  'chunked twice': bad({ framing: ['Transfer-Encoding: chunked, chunked'], body: chunk }),
  'chunked in two fields': bad({ framing: [chunked, chunked], body: chunk }),
  'chunked and then identity': bad({ framing: [chunked, 'Transfer-Encoding: identity'], body: chunk }),
  'a transfer coding that nobody knows': bad({ framing: ['Transfer-Encoding: xchunked'], body: chunk, status: [400, 501, undefined] }),
  'a vertical tab before chunked': bad({ framing: ['Transfer-Encoding: \x0bchunked'], body: chunk }),
  'chunked in quotes': bad({ framing: ['Transfer-Encoding: "chunked"'], body: chunk }),
  'a space before the colon': bad({ framing: [`Content-Length : ${list.length}`] }),
  'a space before the colon of the coding': bad({ framing: ['Transfer-Encoding : chunked'], body: chunk }),
  'a tab in a name': bad({ more: ['X-A\t: b'] }),
  'a folded line': bad({ more: ['X-A: b', ' c: d'] }),
  'a folded length': bad({ framing: ['Content-Length:', ` ${list.length}`] }),
  'a folded first field': bad({ start: 'POST /desk/mcp HTTP/1.1\r\n folded' }),
  'a bare LF after a field': bad({ more: ['X-A: b\nX-B: c'] }),
  'a bare LF after the first line': bad({ start: 'POST /desk/mcp HTTP/1.1\nX-A: b' }),
  'a bare CR in a value': bad({ more: ['X-A: b\rX-B: c'] }),
  'a NUL in a value': bad({ more: ['X-A: b\x00c'] }),
  'a NUL in a name': bad({ more: ['X-\x00A: b'] }),
  'a DEL in a value': bad({ more: ['X-A: b\x7fc'], status: [400, undefined] }),
  'a field without a colon': bad({ more: ['X-A'] }),
  'a field without a name': bad({ more: [': b'] }),
  'a bracket in a name': bad({ more: ['X(A): b'] }),
  'HTTP/1.0': bad({ start: 'POST /desk/mcp HTTP/1.0', status: [400, 505, undefined] }),
  'HTTP/2.0 in words': bad({ start: 'POST /desk/mcp HTTP/2.0', status: [400, 505, undefined] }),
  'HTTP/1.10': bad({ start: 'POST /desk/mcp HTTP/1.10', status: [400, 505, undefined] }),
  'http in small letters': bad({ start: 'POST /desk/mcp http/1.1', status: [400, 505, undefined] }),
  'no version': bad({ start: 'POST /desk/mcp', status: [400, 505, undefined] }),
  'two spaces in the first line': bad({ start: 'POST  /desk/mcp HTTP/1.1' }),
  'a tab in the first line': bad({ start: 'POST\t/desk/mcp HTTP/1.1' }),
  'the preface of HTTP/2': bad({ bytes: () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), status: [400, 405, 421, 505, undefined] }),
  'a chunk with a sign': bad({ framing: [chunked], body: `+${chunk}` }),
  'a chunk with 0x': bad({ framing: [chunked], body: `0x${chunk}` }),
  'a chunk with a space before': bad({ framing: [chunked], body: ` ${chunk}` }),
  'a chunk longer than it says': bad({ framing: [chunked], body: `5\r\n${list}\r\n0\r\n\r\n` }),
  'a chunk that ends with LF': bad({ framing: [chunked], body: chunk.replaceAll('\r\n', '\n') }),
  'a chunk size that ends with LF': bad({ framing: [chunked], body: chunk.replace('\r\n', '\n') }),
  'a chunk of 2^64': bad({ framing: [chunked], body: `10000000000000000\r\n${list}\r\n0\r\n\r\n` }),
  'a chunk of letters': bad({ framing: [chunked], body: `xyz\r\n${list}\r\n0\r\n\r\n` }),
  'a chunk with a bare CR in its extension': bad({ framing: [chunked], body: `${list.length.toString(16)};a\rb\r\n${list}\r\n0\r\n\r\n` }),
  'a trailer that is a folded line': bad({ framing: [chunked], body: chunk.replace('0\r\n\r\n', '0\r\nX-A: b\r\n c\r\n\r\n') }),
  'garbage': bad({ bytes: () => randomBytes(400) }),
  'a TLS hello': bad({ bytes: () => Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), randomBytes(600)]) }),
};

test('SEC-G-09 fifty ways to smuggle a request: refused, closed, nothing arrives', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t);
  await nothingArrives(made, smuggling);
});

test('SEC-G-09 a second request that hides in a body is no request', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t);
  const { world, key, upstream } = made;
  for (const [name, bytes] of Object.entries({
    'in the body by its length': request(world, key, { framing: [`Content-Length: ${list.length + hidden.length}`],
      body: `${hidden}${list}` }),
    'behind the last chunk': request(world, key, { framing: [chunked], body: chunk, more: ['Connection: close'] }),
  })) {
    const before = upstream.hits.length;
    const { text } = await exchangeRaw(world.port, bytes, { waitForClose: 500 });
    assert.ok((text.match(/HTTP\/1\.1 \d{3}/g) ?? []).length <= 1, `${name}: ${text}`);
    assert.ok(upstream.hits.length - before <= 1, name);
  }
  await goodOnesPass(made);
});

const misdirected = (host) => ({ host: `Host: ${host}`, status: [400, 421] });
const names = {
  ...Object.fromEntries(['evil.test', 'evil.test:PORT', 'localhost.', 'localhost.:PORT', '127.0.0.1', 'localhost', '127.0.0.1.nip.io:PORT',
    '127.0.0.1:1', '127.0.0.2:PORT', '127.1:PORT', '2130706433:PORT', '0x7f000001:PORT', '0.0.0.0:PORT', '[::]:PORT',
      '[::ffff:127.0.0.1]:PORT',
    '::1:PORT', '', '127.0.0.1:PORT, evil.test', '127.0.0.1:PORT@evil.test', 'evil.test@127.0.0.1:PORT',
      '127.0.0.1:0PORT', '127.0.0.1:PORT/x',
    '127.0.0.1 :PORT', '127.0.0.1:PORT#', '127.0.0.1:+PORT', '*', 'null'].map((host) => [`Host: ${host}`, host])),
  'no Host': undefined,
};

test('T-13 SEC-G-02 requests under other names: 400 or 421, nothing arrives', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t);
  const { port } = made.world;
  const table = Object.fromEntries(Object.entries(names).map(([name, host]) => [name,
    host === undefined ? { host: null, status: [400, 421] }
      : misdirected(host.replaceAll('PORT', String(port)))]));
  await nothingArrives(made, { ...table,
    'two Hosts': { host: `Host: 127.0.0.1:${port}\r\nHost: evil.test`, status: [400, 421] },
    'two Hosts that are equal': { host: `Host: 127.0.0.1:${port}\r\nHost: 127.0.0.1:${port}`, status: [400, 421] } });
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    const { status, text } = await exchangeRaw(port, request(made.world, made.key, { host: `Host: ${host}` }));
    assert.ok(status === 200 || (host.startsWith('LOCAL') && status === 421), `${host}: ${text}`);
  }
});

const forbidden = (...more) => ({ more, status: 403 });
const pages = {
  'the origin of a stranger': forbidden('Origin: https://evil.test'),
  'the origin null': forbidden('Origin: null'),
  'an empty origin': { more: ['Origin: '], status: [400, 403] },
  'another port of this machine': forbidden('Origin: http://localhost:1'),
  'an origin that begins like a good one': forbidden('Origin: http://inspector.test:6274.evil.test'),
  'a good origin with a path': forbidden('Origin: http://inspector.test:6274/'),
  'a good origin by TLS': forbidden('Origin: https://inspector.test:6274'),
  'two origins': { more: ['Origin: http://inspector.test:6274', 'Origin: https://evil.test'], status: [400, 403] },
  'a list of origins': forbidden('Origin: http://inspector.test:6274 https://evil.test'),
  'a page of another site': forbidden('Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'),
  'a page of the same site': forbidden('Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors'),
  'a page that a link led here': forbidden('Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'),
  'a form': { type: 'Content-Type: application/x-www-form-urlencoded', more: ['Origin: https://evil.test',
    'Sec-Fetch-Site: cross-site'], status: 403 },
  'a frame': forbidden('Sec-Fetch-Site: cross-site', 'Sec-Fetch-Dest: iframe'),
  'an image': { start: 'GET /desk/mcp HTTP/1.1', framing: [], body: '', ...forbidden('Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Dest: image') },
  'a WebSocket': { start: 'GET /desk/mcp HTTP/1.1', framing: [], body: '', status: [400, 403, 405],
    more: ['Origin: https://evil.test', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='] },
  'a preflight of a stranger': { start: 'OPTIONS /desk/mcp HTTP/1.1', token: null, framing: [], body: '',
    more: ['Origin: https://evil.test', 'Access-Control-Request-Method: POST'], status: 403 },
  'text/plain, as a form may post it': { type: 'Content-Type: text/plain', status: 415 },
  'no type': { type: null, status: 415 },
  'multipart': { type: 'Content-Type: multipart/form-data; boundary=x', status: 415 },
  'JSON in a list of types': { type: 'Content-Type: text/plain, application/json', status: 415 },
  'two types': { type: 'Content-Type: application/json\r\nContent-Type: text/plain', status: [400, 415] },
  'PUT': { start: 'PUT /desk/mcp HTTP/1.1', status: 405 },
  'PATCH': { start: 'PATCH /desk/mcp HTTP/1.1', status: 405 },
  'TRACE': { start: 'TRACE /desk/mcp HTTP/1.1', status: [400, 405], framing: [], body: '' },
  'CONNECT': { start: 'CONNECT /desk/mcp HTTP/1.1', status: [400, 405], framing: [], body: '' },
  'CONNECT to another host': { start: 'CONNECT evil.test:443 HTTP/1.1', status: [400, 405, 421], framing: [], body: '' },
  'a method that nobody knows': { start: 'BREW /desk/mcp HTTP/1.1', status: [400, 405, 501] },
  'a method in small letters': { start: 'post /desk/mcp HTTP/1.1', status: [400, 405, 501] },
  'X-HTTP-Method-Override alone': { start: 'PUT /desk/mcp HTTP/1.1', more: ['X-HTTP-Method-Override: POST'], status: 405 },
};

test('T-14 SEC-G-03 what web pages send, methods and types: refused, nothing arrives', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t, { gateway: { allowed_origins: ['http://inspector.test:6274'] } });
  await nothingArrives(made, pages);
  const listed = await made.world.request('desk', { key: made.key, body: message('tools/list'),
    headers: { ...modern('tools/list'), origin: 'http://inspector.test:6274', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' } });
  assert.equal(listed.status, 200, listed.text);
  assert.equal(listed.headers['access-control-allow-origin'], 'http://inspector.test:6274');
  const preflight = await made.world.request('desk', { method: 'OPTIONS', headers: { origin: 'http://inspector.test:6274',
    'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type,mcp-protocol-version' } });
  assert.ok([200, 204].includes(preflight.status));
  assert.match(preflight.headers['access-control-allow-headers'].toLowerCase(), /authorization/);
  const plain = await made.world.request('desk', { key: made.key, body: message('tools/list'), headers: modern('tools/list') });
  assert.equal(plain.headers['access-control-allow-origin'], undefined);
});

const nowhere = [400, 403, 404];
const paths = ['/desk/mcp/../../other/mcp', '/desk/../other/mcp', '/./desk/mcp', '/desk/%2e%2e/other/mcp', '/desk%2fmcp',
  '/desk/mcp%2f', '/desk/mcp%00',
  '/desk/mcp%0d%0aX-A:%20b', '/desk/mcp%5c..', '/desk\\mcp', '//desk/mcp', '/desk//mcp', '///evil.test/mcp', '/desk/mcp/',
    '/desk/mcp/x', '/desk', '/', '/mcp',
  '/DESK/mcp', '/desk/MCP', '/nobody/mcp', '/desk/mcp;x=y', '/%64esk/mcp/..', '/desk/mcp#x', '*', 'desk/mcp', 'http://evil.test/desk/mcp',
  'http://127.0.0.1/desk/mcp', '/desk/mcp%ff', '/desk/mcp%zz', '/desk/mcp%2', '/desk/mcp%252f..', '/\u00e9/mcp',
    '/desk/mcp?access_token=KEY',
  `/${'a'.repeat(9000)}/mcp`, `/desk/mcp?${'a'.repeat(70000)}`, '/.well-known/../desk/mcp', '/as/desk/../../desk/mcp',
    '/__proto__/mcp', '/constructor/mcp'];

test('SEC-G-10 SEC-G-12 paths that are none, and tokens in the query: refused, nothing arrives', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t);
  const status = [...nowhere, 414, 421, 431, undefined];
  await nothingArrives(made, Object.fromEntries(paths.map((path) => [path.slice(0, 80), { status,
    bytes: (world, key) => request(world, key, { start: `POST ${path.replace('KEY', key)} HTTP/1.1` }) }])));
  const inQuery = await exchangeRaw(made.world.port, request(made.world, made.key, { token: undefined,
    start: `POST /desk/mcp?access_token=${made.key} HTTP/1.1` }));
  assert.equal(inQuery.status, 400, 'a token in the query is refused by name');
});

const many = (count) => Array.from({ length: count }, (unused, number) => `X-${number}: y`);
test('SEC-G-17 heads that are too long, too many or have no end: refused, nothing arrives', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t);
  const status = [400, 413, 431, undefined];
  await nothingArrives(made, {
    'a field of 65 KiB': { more: [`X-A: ${'y'.repeat(65 * 1024)}`], status },
    'a name of 65 KiB': { more: [`X-${'a'.repeat(65 * 1024)}: y`], status },
    'a hundred and one fields': { more: many(101), status },
    'ten thousand fields': { more: many(10000), status },
    'fifty thousand fields': { more: many(50000), status },
    'a first line of 1 MiB': { start: `POST /${'a'.repeat(1024 * 1024)} HTTP/1.1`, status: [...status, 414] },
    'a token of 60 KiB': { token: `Authorization: Bearer ${'a'.repeat(60 * 1024)}`, status: [...status, 401] },
  });
});

// Tokens. What opens the route of another service, or was made by somebody else, opens nothing.
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header, claims) => `${part(header)}.${part(claims)}`;
function parsed(token) {
  const [header, claims] = token.split('.').slice(0, 2).map((one) => JSON.parse(Buffer.from(one, 'base64url')));
  return { header, claims };
}

test('T-33 SEC-G-05 SEC-S-17 tokens that are not for here: 401 invalid_token, nothing arrives', { timeout: 60000 }, async (t) => {
  const made = await hostileWorld(t);
  const { world, upstream } = made;
  const client = await LocalClient.register(world, 'desk');
  const { access_token: good } = await client.signIn();
  const elsewhere = await (await LocalClient.register(world, 'other')).signIn();
  const { header, claims } = parsed(good);
  const { keys } = await (await fetch(client.metadata.jwks_uri)).json();
  const publicKey = createPublicKey({ key: keys.find((one) => one.kid === header.kid), format: 'jwk' });
  const mine = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = (head, body, key = mine.privateKey) => `${unsigned(head, body)}.${sign('sha256', Buffer.from(unsigned(head, body)),
    { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  const keyed = (head, secret) => `${unsigned(head, claims)}.${createHmac('sha256', secret).update(unsigned(head, claims)).digest('base64url')}`;
  const [h, c, s] = good.split('.');
  const flip = (text) => `${text.slice(0, 8)}${text[8] === 'A' ? 'B' : 'A'}${text.slice(9)}`;
  const tokens = {
    'of another service': elsewhere.access_token,
    'a refresh token': client.tokens.refresh_token,
    'alg none': `${unsigned({ ...header, alg: 'none' }, claims)}.`,
    'alg None': `${unsigned({ ...header, alg: 'None' }, claims)}.`,
    'alg none with the signature': `${unsigned({ ...header, alg: 'none' }, claims)}.${s}`,
    'HS256 with the public key in PEM': keyed({ ...header, alg: 'HS256' }, publicKey.export({ type: 'spki', format: 'pem' })),
    'HS256 with the public key in DER': keyed({ ...header, alg: 'HS256' }, publicKey.export({ type: 'spki', format: 'der' })),
    'HS256 with nothing': keyed({ ...header, alg: 'HS256' }, ''),
    'another key under that kid': signed({ ...header, alg: 'ES256' }, claims),
    'another key that comes along (jwk)': signed({ ...header, alg: 'ES256', jwk: mine.publicKey.export({ format: 'jwk' }) }, claims),
    'a key elsewhere (jku)': signed({ ...header, alg: 'ES256', jku: `${upstream.origin}/keys` }, claims),
    'a certificate elsewhere (x5u)': signed({ ...header, alg: 'ES256', x5u: `${upstream.origin}/keys` }, claims),
    'a kid that nobody has': `${part({ ...header, kid: 'nobody' })}.${c}.${s}`,
    'a kid that is a path': `${part({ ...header, kid: '../../../../dev/null' })}.${c}.${s}`,
    'no kid': `${part({ alg: header.alg, typ: header.typ })}.${c}.${s}`,
    'typ JWT': `${part({ ...header, typ: 'JWT' })}.${c}.${s}`,
    'crit that nobody knows': `${part({ ...header, crit: ['exp2'], exp2: 1 })}.${c}.${s}`,
    'a signature that was changed': `${h}.${c}.${flip(s)}`,
    'a signature of zeros': `${h}.${c}.${Buffer.alloc(64).toString('base64url')}`,
    'no signature': `${h}.${c}.`,
    'two parts': `${h}.${c}`,
    'claims that were changed': `${h}.${part({ ...claims, exp: claims.exp + 3600 })}.${s}`,
    'another audience': `${h}.${part({ ...claims, aud: `${world.base}/other/mcp` })}.${s}`,
    'an upstream token': 'upstream-access-token-0123456789',
    'half of a client key': made.key.slice(0, 20),
    'a client key with another ending': `${made.key.slice(0, -1)}${made.key.endsWith('a') ? 'b' : 'a'}`,
    'nothing': '',
    'characters that no token has': 'a b"c',
    'a very long one': 'A'.repeat(30000),
    'null': 'null',
    'undefined': 'undefined',
  };
  const before = upstream.hits.length;
  const wrong = [];
  for (const [name, token] of Object.entries(tokens)) {
    const { status, headers, text } = await unhurried(() => world.request('desk', { key: token,
      body: message('tools/list'), headers: modern('tools/list') }));
    if (![400, 401].includes(status) || (status === 401 && !/^Bearer /.test(headers['www-authenticate'] ?? '')))
      wrong.push(`${name}: ${status} ${headers['www-authenticate']} ${text}`);
  }
  assert.deepEqual(wrong, []);
  assert.equal(upstream.hits.length, before);
  const allowed = await world.request('desk', { key: good, body: message('tools/list'), headers: modern('tools/list') });
  assert.equal(allowed.status, 200, allowed.text);
  assert.ok(upstream.hits.slice(before).every((hit) => !JSON.stringify(hit.headers).includes(good)), 'the token stays here');
});

test('SEC-G-04 SEC-G-13 SEC-G-14 without a token, and other schemes: 401 that says where to get one', async (t) => {
  const made = await hostileWorld(t);
  const { world, upstream, key } = made;
  const metadata = `${world.base}/.well-known/oauth-protected-resource/desk/mcp`;
  for (const authorization of [undefined, `Basic ${Buffer.from(`${key}:`).toString('base64')}`, `Token ${key}`, key,
    `DPoP ${key}`, 'Bearer', 'Bearer  ']) {
    const { status, headers, text } = await unhurried(() => world.request('desk', { body: message('tools/list'),
      headers: { ...modern('tools/list'), ...(authorization && { authorization }) } }));
    assert.ok(status === 401 || (status === 400 && authorization?.startsWith('Bearer')), `${authorization}: ${status} ${text}`);
    if (status === 401) {
      assert.match(headers['www-authenticate'], /^Bearer /, String(authorization));
      assert.ok(headers['www-authenticate'].includes(`resource_metadata="${metadata}"`), headers['www-authenticate']);
    }
    if (authorization === undefined)
      assert.doesNotMatch(headers['www-authenticate'], /error=/);
  }
  const two = await exchangeRaw(world.port, request(world, key, { token: `Authorization: Bearer ${key}\r\nAuthorization: Bearer ${key}` }));
  assert.ok([400, 401].includes(two.status), two.text);
  const other = await world.key('narrow', 'other');
  const refused = await world.request('desk', { key: other, body: message('tools/list'), headers: modern('tools/list') });
  assert.ok([401, 403].includes(refused.status), refused.text);
  assert.deepEqual(upstream.hitsOf('desk'), []);
  const disabled = await world.broker.run(['client', 'disable', 'narrow']);
  assert.equal(disabled.status, 0, disabled.stderr);
  const gone = await world.request('other', { key: other, body: message('tools/list'), headers: modern('tools/list') });
  assert.equal(gone.status, 401, gone.text);
  assert.deepEqual(upstream.hits, []);
});
