// Tokens lie in the keychain of the operating system, here a real gnome-keyring (inside tests/support/with_keyring).

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { run } from './support/children.mjs';
import { sanitized } from './support/sanitizer.mjs';
import { sleep, until } from './support/wait.mjs';

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

async function property(path, type, name) {
  const answer = await run('gdbus', ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', path,
    '--method', 'org.freedesktop.DBus.Properties.Get', `org.freedesktop.Secret.${type}`, name], { env: process.env });
  assert.equal(answer.status, 0, answer.stderr);
  return answer.stdout;
}

// The object paths of everything in the keyring's login collection.
async function keyringItems() {
  const items = await property('/org/freedesktop/secrets/collection/login', 'Collection', 'Items');
  return items.match(/\/org\/freedesktop\/secrets\/collection\/login\/\w+/g) ?? [];
}

test('a session outlives the broker: it is in the keyring, under a name that a person finds', async (t) => {
  const { provider, broker } = await world(t, { store: 'keychain' });
  const client = await broker.client();
  const session = await signIn(client);
  await until('the item is in the keyring', async () => (await client.call('health.get')).unsaved === 0);
  const token = await client.call('token.get', { provider: 'demo' });
  await broker.restart();
  const again = await broker.client();
  const { sessions } = await again.call('session.list');
  assert.deepEqual(sessions.map((one) => [one.session_id, one.account.label]),
    [[session.session_id, 'ana@example.com']]);
  const after = await again.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(after.access_token)).status, 200);
  assert.ok(token.access_token.length > 0);

  const labels = await Promise.all((await keyringItems()).map((path) => property(path, 'Item', 'Label')));
  assert.ok(labels.some((label) => label.includes('ana@example.com')), labels.join(' '));
});

test('no token and no refresh token lies in a file', async (t) => {
  const { provider, broker } = await world(t, { store: 'keychain' });
  const client = await broker.client();
  await signIn(client);
  await client.call('session.refresh', { session_id: 'demo' });
  const secrets = [(await client.call('token.get', { provider: 'demo' })).access_token,
    ...provider.store.payloads('RefreshToken').map((one) => one.jti)];
  await broker.stop();
  assert.ok(secrets.length >= 2);
  const files = filesBelow(broker.home);
  assert.ok(files.length >= 2, files.join(' '));
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const secret of secrets)
      assert.ok(!bytes.includes(secret), `${file} holds a token`);
    assert.equal(statSync(file).mode & 0o077, 0, `${file} can be read by others`);
  }
  for (const secret of secrets)
    assert.ok(!broker.log.includes(secret), 'the log holds a token');
});

// While the broker takes in whoever asks, the keychain has five seconds, sanitizers or not.
const askers = sanitized ? 40 : 200;

test(`${askers} askers after a restart with an expired token cause one refresh`, async (t) => {
  const { provider, broker } = await world(t, { store: 'keychain', provider: { accessTokenSeconds: 4 } });
  const first = await broker.client();
  await signIn(first);
  const old = await first.call('token.get', { provider: 'demo' });
  await broker.stop();
  await sleep(Math.max(0, Date.parse(old.expires_at) - Date.now() + 1000));
  provider.counters.reset();
  provider.faults.add({ kind: 'slow', milliseconds: 500, times: 1 });
  await broker.start();
  const clients = await Promise.all(Array.from({ length: askers }, () => broker.client()));
  const tokens = await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
  assert.equal(provider.counters.requests.token, 1);
  assert.equal(new Set(tokens.map((token) => token.access_token)).size, 1);
  assert.equal((await provider.userinfo(tokens[0].access_token)).status, 200);
});

test('a session that the provider has ended stays ended after a restart, and the provider is not asked again', async (t) => {
  const { provider, broker } = await world(t, { store: 'keychain', provider: { accessTokenSeconds: 6 } });
  const client = await broker.client();
  await signIn(client);
  provider.revokeAll();
  // Believed once the access token is used up.
  await until('needs_sign_in', async () => {
    await client.callFails('session.refresh', { session_id: 'demo' });
    return (await client.call('session.list')).sessions[0].state === 'needs_sign_in';
  });
  await broker.restart();
  provider.counters.reset();
  const again = await broker.client();
  assert.equal((await again.call('session.list')).sessions[0].state, 'needs_sign_in');
  const failure = await again.callFails('token.get', { provider: 'demo' });
  assert.equal(failure.errorName, 'sign_in_again', failure.message);
  assert.equal(provider.counters.requests.token, undefined);
});

test('logout takes the item out of the keyring', async (t) => {
  const { broker } = await world(t, { store: 'keychain' });
  const client = await broker.client();
  await signIn(client);
  await until('the item is in the keyring', async () => (await client.call('health.get')).unsaved === 0);
  const before = await keyringItems();
  await client.call('session.revoke', { session_id: 'demo' });
  await until('the item is gone', async () => (await keyringItems()).length === before.length - 1);
  await broker.restart();
  const again = await broker.client();
  assert.deepEqual((await again.call('session.list')).sessions, []);
});

test('one changed byte of the audit log is found, and the row is named', async (t) => {
  const { broker } = await world(t, { store: 'keychain' });
  const client = await broker.client();
  await signIn(client);
  for (let i = 0; i < 3; i += 1)
    await client.call('token.get', { provider: 'demo' });
  assert.equal((await client.call('audit.verify')).intact, true);
  await broker.stop();
  const logs = filesBelow(broker.home).filter((file) => /audit/.test(file)
    && readFileSync(file).includes('ana@example.com'));
  assert.ok(logs.length >= 1, filesBelow(broker.home).join(' '));
  const bytes = readFileSync(logs[0]);
  bytes.write('eve', bytes.indexOf('ana@example.com'));
  writeFileSync(logs[0], bytes);
  await broker.start();
  const again = await broker.client();
  const verified = await again.call('audit.verify');
  assert.equal(verified.intact, false, JSON.stringify(verified));
  assert.ok(verified.first_bad !== undefined);
  assert.notEqual((await broker.run(['audit', 'verify'])).status, 0);
});
