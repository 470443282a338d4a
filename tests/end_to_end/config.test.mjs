// A mistake in config.yaml: file, line and key, what to write instead, exit status 2.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startProvider } from '../support/provider.mjs';
import { Broker, daemonProgram } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { signIn } from './support/journey.mjs';
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
  ['an anchor', 'store: &s {backend: memory}\naccess: *s\n', 1, /anchors and aliases/],
  ['a list where a text belongs', 'store:\n  backend: [memory]\n', 2, /backend.*a list/s],
  ['a number that is too large', 'refresh:\n  max_backoff_seconds: 86401\n', 2, /from 1 to 86400/],
  ['a number that is a text', 'refresh:\n  max_backoff_seconds: soon\n', 2, /whole number/],
  ['a second document', 'store: {backend: memory}\n---\naccess: {mode: ask}\n', 2, /second document/],
  ['a preset that nobody knows', 'preset: headles\n', 1, /headles.*headless/s],
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

test('O1: config show --effective names each value with its source, and no secret', async (t) => {
  const broker = new Broker({ env: { CORP_SECRET: 'canary-env-1', KEYBEARER_GATEWAY_PINS: 'hold' } });
  t.after(() => broker.remove());
  broker.writeConfigText('store: {backend: memory}\nproviders:\n  corp:\n    issuer: http://127.0.0.1:1\n    client_id: desk\n'
    + '    client_secret: "${CORP_SECRET}"\n  plain:\n    issuer: http://127.0.0.1:2\n    client_id: desk\n'
    + '    client_secret: canary-file-2\nnetwork: {proxy: "http://ana:canary-proxy-3@127.0.0.1:3128"}\n');
  for (const running of [false, true]) {
    if (running)
      await broker.start();
    const shown = await ask(broker, 'config', 'show', '--effective');
    assert.equal(shown.running, running);
    const setting = (key) => shown.settings.find((one) => one.key === key);
    assert.deepEqual(setting('store.backend').source, { kind: 'file', line: 1 });
    assert.deepEqual(setting('providers.corp.client_secret').source, { kind: 'file', line: 6, variables: ['CORP_SECRET'] });
    assert.equal(setting('providers.corp.client_secret').value, null);
    assert.equal(setting('providers.corp.client_secret').secret, true);
    assert.deepEqual(setting('gateway.pins').source, { kind: 'environment', variable: 'KEYBEARER_GATEWAY_PINS' });
    assert.deepEqual([setting('refresh.threshold_seconds').value, setting('refresh.threshold_seconds').from], [300, 'default']);
    assert.doesNotMatch(JSON.stringify(shown), /canary/);
    const table = await broker.run(['config', 'show', '--effective']);
    assert.match(table.stdout, /providers\.corp\.client_secret +\(secret\) +config\.yaml:6 \(\$\{CORP_SECRET\}\)/);
    assert.doesNotMatch(table.stdout + table.stderr, /canary/);
  }
});

test('config check takes a file, and says with --json what is wrong and where', async (t) => {
  const broker = new Broker({ config: { store: { backend: 'memory' } } });
  t.after(() => broker.remove());
  assert.equal((await ask(broker, 'config', 'check')).valid, true);
  const other = join(broker.home, 'other.yaml');
  writeFileSync(other, 'store:\n  backnd: memory\n', { mode: 0o600 });
  const { status, stdout } = await broker.run(['config', 'check', other, '--json']);
  assert.equal(status, 2);
  const { valid, problem } = JSON.parse(stdout);
  assert.equal(valid, false);
  assert.deepEqual([problem.line, problem.key, problem.did_you_mean], [2, 'store.backnd', 'backend']);
  const said = await broker.run(['config', 'check', other]);
  assert.equal(said.status, 2);
  assert.match(said.stderr, /other\.yaml:2: store\.backnd: unknown key; did you mean backend\?/);
  assert.equal((await broker.run(['config', 'check', join(broker.home, 'none.yaml')])).status, 9);
});

test('config schema prints the schema that docs/config.schema.json is', async (t) => {
  const broker = new Broker();
  t.after(() => broker.remove());
  const { status, stdout } = await broker.run(['config', 'schema']);
  assert.equal(status, 0);
  const document = fileURLToPath(new URL('../../docs/config.schema.json', import.meta.url));
  assert.deepEqual(JSON.parse(stdout), JSON.parse(readFileSync(document, 'utf8')));
});

// A container: nothing can be written in the home directory, and there is no file.
function container(t, provider, environment) {
  const broker = new Broker();
  t.after(() => broker.remove());
  const runtime = join(broker.home, 'rt');
  mkdirSync(runtime, { mode: 0o700 });
  const { KEYBEARER_HOME, ...rest } = broker.environment;
  broker.environment = { ...rest, HOME: '/proc/no-such-home', XDG_RUNTIME_DIR: runtime,
    KEYBEARER_PROVIDERS_DEMO_ISSUER: provider.issuer, KEYBEARER_PROVIDERS_DEMO_CLIENT_ID: provider.clientId,
    KEYBEARER_PROVIDERS_DEMO_SCOPES: 'openid email offline_access', ...environment };
  broker.socket = join(runtime, 'keybearer', 'broker.sock');
  return broker;
}

test('O1: the environment alone configures a broker in a read-only home', async (t) => {
  const provider = await startProvider();
  t.after(() => provider.stop());
  const broker = container(t, provider, {
    KEYBEARER_STORE_BACKEND: 'memory', KEYBEARER_ACCESS_MODE: 'trusting',
    KEYBEARER_SERVICES: '{notes: {url: "http://127.0.0.1:9/mcp", provider: demo}}',
    KEYBEARER_SERVICES_MORE_URL: 'http://127.0.0.1:8/mcp', KEYBEARER_SERVICES_MORE_PROVIDER: 'demo',
    KEYBEARER_CALLERS: '[{match: {exe: /usr/bin/git}, allow: [demo]}]',
    KEYBEARER_PROFILES_CI_ALLOW: '[demo, "apikey:weather"]',
    KEYBEARER_GATEWAY_ALLOWED_ORIGINS: 'http://localhost:6274,http://localhost:6275' });
  await broker.start();
  const client = await broker.client();
  const session = await signIn(client);
  assert.equal((await client.call('token.get', { service: 'notes' })).session_id, session.session_id);
  assert.equal((await client.call('token.get', { service: 'more' })).session_id, session.session_id);
  const { settings } = await client.call('config.get');
  const setting = (key) => settings.find((one) => one.key === key);
  assert.deepEqual(setting('callers[0].allow').value, ['demo']);
  assert.deepEqual(setting('profiles.ci.allow').value, ['demo', 'apikey:weather']);
  assert.deepEqual(setting('gateway.allowed_origins').value, ['http://localhost:6274', 'http://localhost:6275']);
  assert.ok(settings.every((one) => one.source.kind !== 'file'));
});

test('the preset headless, a store in a file with a key file, and no file of configuration', async (t) => {
  const provider = await startProvider();
  t.after(() => provider.stop());
  const broker = container(t, provider, { KEYBEARER_PRESET: 'headless' });
  const nothing = await run(daemonProgram, [], { env: broker.environment, timeoutMilliseconds: 10000 });
  assert.equal(nothing.status, 2, 'the key of the store is never chosen silently');
  assert.match(nothing.stderr, /store\.key/);
  const key = join(broker.home, 'store.key');
  writeFileSync(key, Buffer.alloc(32, 7), { mode: 0o600 });
  const state = join(broker.home, 'st');
  mkdirSync(state, { mode: 0o700 });
  Object.assign(broker.environment, { XDG_STATE_HOME: state, KEYBEARER_STORE_KEY: 'key_file', KEYBEARER_STORE_KEY_FILE: key,
    KEYBEARER_CALLERS: `[{match: {exe: ${process.execPath}}, allow: [demo]}]`, KEYBEARER_GATEWY_PORT: '1' });
  await broker.start();
  const health = await ask(broker, 'health');
  assert.deepEqual([health.access_mode, health.store.backend], ['locked', 'file']);
  const { settings } = await ask(broker, 'config', 'show', '--effective');
  const setting = (name) => settings.find((one) => one.key === name);
  assert.deepEqual(setting('access.mode').source, { kind: 'preset' });
  assert.equal(setting('access.mode').from, 'preset headless');
  assert.equal(setting('signin.browser').value, false);
  await broker.stop();
  const lines = broker.log.trim().split('\n');
  assert.ok(lines.every((line) => typeof JSON.parse(line).message === 'string'), broker.log);
  assert.ok(lines.some((line) => JSON.parse(line).message.includes('KEYBEARER_GATEWY_PORT')), broker.log);
});
