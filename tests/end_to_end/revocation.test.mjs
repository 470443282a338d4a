// The end of a session: taken away by the provider, or given back by the person.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

// What the disk is without room for, the broker finds out as it would then: no file of its may grow.
function noFileMayGrow(broker, bytes) {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(broker.daemon.pid), `--fsize=${bytes}:`], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

for (const localOnly of [false, true]) {
  test(`T-45: a session that cannot be taken off the disk is not said to be gone (local_only: ${localOnly})`, async (t) => {
    const { provider, broker } = await world(t, { start: false, more: { store: { backend: 'file', key: 'key_file', key_file: '../store.key' } } });
    writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
    await broker.start();
    const client = await broker.client();
    await signIn(client);
    noFileMayGrow(broker, 0);
    const failure = await client.callFails('session.revoke', { session_id: 'demo', local_only: localOnly });
    assert.equal(failure.errorName, 'store_unavailable', failure.message);
    assert.match(failure.message, localOnly ? /: the session could not be removed/ : /: the provider has ended the session, but/);
    assert.match(failure.data.action, /revoke it again/);
    const { sessions } = await client.call('session.list');
    assert.deepEqual(sessions.map(({ state }) => state), [localOnly ? 'active' : 'needs_sign_in']);
    assert.equal(provider.store.payloads('RefreshToken').filter(({ consumed }) => consumed === undefined).length, localOnly ? 1 : 0);
    noFileMayGrow(broker, 'unlimited');
    const again = await client.call('session.revoke', { session_id: 'demo', local_only: localOnly });
    assert.equal(again.erased, true);
    await broker.restart();
    assert.deepEqual((await (await broker.client()).call('session.list')).sessions, []);
  });
}

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
