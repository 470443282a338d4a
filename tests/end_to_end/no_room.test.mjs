// A disk without room, a home that cannot be written, a database of a newer version: named, and nothing is lost.

import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { Broker, commandProgram, daemonProgram } from './support/broker.mjs';
import { Child, run } from './support/children.mjs';
import { threadSanitized } from './support/sanitizer.mjs';

const bytesBelow = (directory) => Object.fromEntries(readdirSync(directory)
  .filter((name) => /\.sqlite(-wal)?$/.test(name)).map((name) => [name, readFileSync(join(directory, name)).toString('latin1')]));

async function filled(t) {
  const broker = new Broker({ config: { store: { backend: 'file', key: 'key_file', key_file: '../store.key' } } });
  t.after(() => broker.remove());
  writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  await broker.start();
  const added = await broker.run(['apikey', 'add', 'door', '--value-file', '-'], { input: 'the-value-of-the-key' });
  assert.equal(added.status, 0, added.stderr);
  assert.equal((await broker.stop()).status, 0);
  return broker;
}

function makeNewer(file, version) {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}

for (const [file, what] of [['state.sqlite', 'the state database'], ['audit.sqlite', 'the audit log']]) {
  test(`O3: a downgrade does not touch a newer ${file} and says so`, async (t) => {
    const broker = await filled(t);
    const state = join(broker.home, 'state');
    makeNewer(join(state, file), 4711);
    const before = bytesBelow(state);
    for (let i = 0; i < 2; i += 1) {
      const daemon = broker.spawnDaemon();
      const end = await daemon.ended;
      assert.equal(end.status, 8, daemon.stderr);
      assert.match(daemon.stderr, new RegExp(`${what} was written by a newer version`));
      assert.match(daemon.stderr, /format 4711, and this version knows up to \d+/);
      assert.match(daemon.stderr, /Install the newer version again; nothing was changed/);
    }
    assert.equal(bytesBelow(state)[file], before[file]);
    const said = await broker.run(['status']);
    assert.equal(said.status, 8, said.stderr);
    assert.match(said.stderr, /4711/);
  });
}

test('O3: a downgrade does not touch a newer store.sqlite and says so', async (t) => {
  const broker = await filled(t);
  const state = join(broker.home, 'state');
  makeNewer(join(state, 'store.sqlite'), 4711);
  const before = bytesBelow(state)['store.sqlite'];
  await broker.start();
  const status = await broker.run(['--json', 'store', 'status']);
  assert.match(status.stdout, /the store file was written by a newer version/);
  assert.match(status.stdout, /4711/);
  const token = await broker.run(['token', 'door']);
  assert.notEqual(token.status, 0);
  await broker.stop();
  assert.equal(bytesBelow(state)['store.sqlite'], before);
});

test('a home that cannot be written is a named error, and doctor finds it', async (t) => {
  const home = mkdtempSync('/tmp/kb-ro-');
  t.after(() => { chmodSync(home, 0o700); rmSync(home, { recursive: true, force: true }); });
  mkdirSync(join(home, 'config'));
  mkdirSync(join(home, 'run'));
  mkdirSync(join(home, 'state'));
  const isRoot = process.getuid() === 0;
  const asUser = isRoot ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : ['env'];
  if (isRoot)
    for (const each of ['', 'config', 'run', 'state'])
      chownSync(join(home, each), 65534, 65534);
  for (const each of ['state', ''])
    chmodSync(join(home, each), 0o500);
  const env = { PATH: process.env.PATH, HOME: home, KEYBEARER_HOME: home };
  const daemon = await run(asUser[0], [...asUser.slice(1), daemonProgram], { env });
  assert.equal(daemon.status, 8, daemon.stderr);
  assert.match(daemon.stderr, /state/);
  const doctor = await run(asUser[0], [...asUser.slice(1), commandProgram, '--json', '--no-spawn', 'doctor', '--no-network'], { env });
  const found = JSON.parse(doctor.stdout).findings.find(({ name }) => name === 'state_writable');
  assert.equal(found.level, 'error', doctor.stdout);
  assert.match(found.action, /KEYBEARER_HOME/);
  assert.deepEqual(readdirSync(join(home, 'state')), []);
});

test('a disk without room is a named error, and what was stored stays', { skip: threadSanitized }, async (t) => {
  const broker = await filled(t);
  const daemon = new Child('/bin/bash', ['-c', `ulimit -f 0; exec ${daemonProgram}`], { env: broker.environment });
  const end = await daemon.ended;
  assert.equal(end.status, 8, daemon.stderr);
  assert.match(daemon.stderr, /room|space|disk|large/i);
  await broker.start();
  const token = await broker.run(['--json', 'apikey', 'list']);
  assert.match(token.stdout, /door/);
});

test('doctor sees a file system that is nearly full', async (t) => {
  const home = mkdtempSync('/tmp/kb-small-');
  t.after(() => { spawnSync('umount', [home]); rmSync(home, { recursive: true, force: true }); });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', home]).status === 0;
  const env = { PATH: process.env.PATH, HOME: home, KEYBEARER_HOME: home };
  const doctor = await run(commandProgram, ['--json', '--no-spawn', 'doctor', '--no-network'], { env });
  const found = JSON.parse(doctor.stdout).findings.find(({ name }) => name === 'disk_space');
  assert.equal(found.level, mounted ? 'error' : 'ok'); // only root can mount; judgeDiskSpace has its own test
});
