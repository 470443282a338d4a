// Token life: refreshed in the background before it ends, once for everybody who asks.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { sleep, until } from './support/wait.mjs';

test('a token is refreshed in the background, without anybody asking', async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: 6 } });
  const client = await broker.client();
  await signIn(client);
  const first = await client.call('token.get', { provider: 'demo' });
  await until('a refresh that nobody asked for', () => provider.counters.granted.refresh_token >= 1);
  const second = await until('the new token', async () => {
    const token = await client.call('token.get', { provider: 'demo' });
    return token.access_token === first.access_token ? undefined : token;
  });
  assert.ok(Date.parse(first.expires_at) > Date.now(), 'it came before the old one had ended');
  assert.equal((await provider.userinfo(second.access_token)).status, 200);
});

test('sessions stay alive through many lives of their tokens, and no token is handed out after its end', async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: 2 } });
  const client = await broker.client();
  await signIn(client);
  // When asked for it had not ended (expires_at is in whole seconds), and until its end it is taken.
  let taken = 0;
  for (let i = 0; i < 16; i += 1) {
    const asked = Date.now();
    const token = await client.call('token.get', { provider: 'demo' });
    const end = Date.parse(token.expires_at);
    assert.ok(end + 1000 > asked, `${token.expires_at} was handed out at ${new Date(asked).toISOString()}`);
    const { status } = await provider.userinfo(token.access_token);
    assert.ok(status === 200 || Date.now() >= end, `${status} before ${token.expires_at}`);
    taken += status === 200 ? 1 : 0;
    await sleep(500);
  }
  assert.ok(taken >= 8, `${taken} of 16 came with time to use them`);
  assert.equal(provider.counters.reused, 0);
  assert.ok(provider.counters.granted.refresh_token >= 3);
  const { sessions } = await client.call('session.list');
  assert.equal(sessions[0].state === 'active' || sessions[0].state === 'refreshing', true);
});

test('200 askers at expiry cause one refresh and get one and the same new token', async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: 6 } });
  const first = await broker.client();
  await signIn(first);
  // The provider keeps the background refresh waiting until the token has ended and everybody asks.
  provider.counters.reset();
  provider.faults.add({ kind: 'slow', milliseconds: 25000, times: 1 });
  const old = await first.call('token.get', { provider: 'demo' });
  const clients = await Promise.all(Array.from({ length: 200 }, () => broker.client()));
  // expires_at is in whole seconds.
  await until('the end of the token', () => Date.parse(old.expires_at) + 1000 < Date.now());
  const asked = clients.map((client) => client.call('token.get', { provider: 'demo' }));
  await sleep(300);
  provider.faults.clear();
  const tokens = await Promise.all(asked);
  assert.equal(provider.counters.granted.refresh_token, 1, JSON.stringify(provider.counters));
  assert.equal(provider.counters.requests.token, 1);
  assert.equal(new Set(tokens.map((token) => token.access_token)).size, 1);
  assert.notEqual(tokens[0].access_token, old.access_token);
  assert.equal((await provider.userinfo(tokens[0].access_token)).status, 200);
  assert.equal(provider.counters.reused, 0);
});

test('a refresh sends what it must and nothing else', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  provider.counters.reset();
  await client.call('session.refresh', { session_id: 'demo' });
  const sent = new Set(provider.counters.tokenParameters.flat());
  for (const needed of ['grant_type', 'refresh_token', 'client_id'])
    assert.ok(sent.has(needed), needed);
  for (const never of ['redirect_uri', 'client_secret', 'code'])
    assert.ok(!sent.has(never), never);
});

test('session.refresh gives another token and the old refresh token is never used again', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  const tokens = new Set();
  for (let i = 0; i < 5; i += 1) {
    await client.call('session.refresh', { session_id: 'demo' });
    tokens.add((await client.call('token.get', { provider: 'demo' })).access_token);
  }
  assert.equal(tokens.size, 5);
  assert.equal(provider.counters.reused, 0);
  const shown = await broker.run(['--json', 'session', 'list']);
  assert.equal(shown.status, 0, shown.stderr);
  assert.match(shown.stdout, /ana@example\.com/);
});
