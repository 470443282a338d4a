// Sessions in a sealed file: under a passphrase, under a key file; locked, unlocked, re-keyed, killed on the way.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { until } from './support/wait.mjs';

const passphrase = 'correct horse battery staple';

function storeWorld(t, store, options = {}) {
  return world(t, { more: { store }, ...options });
}

// A world with a key file of its own beside the configuration.
async function keyFileWorld(t) {
  const made = await storeWorld(t, { backend: 'file', key: 'key_file', key_file: '../store.key' }, { start: false });
  writeFileSync(join(made.broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  await made.broker.start();
  return made;
}

function settled(client) {
  return until('everything is in the store', async () => (await client.call('health.get')).unsaved === 0);
}

test('a store under a passphrase: locked after a restart, unlocked by the passphrase alone', async (t) => {
  const { provider, broker } = await storeWorld(t, { backend: 'file', key: 'passphrase' });
  const client = await broker.client();
  const early = await client.callFails('signin.start', { provider: 'demo' });
  assert.equal(early.errorName, 'store_locked', 'nobody signs in to what cannot be kept');
  assert.match(early.data.action, /keybearer store unlock/);
  assert.equal((await client.callFails('store.unlock', { passphrase: 'short' })).errorName, 'invalid_params');
  assert.equal((await client.call('store.unlock', { passphrase })).state, 'ready');
  const session = await signIn(client);
  const before = await client.call('token.get', { provider: 'demo' });
  await settled(client);

  await broker.restart();
  const again = await broker.client();
  await again.call('events.subscribe', { topics: ['session.changed', 'health.changed'] });
  assert.equal((await again.call('store.status')).state, 'locked');
  const refused = await again.callFails('token.get', { provider: 'demo' });
  assert.equal(refused.errorName, 'store_locked', refused.message);
  assert.equal(refused.code, -31010);
  assert.match(refused.data.action, /keybearer store unlock/);
  assert.equal((await again.call('session.list')).sessions[0].state, 'locked');
  const printed = await broker.run(['token', 'demo']);
  assert.equal(printed.status, 8, printed.stderr);
  assert.equal(printed.stdout, '');
  const health = await again.call('health.get');
  assert.equal(health.store.state, 'locked');
  assert.ok(health.findings.some((finding) => finding.name === 'store_locked' && /store unlock/.test(finding.action)));

  const file = readFileSync(join(broker.home, 'state', 'store.sqlite'));
  const wrong = await again.callFails('store.unlock', { passphrase: 'correct horse battery stable' });
  assert.equal(wrong.errorName, 'store_locked');
  assert.match(wrong.message, /passphrase is wrong/);
  assert.deepEqual(readFileSync(join(broker.home, 'state', 'store.sqlite')), file, 'a wrong passphrase writes nothing');

  writeFileSync(join(broker.home, 'words'), `${passphrase}\n`, { mode: 0o600 });
  const unlocked = await broker.run(['store', 'unlock', '--value-file', join(broker.home, 'words')]);
  assert.equal(unlocked.status, 0, unlocked.stderr);
  provider.counters.reset();
  const after = await again.call('token.get', { provider: 'demo' });
  assert.equal(after.access_token, before.access_token, 'the token of before, from the file');
  assert.equal(after.session_id, session.session_id);
  assert.equal((await again.call('session.list')).sessions[0].state, 'active');
  assert.ok(again.events.some((event) => event.topic === 'health.changed'));
  assert.ok(!broker.log.includes(passphrase));
});

test('a locked store gives nothing until it is unlocked, and forgets what it had', async (t) => {
  const { provider, broker } = await keyFileWorld(t);
  const client = await broker.client();
  await signIn(client);
  const before = await client.call('token.get', { provider: 'demo' });
  await settled(client);
  await client.call('events.subscribe', { topics: ['alert', 'session.changed'] });
  const lock = await broker.run(['store', 'lock', '--json']);
  assert.equal(JSON.parse(lock.stdout).state, 'locked');
  for (let i = 0; i < 3; i += 1)
    assert.equal((await client.callFails('token.get', { provider: 'demo' })).errorName, 'store_locked');
  assert.ok(client.events.some((event) => event.topic === 'alert' && /locked/.test(event.message)));
  assert.ok(client.events.some((event) => event.session?.state === 'locked'));
  provider.counters.reset();
  assert.equal((await client.callFails('session.refresh', { session_id: 'demo' })).errorName, 'store_locked');
  assert.equal(provider.counters.requests.token, undefined, 'no refresh whose outcome could not be kept');
  assert.equal((await broker.run(['store', 'unlock'])).status, 0, 'a key file needs no passphrase');
  assert.equal((await client.call('token.get', { provider: 'demo' })).access_token, before.access_token);
  await client.call('session.refresh', { session_id: 'demo' });
  assert.notEqual((await client.call('token.get', { provider: 'demo' })).access_token, before.access_token);
});

test('a key file that others may read is refused, by name, and nothing else is tried', async (t) => {
  const { broker } = await keyFileWorld(t);
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const key = join(broker.home, 'store.key');
  chmodSync(key, 0o644);
  await broker.restart();
  const again = await broker.client();
  const refused = await again.callFails('token.get', { provider: 'demo' });
  assert.equal(refused.errorName, 'store_unavailable');
  assert.match(refused.message, /store\.key can be read by others/);
  assert.match(refused.data.action, /chmod 600/);
  assert.equal((await broker.run(['token', 'demo'])).status, 8);
  assert.equal((await again.call('store.status')).state, 'unavailable');
  chmodSync(key, 0o600);
  assert.ok((await again.call('token.get', { provider: 'demo' })).access_token.length > 0);
  writeFileSync(key, randomBytes(32));
  await broker.restart();
  const wrong = await (await broker.client()).callFails('token.get', { provider: 'demo' });
  assert.equal(wrong.errorName, 'store_locked');
  assert.match(wrong.message, /does not open/);
});

test('an older copy of the file is noticed; the session asks for a sign-in instead of an old token', async (t) => {
  const { broker } = await keyFileWorld(t);
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const file = join(broker.home, 'state', 'store.sqlite');
  await broker.stop();
  copyFileSync(file, `${file}.old`);
  await broker.start();
  const second = await broker.client();
  await second.call('session.refresh', { session_id: 'demo' });
  await settled(second);
  await broker.stop();
  copyFileSync(`${file}.old`, file);
  await broker.start();
  const third = await broker.client();
  const refused = await third.callFails('token.get', { provider: 'demo' });
  assert.equal(refused.errorName, 'sign_in_again', refused.message);
  assert.match(refused.message, /older/);
  const status = await third.call('store.status');
  assert.equal(status.outdated, 1);
  assert.ok(status.remarks.some((remark) => remark.name === 'store_outdated'));
  await signIn(third);
  assert.ok((await third.call('token.get', { provider: 'demo' })).access_token.length > 0);
});

test('a file that is gone or damaged is not begun anew', async (t) => {
  const { broker } = await keyFileWorld(t);
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const file = join(broker.home, 'state', 'store.sqlite');
  await broker.stop();
  copyFileSync(file, `${file}.good`);
  for (const spoil of [() => rmSync(file), () => writeFileSync(file, ''), () => writeFileSync(file, randomBytes(5000))]) {
    spoil();
    await broker.start();
    const again = await broker.client();
    const refused = await again.callFails('token.get', { provider: 'demo' });
    assert.equal(refused.errorName, 'store_unavailable', refused.message);
    assert.equal((await again.callFails('signin.start', { provider: 'demo' })).errorName, 'store_unavailable');
    await broker.stop();
  }
  copyFileSync(`${file}.good`, file);
  await broker.start();
  assert.ok((await (await broker.client()).call('token.get', { provider: 'demo' })).access_token.length > 0);
});

test('a change of keys that is killed anywhere loses nothing and is finished by the same command', async (t) => {
  const { broker } = await keyFileWorld(t);
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const before = await client.call('token.get', { provider: 'demo' });
  const next = join(broker.home, 'next.key');
  writeFileSync(next, randomBytes(32), { mode: 0o600 });
  let current = 'store.key';
  for (const point of ['rekey_begun', 'rekey_batch', 'rekey_before_finish', 'rekey_finished']) {
    const target = current === 'store.key' ? 'next.key' : 'store.key';
    const command = ['store', 'rekey', '--new-key-file', join(broker.home, target), '--no-spawn'];
    await broker.restart({ env: { KEYBEARER_FAULT_POINT: `${point}:1` } });
    assert.notEqual((await broker.run(command)).status, 0, point);
    assert.equal((await broker.daemon.ended).signal, 'SIGKILL', point);
    await broker.start();
    if (point !== 'rekey_finished') {
      const again = await broker.client();
      assert.equal((await again.call('token.get', { provider: 'demo' })).access_token, before.access_token, point);
      assert.equal((await again.call('store.status')).rekey_unfinished, true, point);
      const done = await broker.run(command);
      assert.equal(done.status, 0, `${point}: ${done.stderr}`);
      assert.match(done.stderr, new RegExp(target));
    }
    current = target;
    await broker.stop();
    broker.writeConfig({ ...JSON.parse(readFileSync(join(broker.home, 'config', 'config.yaml'))),
      store: { backend: 'file', key: 'key_file', key_file: `../${current}` } });
    await broker.start();
    const after = await broker.client();
    assert.equal((await after.call('token.get', { provider: 'demo' })).access_token, before.access_token, point);
    assert.equal((await after.call('store.status')).rekey_unfinished, false, point);
  }
});

test('memory keeps nothing, and is no place to move to or from', async (t) => {
  const { broker } = await world(t, { store: 'memory' });
  const status = await broker.run(['store', 'status', '--json']);
  assert.equal(JSON.parse(status.stdout).backend, 'memory');
  for (const [from, to] of [['memory', 'file'], ['keychain', 'memory'], ['file', 'file']])
    assert.equal((await broker.run(['store', 'migrate', from, to])).status, 2, `${from} ${to}`);
  assert.equal((await broker.run(['store', 'lock'])).status, 2);
  assert.equal((await broker.run(['store', 'rekey'])).status, 2);
});
