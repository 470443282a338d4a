// kill -9 at any point of a rotation: no session is lost that the provider's grace allows to keep. The store is a real
// gnome-keyring (run inside tests/support/with_keyring). KEYBEARER_TEST_KILLS says how often (500).

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { signIn, world } from './support/journey.mjs';
import { patience } from './support/sanitizer.mjs';
import { sleep, until } from './support/wait.mjs';

const rounds = Number(process.env.KEYBEARER_TEST_KILLS ?? 500);
const atOnce = 4; // brokers with homes of their own, one keyring
const beforeCommit = ['intent_written', 'token_response_received', 'before_commit'];
const afterCommit = ['after_commit', 'after_publish', 'before_item_write', 'after_item_write'];

// Lets the broker be killed while it refreshes: at a fault point, or from outside at any time. What the broker does by
// itself after its start (an item that the last one had no time to write) may reach the fault point before anybody
// could ask: then our connection breaks, and that is no failure.
async function killWhileRefreshing(broker, point, waitMilliseconds) {
  await broker.stop();
  broker.daemon = broker.spawnDaemon([], { env: point === undefined ? {} : { KEYBEARER_FAULT_POINT: `${point}:1` } });
  if (point === undefined) {
    await Broker.ready(broker.daemon);
    const client = await broker.client();
    const asked = client.call('session.refresh', { session_id: 'demo' }).catch(() => 'cut off');
    await sleep(waitMilliseconds);
    await broker.kill();
    await asked;
    await client.close();
  } else {
    await Broker.ready(broker.daemon)
      .then(() => broker.client())
      .then((client) => client.call('session.refresh', { session_id: 'demo' }))
      .catch(() => 'cut off');
  }
  const patience = setTimeout(() => broker.daemon.process.kill('SIGABRT'), 20000); // it never came to that point
  const end = await broker.daemon.ended;
  clearTimeout(patience);
  assert.equal(end.signal, 'SIGKILL', `at ${point ?? 'any time'}: ${broker.daemon.stderr}`);
}

async function signInAndSettle(broker) {
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  await client.close();
}

// Everything lies in the keyring: what is interrupted from now on is the next rotation.
function settled(client) {
  return until('nothing waits to be written', async () => (await client.call('health.get')).unsaved === 0);
}

async function freshTokenWorks(provider, broker, what) {
  await broker.start();
  const client = await broker.client();
  const served = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(served.access_token)).status, 200, `${what}: the first token`);
  await client.call('session.refresh', { session_id: 'demo' });
  const fresh = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(fresh.access_token)).status, 200, `${what}: the token after a refresh`);
  const { sessions } = await client.call('session.list');
  assert.equal(sessions.length, 1, what);
  assert.equal(sessions[0].state, 'active', what);
  await client.close();
}

// One broker and one provider, killed again and again. Ends with the number of kills.
async function killLoop(t, kills, lane) {
  const { provider, broker } = await world(t, { store: 'keychain', provider: { graceSeconds: 5 * patience } });
  await signInAndSettle(broker);
  const signedIn = provider.counters.requests.authorization;
  const points = [...beforeCommit, ...afterCommit, undefined];
  for (let round = 0; round < kills; round += 1) {
    const point = points[(round + lane) % points.length];
    await killWhileRefreshing(broker, point, round % 12);
    await freshTokenWorks(provider, broker, `lane ${lane}, round ${round}, ${point ?? 'from outside'}`);
  }
  assert.equal(provider.counters.reused, 0);
  assert.equal(provider.counters.requests.authorization, signedIn, 'nobody was sent to the browser again');
  return kills;
}

test(`${rounds} kills while refreshing, at every fault point and at any time: no session lost`, { timeout: 840000 }, async (t) => {
  const lanes = Array.from({ length: atOnce }, (_, lane) => Math.floor((rounds + lane) / atOnce));
  // All of them end before anything is cleared away, also when one fails.
  const done = await Promise.allSettled(lanes.map((kills, lane) => killLoop(t, kills, lane)));
  for (const { status, reason } of done)
    assert.equal(status, 'fulfilled', reason?.stack);
  assert.equal(done.reduce((sum, { value }) => sum + value, 0), rounds);
});

for (const point of afterCommit) {
  test(`killed at ${point}: nothing is lost even without any grace`, async (t) => {
    const { provider, broker } = await world(t, { store: 'keychain', provider: { graceSeconds: 0 } });
    await signInAndSettle(broker);
    await killWhileRefreshing(broker, point);
    await freshTokenWorks(provider, broker, point);
    assert.equal(provider.counters.reused, 0);
  });
}

test('killed before the commit, and a provider without grace: lost_in_rotation is said, nothing else', async (t) => {
  const { broker } = await world(t, { store: 'keychain', provider: { graceSeconds: 0 } });
  await signInAndSettle(broker);
  await killWhileRefreshing(broker, 'token_response_received');
  await broker.start();
  const client = await broker.client();
  await client.call('session.refresh', { session_id: 'demo' }).catch(() => {});
  const failure = await client.callFails('session.refresh', { session_id: 'demo' });
  assert.equal(failure.errorName, 'sign_in_again', failure.message);
  assert.equal(failure.data.reason, 'lost_in_rotation');
  await signIn(client);
  assert.equal((await client.call('session.list')).sessions.length, 1);
});

test('SIGTERM in the middle of a refresh waits for the answer: nothing is lost without any grace', async (t) => {
  const { provider, broker } = await world(t, { store: 'keychain', provider: { graceSeconds: 0 } });
  await signInAndSettle(broker);
  await broker.restart();
  const client = await broker.client();
  provider.counters.reset();
  provider.faults.add({ kind: 'slow', milliseconds: 700, times: 1 });
  const asked = client.call('session.refresh', { session_id: 'demo' }).then(() => 'answered', () => 'cut off');
  await until('the request is out', () => provider.counters.requests.token >= 1);
  const end = await broker.stop();
  assert.equal(end.status, 0, broker.daemon.stderr);
  await asked;
  await freshTokenWorks(provider, broker, 'after SIGTERM');
  assert.equal(provider.counters.reused, 0);
});
