// A mistake in config.yaml: file, line and key, what to write instead, exit status 2.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, daemonProgram } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { ask } from './support/operator.mjs';

// [what, text, line, what the message must name]
const mistakes = [
  ['an unknown key', 'store: {backend: memory}\nacces: {mode: ask}\n', 2, /acces.*access/s],
  ['an unknown key of a provider',
    'store: {backend: memory}\nproviders:\n  corp:\n    issuer: https://login.example.com\n    clientid: x\n', 5,
    /clientid.*client_id/s],
  ['an unknown value', 'store:\n  backend: keychan\n', 2, /keychan.*keychain/s],
  ['a wrong kind of value', 'access: [ask]\n', 1, /access/],
  ['YAML that is none', 'store: {backend: memory\naccess: ask\n', undefined, /config\.yaml/],
  ['a tab', 'store:\n\tbackend: memory\n', 2, /config\.yaml/],
  ['a bad URL', 'providers:\n  corp:\n    issuer: "ht!tp://x y"\n    client_id: x\n', 3, /issuer/],
  ['http to a host that is not this machine',
    'providers:\n  corp:\n    issuer: http://login.example.com\n    client_id: x\n', 3, /https/],
  ['a variable that is not set', 'providers:\n  corp:\n    issuer: https://a.example\n    client_id: "${KB_E2E_UNSET}"\n',
    4, /KB_E2E_UNSET/],
  ['a key twice', 'store: {backend: memory}\nstore: {backend: keychain}\n', 2, /store/],
  ['a negative number', 'refresh: {threshold_seconds: -1}\n', 1, /threshold_seconds/],
];

for (const [what, text, line, named] of mistakes) {
  test(`${what} is refused with file and line, exit status 2`, async (t) => {
    const broker = new Broker();
    t.after(() => broker.remove());
    broker.writeConfigText(text);
    const { status, stdout, stderr } = await run(daemonProgram, [], { env: broker.environment, timeoutMilliseconds: 10000 });
    assert.equal(status, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, line === undefined ? /config\.yaml/ : new RegExp(`config\\.yaml:${line}:`));
    assert.match(stderr, named);
  });
}

test('${VAR} and ${VAR:-default} work, and the environment overrides the file', async (t) => {
  const broker = new Broker({ env: { KB_E2E_ISSUER: 'http://127.0.0.1:1', KEYBEARER_STORE_BACKEND: 'memory' } });
  t.after(() => broker.remove());
  broker.writeConfigText('store: {backend: keychain}\nproviders:\n  corp:\n    issuer: "${KB_E2E_ISSUER}"\n'
    + '    client_id: "${KB_E2E_ABSENT:-desk}"\n');
  await broker.start();
  const client = await broker.client();
  const { providers } = await client.call('provider.list');
  const corp = providers.find((one) => one.name === 'corp');
  assert.equal(corp.issuer, 'http://127.0.0.1:1');
  assert.equal(corp.configured, true);
  assert.equal((await ask(broker, 'health')).store.backend, 'memory');
});

test('without a file the defaults hold, and the presets are listed', async (t) => {
  const broker = new Broker({ env: { KEYBEARER_STORE_BACKEND: 'memory',
    KEYBEARER_CONFIG: join('/tmp', `kb-e2e-no-such-${process.pid}.yaml`) } });
  t.after(() => broker.remove());
  await broker.start();
  const client = await broker.client();
  const { providers } = await client.call('provider.list');
  for (const name of ['github', 'google', 'microsoft'])
    assert.ok(providers.some((one) => one.name === name), name);
  assert.equal((await client.call('health.get')).access_mode, 'ask');
  const login = await broker.run(['login', 'github', '--json']);
  assert.equal(login.status, 2, login.stderr);
  assert.match(login.stdout + login.stderr, /not_configured/);
});
