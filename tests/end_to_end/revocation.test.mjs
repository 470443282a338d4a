// The end of a session: taken away by the provider, or given back by the person.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { until } from './support/wait.mjs';

test('revoked at the provider: sign_in_again with the reason, and a new sign-in heals it', async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: 3 } });
  const client = await broker.client();
  await signIn(client);
  provider.revokeAll();
  const failure = await until('the broker knows', async () => {
    try {
      await client.call('token.get', { provider: 'demo' });
      return undefined;
    } catch (error) {
      return error;
    }
  });
  assert.equal(failure.errorName, 'sign_in_again', failure.message);
  assert.equal(failure.code, -31003);
  assert.equal(failure.data.reason, 'revoked');
  const { sessions } = await client.call('session.list');
  assert.equal(sessions[0].state, 'needs_sign_in');

  const command = await broker.run(['token', 'demo']);
  assert.equal(command.status, 4, command.stderr);
  assert.equal(command.stdout, '');
  assert.match(command.stderr, /keybearer login demo/);

  await signIn(client);
  assert.equal((await client.call('session.list')).sessions.length, 1);
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
});

test('logout revokes at the provider and erases', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.introspect(token.access_token)).active, true);
  const refreshTokens = provider.store.payloads('RefreshToken').map((one) => one.jti);
  assert.equal(refreshTokens.length, 1);

  const logout = await broker.run(['logout', 'demo']);
  assert.equal(logout.status, 0, logout.stderr);
  assert.equal((await provider.introspect(refreshTokens[0])).active, false);
  assert.equal((await provider.introspect(token.access_token)).active, false);
  assert.equal((await provider.userinfo(token.access_token)).status, 401);
  assert.deepEqual((await client.call('session.list')).sessions, []);
  assert.equal((await client.callFails('token.get', { provider: 'demo' })).errorName, 'authorization_required');
});

test('session.revoke says whether the provider heard of it', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  const heard = await client.call('session.revoke', { session_id: 'demo' });
  assert.equal(heard.revoked_at_provider, true);
  assert.equal(heard.erased, true);

  await signIn(client);
  provider.faults.add({ route: 'revocation', kind: 'status', status: 503 });
  const unheard = await client.call('session.revoke', { session_id: 'demo' });
  assert.equal(unheard.revoked_at_provider, false);
  assert.equal(unheard.erased, true);
  assert.ok(unheard.problem, JSON.stringify(unheard));
  assert.deepEqual((await client.call('session.list')).sessions, []);
});

test('logout --local-only leaves the provider alone', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  const token = await client.call('token.get', { provider: 'demo' });
  provider.counters.reset();
  const logout = await broker.run(['logout', 'demo', '--local-only']);
  assert.equal(logout.status, 0, logout.stderr);
  assert.equal(provider.counters.requests.revocation, undefined);
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
  assert.deepEqual((await client.call('session.list')).sessions, []);
});
