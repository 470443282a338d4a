// Sessions move between the keychain (here a real gnome-keyring) and a sealed file, and survive a keychain that is
// locked, killed or silent.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { isKeyringLocked, keyringLabels, keyringPid, lockKeyring, unlockKeyring } from './support/keyring.mjs';
import { until } from './support/wait.mjs';

const warmMilliseconds = 50;

function settled(client) {
  return until('everything is in the store', async () => (await client.call('health.get')).unsaved === 0);
}

function configure(broker, store) {
  const config = JSON.parse(readFileSync(join(broker.home, 'config', 'config.yaml')));
  broker.writeConfig({ ...config, store });
}

async function tokenOf(broker) {
  const client = await broker.client();
  try {
    return (await client.call('token.get', { provider: 'demo' })).access_token;
  } finally {
    await client.close();
  }
}

const ours = async () => (await keyringLabels()).filter((label) => label.includes('ana@example.com')).length;

test('a move that is killed anywhere loses nothing, and the same command finishes it', async (t) => {
  const { broker } = await world(t, { store: 'keychain' });
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const before = await tokenOf(broker);
  writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  const stores = { keychain: { backend: 'keychain' },
    file: { backend: 'file', key: 'key_file', key_file: '../store.key' } };
  const keyFile = ['--key-file', join(broker.home, 'store.key')];
  let place = 'keychain';
  for (const point of ['migrate_item', 'migrate_copied', 'migrate_before_switch', 'migrate_switched', 'migrate_erased']) {
    const target = place === 'keychain' ? 'file' : 'keychain';
    const command = ['store', 'migrate', place, target, '--no-spawn', ...(target === 'file' ? keyFile : [])];
    await broker.restart({ env: { KEYBEARER_FAULT_POINT: `${point}:1` } });
    const cut = await broker.run(command);
    assert.notEqual(cut.status, 0, point);
    assert.equal((await broker.daemon.ended).signal, 'SIGKILL', `${point}: ${cut.stderr}`);

    // With the old configuration: it works, or it says where the sessions are. Never: nobody is signed in.
    await broker.start();
    const again = await broker.client();
    const status = await again.call('store.status');
    const switched = ['migrate_switched', 'migrate_erased'].includes(point);
    assert.equal(status.place, switched ? target : place, point);
    if (switched) {
      const refused = await again.callFails('token.get', { provider: 'demo' });
      assert.equal(refused.errorName, 'store_unavailable', `${point}: ${refused.message}`);
      assert.match(refused.message, new RegExp(`in the store ${target}`));
      assert.match(refused.data.action, /config\.yaml/);
    } else {
      assert.equal(await tokenOf(broker), before, point);
    }
    const done = await broker.run(command);
    assert.equal(done.status, 0, `${point}: ${done.stderr}`);
    assert.match(done.stderr, /Write into config\.yaml/, point);
    assert.equal(await tokenOf(broker), before, `${point}: the running broker goes on with the new store`);
    await broker.stop();
    configure(broker, stores[target]);
    await broker.start();
    assert.equal(await tokenOf(broker), before, point);
    assert.equal((await (await broker.client()).call('store.status')).move_unfinished, undefined, point);
    assert.equal(await ours(), target === 'keychain' ? 1 : 0, `${point}: one copy, where it belongs`);
    place = target;
  }
});

test('a configuration that names another store is told so, and moving the sessions cures it', async (t) => {
  const { broker } = await world(t, { store: 'keychain' });
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const before = await tokenOf(broker);
  await broker.stop();
  configure(broker, { backend: 'file', key: 'passphrase' });
  await broker.start();
  const again = await broker.client();
  const refused = await again.callFails('token.get', { provider: 'demo' });
  assert.equal(refused.errorName, 'store_unavailable');
  assert.match(refused.data.action, /keybearer store migrate keychain file/);
  assert.equal((await broker.run(['token', 'demo'])).status, 8);
  assert.equal((await again.callFails('store.migrate', { from: 'file', to: 'keychain' })).errorName, 'invalid_request');
  const words = join(broker.home, 'words');
  writeFileSync(words, 'correct horse battery staple', { mode: 0o600 });
  const moved = await broker.run(['store', 'migrate', 'keychain', 'file', '--value-file', words]);
  assert.equal(moved.status, 0, moved.stderr);
  assert.equal(await tokenOf(broker), before);
  await again.call('session.refresh', { session_id: 'demo' });
  await settled(again);
  const newer = await tokenOf(broker);
  assert.notEqual(newer, before);
  await broker.restart();
  assert.equal((await broker.run(['store', 'unlock', '--value-file', words])).status, 0);
  assert.equal(await tokenOf(broker), newer);
});

test('a file whose key lies in the keychain opens by itself, and not without the keychain', async (t) => {
  const { broker } = await world(t, { more: { store: { backend: 'file' } } });
  const client = await broker.client();
  await signIn(client);
  await settled(client);
  const before = await tokenOf(broker);
  assert.ok((await keyringLabels()).some((label) => label.includes('Keybearer - key of the store file')));
  await broker.restart();
  assert.equal(await tokenOf(broker), before);
  await lockKeyring();
  t.after(unlockKeyring);
  await broker.restart();
  const again = await broker.client();
  assert.equal((await again.callFails('token.get', { provider: 'demo' })).errorName, 'store_locked');
  await unlockKeyring();
  assert.equal(await tokenOf(broker), before);
  const rekeyed = await broker.run(['store', 'rekey', '--new-key', 'keychain']);
  assert.equal(rekeyed.status, 0, rekeyed.stderr);
  await until('the old key is gone', async () => (await keyringLabels())
    .filter((label) => label.includes('Keybearer - key of the store file')).length === 1);
  await broker.restart();
  assert.equal(await tokenOf(broker), before);
});

// A token that is in memory does not need the keychain, whatever has become of that: if it had to wait for that, every
// one would. One of them may wait for the processor.
async function servesWarm(client, expected) {
  const times = [];
  for (let i = 0; i < 20; i += 1) {
    const began = performance.now();
    const token = await client.call('token.get', { provider: 'demo' });
    times.push(performance.now() - began);
    assert.equal(token.access_token, expected);
  }
  times.sort((a, b) => a - b);
  assert.ok(times[times.length / 2] < warmMilliseconds, `warm tokens took ${times.map(Math.round)} ms`);
}

for (const trouble of ['locked', 'killed', 'stopped']) {
  test(`gnome-keyring ${trouble}: warm tokens are served, the state is told, and all is well afterwards`, async (t) => {
    const { broker } = await world(t, { store: 'keychain' });
    const client = await broker.client();
    await signIn(client);
    await settled(client);
    const warm = await tokenOf(broker);
    await servesWarm(client, warm);
    const pid = await keyringPid();
    if (trouble === 'locked')
      await lockKeyring();
    else
      process.kill(pid, trouble === 'killed' ? 'SIGKILL' : 'SIGSTOP');
    t.after(async () => {
      if (trouble === 'stopped')
        process.kill(pid, 'SIGCONT');
      await unlockKeyring();
    });
    await servesWarm(client, warm);
    // A refresh needs the journal alone; its item waits until the keychain is back.
    await client.call('session.refresh', { session_id: 'demo' });
    const newer = (await client.call('token.get', { provider: 'demo' })).access_token;
    assert.notEqual(newer, warm);
    const expected = trouble === 'stopped' ? 'unavailable' : 'locked';
    const sick = await until('health says so', async () => {
      await servesWarm(client, newer);
      const health = await client.call('health.get');
      return health.store.state === expected ? health : undefined;
    });
    assert.equal(sick.unsaved, 1);
    assert.ok(sick.findings.some((finding) => finding.name === `store_${expected}` && finding.action.length > 0));
    if (trouble === 'stopped')
      process.kill(pid, 'SIGCONT');
    else
      await unlockKeyring();
    assert.equal(await isKeyringLocked(), false);
    await until('the item has followed', async () => (await client.call('health.get')).unsaved === 0,
      { deadlineMilliseconds: 40000 });
    await broker.restart();
    assert.equal(await tokenOf(broker), newer);
  });
}
