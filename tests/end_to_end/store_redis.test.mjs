// Several brokers over one Redis: a sign-in for all of them, one refresh for all of them, and what a server can do to
// them - end, forget, go back in time.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { startProvider } from '../support/provider.mjs';
import { signIn } from './support/journey.mjs';
import { RedisServer } from './support/redis_server.mjs';
import { endedEverywhere, memberOf, oneTokenForBoth, ready, refreshedOnceForAll, servedFromMemory, sessionAt, settled, settling,
  signedIn, startTeam, tokenOf, wellAgain } from './support/team.mjs';
import { sleep, until } from './support/wait.mjs';

const storeOf = (redis) => ({ backend: 'redis', redis: { url: redis.url } });

async function team(t, count, providerOptions) {
  const redis = await new RedisServer().start();
  t.after(() => redis.remove());
  return { redis, ...await startTeam(t, count, storeOf(redis), providerOptions) };
}

test('S4: signed in at one broker, a token at the other, and nothing readable in the server', async (t) => {
  const { provider, redis, brokers } = await team(t, 2);
  const [atA, atB] = await signedIn(brokers);
  const { session, token } = await oneTokenForBoth(provider, atA, atB);

  const dump = await redis.save();
  assert.ok(dump.length > 500);
  for (const canary of [token, token.slice(0, 20), 'ana@example.com', 'demo', 'Keybearer -', provider.issuer])
    assert.ok(!dump.includes(canary), canary);

  const status = await brokers[1].run(['store', 'status']);
  assert.equal(status.status, 0, status.stderr);
  assert.match(status.stdout, /redis/);
  assert.match(status.stdout, /key id [0-9a-f]{4}-[0-9a-f]{4}/);
  await endedEverywhere(atA, atB, session);
});

test('S4: brokers that share a store refresh once, also when all are asked at once', async (t) => {
  const { provider, brokers } = await team(t, 3, { accessTokenSeconds: 20 });
  await refreshedOnceForAll(provider, brokers, 3);
});

test('S4: without the server tokens are served from memory, the state is shown, and all is well after', async (t) => {
  const { provider, redis, brokers } = await team(t, 2);
  const clients = await signedIn(brokers);
  const token = await tokenOf(clients[1]);
  assert.equal(await tokenOf(clients[0]), token);
  await redis.save();
  await redis.stop();
  await servedFromMemory(clients, token);
  await redis.start();
  await Promise.all(clients.map(ready));
  await sleep(settling);
  await wellAgain(provider, clients, token);
});

test('T-49: after FLUSHALL nothing is lost', async (t) => {
  const { provider, redis, brokers } = await team(t, 2);
  const [atA, atB] = await signedIn(brokers);
  const token = await tokenOf(atB);
  assert.equal(await tokenOf(atA), token);
  await redis.restartFrom(undefined);
  await until('the item is back', async () => (await redis.command('KEYS', '*item/s_*')).includes('item/s_'));
  // A broker that starts now finds everything.
  const c = await memberOf(t, provider, storeOf(redis)).start();
  const atC = await c.client();
  await sessionAt(atC);
  assert.equal(await tokenOf(atC), token);
  assert.equal(provider.counters.granted.authorization_code, 1);
  assert.equal((await atA.call('store.status')).shared.store_id, (await atC.call('store.status')).shared.store_id);
});

test('T-49: a dump from before is noticed, and what it holds is not used', async (t) => {
  const { provider, redis, brokers } = await team(t, 2);
  const [a, b] = brokers;
  const [atA, atB] = await signedIn(brokers);
  await redis.keep('old.rdb');
  await sleep(settling);
  await atA.call('session.refresh', { session_id: 'demo' });
  const token = await tokenOf(atA);
  await until('the other broker has it, too', async () => (await tokenOf(atB)) === token);
  await settled(atA);
  await a.stop();
  await b.stop(); // their memory is gone, what they remember of the store is not
  await redis.restartFrom('old.rdb');
  await b.start();
  const again = await b.client();
  await until('the rollback shows', async () => (await again.call('store.status')).shared.lost > 0
    || (await again.call('session.list')).sessions[0]?.state !== 'active');
  const refused = await again.callFails('token.get', { provider: 'demo' });
  assert.notEqual(refused.errorName, 'internal_error', refused.message);
  assert.equal(provider.counters.reused, 0, 'the old refresh token was not used');
});

test('two keys on one prefix: the second broker is refused and names both', async (t) => {
  const { provider, redis, brokers } = await team(t, 1);
  const [atA] = await signedIn(brokers);
  const b = await memberOf(t, provider, storeOf(redis), randomBytes(32)).start();
  const atB = await b.client();
  const status = await until('the refusal', async () => {
    const now = await atB.call('store.status');
    return now.state === 'unavailable' ? now : undefined;
  });
  assert.match(status.problem, /was made with key [0-9a-f]{4}-[0-9a-f]{4}; this broker has [0-9a-f]{4}-[0-9a-f]{4}/);
  assert.equal((await atB.call('session.list')).sessions.length, 0);
  await tokenOf(atA);
});

test('S5: sessions move from a file into Redis and back, and other brokers see it', async (t) => {
  const provider = await startProvider();
  t.after(() => provider.stop());
  const redis = await new RedisServer().start();
  t.after(() => redis.remove());
  const a = await memberOf(t, provider, { ...storeOf(redis), backend: 'file' }).start();
  const atA = await a.client();
  await signIn(atA);
  await settled(atA);
  const token = await tokenOf(atA);
  const moved = await a.run(['store', 'migrate', 'file', 'redis']);
  assert.equal(moved.status, 0, moved.stderr);
  assert.match(moved.stdout + moved.stderr, /backend: redis, key: key_file/);
  const b = await memberOf(t, provider, storeOf(redis)).start();
  const atB = await b.client();
  await sessionAt(atB);
  assert.equal(await tokenOf(atB), token);
  await b.stop();

  const config = { store: { backend: 'redis', key: 'key_file', key_file: '../team.key', redis: { url: redis.url } } };
  const file = { ...config.store, backend: 'file' };
  a.writeConfig({ ...config, access: { mode: 'trusting' }, providers: { demo: { issuer: provider.issuer,
    client_id: provider.clientId, scopes: ['openid', 'email', 'offline_access'] } } });
  await a.restart();
  const atRedis = await a.client();
  await ready(atRedis);
  assert.equal(await tokenOf(atRedis), token);
  const back = await a.run(['store', 'migrate', 'redis', 'file']);
  assert.equal(back.status, 0, back.stderr);
  assert.equal(await tokenOf(atRedis), token);
  a.writeConfig({ store: file, access: { mode: 'trusting' }, providers: { demo: { issuer: provider.issuer,
    client_id: provider.clientId, scopes: ['openid', 'email', 'offline_access'] } } });
  await a.restart();
  assert.equal(await tokenOf(await a.client()), token);
  assert.equal(provider.counters.granted.authorization_code, 1);
});
