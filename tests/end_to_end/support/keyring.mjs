// The private gnome-keyring of tests/support/with_keyring, looked at and disturbed from outside the broker.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { programs } from './broker.mjs';
import { run } from './children.mjs';

const service = ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets'];

async function gdbus(parameters) {
  const answer = await run('gdbus', parameters, { env: process.env });
  assert.equal(answer.status, 0, answer.stderr);
  return answer.stdout;
}

async function property(path, type, name) {
  return gdbus(['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', path,
    '--method', 'org.freedesktop.DBus.Properties.Get', `org.freedesktop.Secret.${type}`, name]);
}

export async function keyringLabels() {
  const items = await property('/org/freedesktop/secrets/collection/login', 'Collection', 'Items');
  const paths = items.match(/\/org\/freedesktop\/secrets\/collection\/login\/\w+/g) ?? [];
  return Promise.all(paths.map((path) => property(path, 'Item', 'Label')));
}

export async function keyringPid() {
  const answer = await gdbus(['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/',
    '--method', 'org.freedesktop.DBus.GetConnectionUnixProcessID', 'org.freedesktop.secrets']);
  return Number(answer.match(/uint32 (\d+)/)[1]);
}

export async function lockKeyring() {
  await gdbus([...service, '--method', 'org.freedesktop.Secret.Service.Lock',
    "['/org/freedesktop/secrets/collection/login']"]);
}

export async function isKeyringLocked() {
  return (await property('/org/freedesktop/secrets/collection/login', 'Collection', 'Locked')).includes('true');
}

// One connection has to open the session and unlock in it, which gdbus cannot.
export async function unlockKeyring() {
  const done = await run(join(programs, 'unlock_keyring'), [], { env: process.env });
  assert.equal(done.status, 0, done.stdout);
}
