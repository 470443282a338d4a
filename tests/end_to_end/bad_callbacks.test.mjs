// Whatever another web page or program sends to the redirect port: a page that tells nothing, and the person's own
// sign-in still succeeds.

import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';

import { exchange, playBrowser } from '../support/browser.mjs';
import { signInEnd, startSignIn, world } from './support/journey.mjs';
import { until } from './support/wait.mjs';

const marker = 'zq7marker';

// A sign-in whose browser has come back with a good redirect that nobody has delivered yet.
async function signInUnderway(t) {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  const request = new URL(started.authorization_url);
  const redirect = new URL(request.searchParams.get('redirect_uri'));
  const { redirect: good } = await playBrowser(started.authorization_url,
    { stopBefore: (url) => url.host === redirect.host });
  provider.counters.reset();
  return { provider, client, started, redirect, good: new URL(good) };
}

function changed(url, change) {
  const copy = new URL(url);
  change(copy.searchParams);
  return copy;
}

// Nothing of the request comes back, and nothing loads or runs.
function assertNeutral(answer, what) {
  assert.ok(!answer.text.includes(marker), `${what}: the page repeats the request`);
  assert.doesNotMatch(answer.text, /<script/i, what);
  assert.ok(answer.text.length < 10000, what);
}

async function stillSucceeds({ provider, client, started, good }) {
  assert.equal(provider.counters.requests.token, undefined, 'a code was redeemed for a bad callback');
  const page = await exchange(good);
  assert.equal(page.status, 200);
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'signed_in', JSON.stringify(end));
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).body.sub, 'ana');
}

const bad = [
  ['a wrong state', (at) => exchange(changed(at.good, (query) => query.set('state', marker)))],
  ['no state', (at) => exchange(changed(at.good, (query) => query.delete('state')))],
  ['a state twice', (at) => exchange(`${at.good}&state=${marker}`)],
  ['a wrong iss and a wrong state', (at) => exchange(changed(at.good, (query) => {
    query.set('iss', `https://${marker}.example`);
    query.set('state', 'x');
  }))],
  ['an error without the state', (at) => exchange(`${at.redirect}?error=access_denied&error_description=${marker}`)],
  ['an error with a wrong state', (at) => exchange(`${at.redirect}?error=${marker}&state=wrong`)],
  ['POST', (at) => exchange(at.good, { method: 'POST', body: marker })],
  ['HEAD', (at) => exchange(at.good, { method: 'HEAD' })],
  ['DELETE', (at) => exchange(at.good, { method: 'DELETE' })],
  ['another path', (at) => exchange(`http://${at.redirect.host}/other?${at.good.search.slice(1)}`)],
  ['a path below', (at) => exchange(`${at.redirect.origin}${at.redirect.pathname}/below${at.good.search}`)],
  ['another Host', (at) => exchange(at.good, { headers: { host: `${marker}.example` } })],
  ['the favicon', (at) => exchange(`${at.redirect.origin}/favicon.ico`)],
];

for (const [name, send] of bad) {
  test(`${name}: a page that tells nothing, and the sign-in goes on`, async (t) => {
    const at = await signInUnderway(t);
    const answer = await send(at);
    assert.ok(answer.status >= 400, `${name}: ${answer.status}`);
    assertNeutral(answer, name);
    assert.equal((await at.client.call('signin.status', { signin_id: at.started.signin_id })).state, 'waiting');
    await stillSucceeds(at);
  });
}

test('a wrong iss with the right state: no code is redeemed', async (t) => {
  const at = await signInUnderway(t);
  const answer = await exchange(changed(at.good, (query) => query.set('iss', `https://${marker}.example`)));
  assertNeutral(answer, 'wrong iss');
  assert.equal(at.provider.counters.requests.token, undefined);
});

test('a query of 64 KiB is refused and the sign-in goes on', async (t) => {
  const at = await signInUnderway(t);
  const answer = await exchange(`${at.redirect}?state=${marker}&code=${'a'.repeat(65536)}`)
    .catch((error) => ({ status: 400, text: '', error }));
  assert.ok(answer.status >= 400);
  assertNeutral(answer, '64 KiB');
  await stillSucceeds(at);
});

test('bytes that are not HTTP, and a request that never ends, do not hinder the browser', async (t) => {
  const at = await signInUnderway(t);
  const sockets = ['\x16\x03\x01\x02\x00\x01', 'GET / HTTP/9.9\r\n\r\n', 'GET ', 'A'.repeat(100000)].map((bytes) => {
    const socket = net.connect(Number(at.redirect.port), at.redirect.hostname.replace(/[[\]]/g, ''));
    socket.on('error', () => {});
    socket.write(bytes, 'latin1');
    return socket;
  });
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  await stillSucceeds(at);
});

test('a header that comes in two pieces is understood', async (t) => {
  const at = await signInUnderway(t);
  const text = await new Promise((resolve, reject) => {
    let received = '';
    const socket = net.connect(Number(at.redirect.port), at.redirect.hostname.replace(/[[\]]/g, ''));
    socket.on('data', (chunk) => { received += chunk; });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
    const request = `GET ${at.good.pathname}${at.good.search} HTTP/1.1\r\nHost: ${at.redirect.host}\r\n\r\n`;
    socket.write(request.slice(0, 30));
    setTimeout(() => socket.write(request.slice(30)), 50);
  });
  assert.match(text, /^HTTP\/1\.1 200/);
  assert.equal((await signInEnd(at.client, at.started.signin_id)).state, 'signed_in');
});

test('a replay finds the port closed or a page that tells nothing, and no second code request', async (t) => {
  const at = await signInUnderway(t);
  await stillSucceeds(at);
  const before = at.provider.counters.requests.token;
  const answer = await exchange(at.good).catch((error) => error);
  if (!(answer instanceof Error))
    assert.ok(answer.status >= 400, `${answer.status}`);
  assert.equal(at.provider.counters.requests.token, before);
});

test('the port is bound to the loopback interface and closed after the sign-in', async (t) => {
  const at = await signInUnderway(t);
  assert.ok(['127.0.0.1', '[::1]'].includes(at.redirect.hostname));
  await stillSucceeds(at);
  await until('the port is closed', () => exchange(at.redirect).then(() => false, () => true));
});
