// The configuration is read again while the broker runs: nobody loses a session, a connection or a sign-in, what can
// change does, what cannot is named, and a file that is wrong changes nothing.

import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { playBrowser } from '../support/browser.mjs';
import { signIn, signInEnd, startSignIn, world } from './support/journey.mjs';
import { ask } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const fileOf = (broker) => join(broker.home, 'config', 'config.yaml');

function configOf(broker) {
  return JSON.parse(readFileSync(fileOf(broker), 'utf8'));
}

// As an editor saves: a new file in the place of the old one.
function replaceConfig(broker, text) {
  const fresh = `${fileOf(broker)}.new`;
  writeFileSync(fresh, typeof text === 'string' ? text : `${JSON.stringify(text, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, fileOf(broker));
}

async function settingOf(broker, key) {
  const { settings } = await ask(broker, 'config', 'show', '--effective');
  return settings.find((one) => one.key === key);
}

const inForce = (broker, key, value) =>
  until(`${key} is ${value}`, async () => (await settingOf(broker, key))?.value === value);

const finding = async (broker, name) =>
  (await ask(broker, 'health')).findings.find((one) => one.name === name);

const rows = async (broker, kind) => (await ask(broker, 'audit', 'list', '--kind', kind)).rows;

async function signedIn(t, options) {
  const both = await world(t, options);
  const client = await both.broker.client();
  const session = await signIn(client);
  return { ...both, client, session };
}

test('O1: of 200 requests for tokens while the file is replaced ten times none fails', async (t) => {
  const { broker, client, session } = await signedIn(t);
  const others = await Promise.all([broker.client(), broker.client(), broker.client()]);
  let answered = 0;
  const before = configOf(broker);
  for (let round = 1; round <= 10; ++round) {
    let going = true;
    const asking = Promise.all([client, ...others].map(async (one) => {
      for (let i = 0; i < 5 || going; ++i) {
        const token = await one.call('token.get', { provider: 'demo' });
        assert.equal(token.session_id, session.session_id);
        answered += 1;
      }
    }));
    replaceConfig(broker, { ...before, refresh: { threshold_seconds: 300 + round },
      callers: round % 2 ? [{ match: { exe: '/usr/bin/git' }, allow: ['demo'] }] : [] });
    await inForce(broker, 'refresh.threshold_seconds', 300 + round);
    going = false;
    await asking;
  }
  assert.ok(answered >= 200, `${answered} requests`);
  // The log of a store in memory holds the newest rows alone, and these requests made thousands.
  assert.ok((await rows(broker, 'config.reloaded')).length >= 1);
  assert.equal((await client.call('session.list')).sessions.length, 1);
});

test('SIGHUP reads the configuration again and ends nobody', async (t) => {
  const { broker, client } = await signedIn(t);
  replaceConfig(broker, { ...configOf(broker), signin: { wait_seconds: 7 } });
  process.kill(broker.daemon.process.pid, 'SIGHUP');
  await inForce(broker, 'signin.wait_seconds', 7);
  for (let i = 0; i < 20; ++i)
    process.kill(broker.daemon.process.pid, 'SIGHUP');
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
  const [row] = await rows(broker, 'config.reloaded');
  assert.match(row.detail, /signin\.wait_seconds/);
});

test('keybearer config reload says what is in force now, and what has to wait', async (t) => {
  const { broker, client } = await signedIn(t);
  await client.call('events.subscribe', { topics: ['health.changed'] });
  const started = configOf(broker);
  replaceConfig(broker, { ...started, access: { mode: 'locked' }, store: { backend: 'keychain' } });
  const done = await ask(broker, 'config', 'reload');
  assert.deepEqual(done.restart, ['store.backend']);
  assert.equal((await ask(broker, 'health')).access_mode, 'locked', 'what can change does');
  assert.match((await finding(broker, 'restart_needed')).message, /store\.backend/);
  assert.equal((await ask(broker, 'health')).store.backend, 'memory');
  assert.ok(client.events.some((event) => event.topic === 'health.changed'), 'windows are told');
  const refused = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(refused.errorName, 'consent_denied', 'a connection that is open goes by the new mode, too');
  assert.equal((await client.callFails('session.list')).errorName, 'policy_denied', 'and has no more than others');
  replaceConfig(broker, started);
  const back = await ask(broker, 'config', 'reload');
  assert.deepEqual(back.restart, []);
  assert.equal(await finding(broker, 'restart_needed'), undefined);
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
});

test('a file that is wrong leaves the configuration of before in force, and its line is told', async (t) => {
  const { broker, client } = await signedIn(t);
  const good = readFileSync(fileOf(broker), 'utf8');
  replaceConfig(broker, 'store: {backend: memory}\nacces: {mode: ask}\n');
  const told = await until('the finding', () => finding(broker, 'config_invalid'));
  assert.match(told.message, /config\.yaml:2: acces: unknown key; did you mean access\?/);
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
  assert.equal((await ask(broker, 'health')).access_mode, 'trusting');
  const { status, stderr } = await broker.run(['config', 'reload', '--json']);
  assert.equal(status, 2, stderr);
  const { error } = JSON.parse(stderr);
  assert.deepEqual([error.data.line, error.data.key], [2, 'acces'], stderr);
  const shown = await ask(broker, 'config', 'show', '--effective');
  assert.equal(shown.problem.line, 2);
  assert.equal((await rows(broker, 'config.refused')).length, 1, 'each fault once');
  // What the reader cannot see by itself is refused as a whole, too.
  replaceConfig(broker, { ...JSON.parse(good), access: { mode: 'ask' }, auth: { default_auth: { provider: 'nowhere' } } });
  await until('the other fault', async () => /nowhere/.test((await finding(broker, 'config_invalid'))?.message));
  assert.equal((await ask(broker, 'health')).access_mode, 'trusting', 'all or nothing');
  replaceConfig(broker, good);
  await until('all is well', async () => (await finding(broker, 'config_invalid')) === undefined);
});

test('a file that has gone by mistake takes nothing along', async (t) => {
  const { broker, client } = await signedIn(t);
  const good = readFileSync(fileOf(broker), 'utf8');
  rmSync(fileOf(broker));
  assert.match((await until('the finding', () => finding(broker, 'config_invalid'))).message, /config\.yaml is gone/);
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
  replaceConfig(broker, good);
  await until('all is well', async () => (await finding(broker, 'config_invalid')) === undefined);
});

test('a sign-in that is under way goes on as it began', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  const before = configOf(broker);
  replaceConfig(broker, { ...before, providers: { other: { issuer: provider.issuer, client_id: 'x' } } });
  await until('the provider has gone', async () =>
    !(await client.call('provider.list')).providers.some((one) => one.name === 'demo'));
  await playBrowser(started.authorization_url, { login: 'ana' });
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'signed_in', JSON.stringify(end.error));
  assert.equal((await client.call('session.list')).sessions[0].provider, 'demo');
});

test('providers, services, rules and limits come and go', async (t) => {
  const { provider, broker, client } = await signedIn(t);
  const before = configOf(broker);
  replaceConfig(broker, { ...before,
    providers: { ...before.providers, second: { issuer: provider.issuer, client_id: provider.clientId } },
    services: { notes: { url: 'http://127.0.0.1:9/mcp', provider: 'demo' } },
    rate_limits: { requests: 1, window_seconds: 600, burst: 2 } });
  await ask(broker, 'config', 'reload');
  assert.ok((await client.call('provider.list')).providers.some((one) => one.name === 'second'));
  assert.ok((await client.call('service.list')).services.some((one) => one.name === 'notes'));
  assert.ok((await client.call('token.get', { service: 'notes' })).access_token, 'the rule of the service holds');
  await client.call('token.get', { provider: 'demo' });
  assert.equal((await client.callFails('token.get', { provider: 'demo' })).errorName, 'rate_limited');
  replaceConfig(broker, before);
  await ask(broker, 'config', 'reload');
  assert.ok(!(await client.call('service.list')).services.some((one) => one.name === 'notes'));
  assert.equal((await client.callFails('token.get', { service: 'notes' })).errorName, 'not_found');
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
});

test('config set is in force at once', async (t) => {
  const { broker } = await world(t, { start: false });
  broker.writeConfigText('store: {backend: memory}\naudit:\n  retention_days: 60 # days\n');
  await broker.start();
  const set = await ask(broker, 'config', 'set', 'audit.retention_days', '30');
  assert.deepEqual([set.changed, set.restart], [true, false]);
  assert.equal((await settingOf(broker, 'audit.retention_days')).value, 30);
});

test('without a broker that runs, config reload says so', async (t) => {
  const { broker } = await world(t, { start: false });
  const { status, stderr } = await broker.run(['config', 'reload']);
  assert.equal(status, 3, stderr);
  assert.match(stderr, /reads the configuration when it starts/);
});

test('a server that was asked for by its address is named by the configuration from now on', async (t) => {
  const { broker, client } = await signedIn(t);
  const before = configOf(broker);
  const found = 'http://127.0.0.1:9/mcp';
  await client.callFails('signin.start', { url: found }); // nobody answers there, and it is known from now on
  const names = async () => (await client.call('service.list')).services.map((one) => one.name);
  replaceConfig(broker, { ...before, services: { other: { url: 'http://127.0.0.1:8/mcp' } } });
  await ask(broker, 'config', 'reload');
  assert.deepEqual(await names(), ['other']);
  replaceConfig(broker, { ...before, services: { mine: { url: found } } });
  await ask(broker, 'config', 'reload');
  assert.deepEqual(await names(), ['mine']);
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
});
