// Brokers that share a store, and what is true of them whichever store it is.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startProvider } from '../../support/provider.mjs';
import { Broker } from './broker.mjs';
import { signIn } from './journey.mjs';
import { sleep, until } from './wait.mjs';

const teamKey = randomBytes(32);
export const settling = 3500; // how long nobody refreshes after the store has come back

// A broker with that section `store`, and the team's key beside its configuration.
export function memberOf(t, provider, store, key = teamKey) {
  const broker = Broker.forProvider(provider, { more: { store: { key: 'key_file', key_file: '../team.key', ...store } } });
  t.after(() => broker.remove());
  writeFileSync(join(broker.home, 'team.key'), key, { mode: 0o600 });
  return broker;
}

export async function startTeam(t, count, store, providerOptions) {
  const provider = await startProvider(providerOptions);
  t.after(() => provider.stop());
  const brokers = [];
  for (let i = 0; i < count; i += 1)
    brokers.push(await memberOf(t, provider, store).start());
  return { provider, brokers };
}

export const ready = (client) => until('the store', async () => (await client.call('store.status')).state === 'ready');
export const settled = (client) => until('everything is in the store',
  async () => (await client.call('health.get')).unsaved === 0);
export const tokenOf = async (client) => (await client.call('token.get', { provider: 'demo' })).access_token;
export const sessionAt = (client) => until('the session that another broker has',
  async () => (await client.call('session.list')).sessions[0]);

// Somebody has signed in at the first of them, and all others know.
export async function signedIn(brokers) {
  const clients = await Promise.all(brokers.map((broker) => broker.client()));
  await Promise.all(clients.map(ready));
  await signIn(clients[0]);
  await settled(clients[0]);
  await Promise.all(clients.map(sessionAt));
  return clients;
}

export async function oneTokenForBoth(provider, atA, atB) {
  const session = await sessionAt(atB);
  assert.equal(session.account.label, 'ana@example.com');
  const token = await tokenOf(atB);
  assert.equal(token, await tokenOf(atA));
  assert.equal((await provider.userinfo(token)).status, 200);
  assert.equal(provider.counters.granted.authorization_code, 1);
  return { session, token };
}

export async function endedEverywhere(atA, atB, session) {
  await atB.call('session.revoke', { session_id: session.session_id });
  await until('it is gone', async () => (await atA.call('session.list')).sessions.length === 0);
}

// So many times a token comes to its end, and each time one broker fetches the next for all.
export async function refreshedOnceForAll(provider, brokers, times) {
  const clients = await signedIn(brokers);
  await Promise.all(clients.map(tokenOf));
  await sleep(settling);
  for (let i = 0; i < times; i += 1) {
    const before = await tokenOf(clients[0]);
    await until('the next token', async () => (await tokenOf(clients[0])) !== before, { deadlineMilliseconds: 40000 });
    const tokens = await until('the same one everywhere', async () => {
      const now = await Promise.all(clients.map(tokenOf));
      return new Set(now).size === 1 ? now : undefined;
    });
    assert.equal((await provider.userinfo(tokens[0])).status, 200);
  }
  assert.equal(provider.counters.reused, 0, 'no refresh token was used twice');
  assert.ok(provider.counters.granted.refresh_token <= times + 1, JSON.stringify(provider.counters.granted));
}

// The store does not answer: it shows, with what to do, and what is in memory is served.
export async function servedFromMemory(clients, token) {
  const status = await until('the outage shows', async () => {
    const found = await clients[1].call('store.status');
    return found.state === 'unavailable' ? found : undefined;
  });
  assert.ok(status.problem.length > 0);
  assert.ok(status.action.length > 0);
  for (const client of clients)
    assert.equal(await tokenOf(client), token);
  return status;
}

// It answers again: a refresh at the second of them reaches the first.
export async function wellAgain(provider, [atA, atB], token) {
  await atB.call('session.refresh', { session_id: 'demo' });
  const next = await tokenOf(atB);
  assert.notEqual(next, token);
  await until('the other broker has it, too', async () => (await tokenOf(atA)) === next);
  assert.equal(provider.counters.reused, 0);
}
