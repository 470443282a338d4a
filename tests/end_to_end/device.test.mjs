// A person signs in with a code on another device (RFC 8628), at a real authorization server.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { playBrowser } from '../support/browser.mjs';
import { commandProgram } from './support/broker.mjs';
import { Child } from './support/children.mjs';
import { signInEnd, startSignIn, world } from './support/journey.mjs';
import { until } from './support/wait.mjs';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

const box = {
  client_id: 'box', client_name: 'Box', token_endpoint_auth_method: 'none', application_type: 'native',
  grant_types: [deviceGrant, 'refresh_token'], response_types: [], redirect_uris: [],
};

function deviceWorld(t, provider = {}, flows = ['device']) {
  return world(t, { start: false, provider: { clients: [box], deviceInterval: 1, ...provider } })
    .then(async (made) => {
      made.broker.writeConfig({ store: { backend: 'memory' }, access: { mode: 'trusting' },
        providers: { demo: { issuer: made.provider.issuer, client_id: 'box', flows,
          scopes: ['openid', 'email', 'offline_access'] } } });
      await made.broker.start();
      return made;
    });
}

test('a code that the person confirms ends in a session and a token that the provider accepts', async (t) => {
  const { provider, broker } = await deviceWorld(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  assert.equal(started.flow, 'device');
  assert.match(started.user_code, /^[A-Z]{4}-[A-Z]{4}$/);
  assert.equal(started.verification_uri, `${provider.issuer}/device`);
  assert.equal(started.interval, 1);
  assert.ok(started.qr.length >= 21 && started.qr.every((row) => /^[01]+$/.test(row) && row.length === started.qr.length));
  assert.equal(started.device_code, undefined, 'SEC-C-32');
  const shown = await playBrowser(started.verification_uri_complete, { login: 'ana' });
  assert.equal(shown.status, 200, shown.text);
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'signed_in', JSON.stringify(end.error));
  assert.equal(end.session.account.label, 'ana@example.com');
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
  const refreshed = await client.call('session.refresh', { session_id: 'demo' });
  assert.equal(refreshed.state, 'active');
});

test('a person who says no ends the sign-in, and the provider is not asked again', async (t) => {
  const { provider, broker } = await deviceWorld(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  await playBrowser(started.verification_uri_complete, { deny: true });
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'cancelled');
  assert.equal(provider.counters.requests.token, 1);
  assert.deepEqual((await client.call('session.list')).sessions, []);
});

test('a code that nobody enters expires', async (t) => {
  const { broker } = await deviceWorld(t, { deviceCodeSeconds: 2 });
  const client = await broker.client();
  const started = await startSignIn(client);
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'failed');
  assert.equal(end.error.data.name, 'timed_out');
  assert.match(end.error.data.action, /new code/);
});

test('slow_down and trouble on the way are waited out', async (t) => {
  const { provider, broker } = await deviceWorld(t);
  provider.faults.add({ kind: 'status', status: 503, times: 1 });
  provider.faults.add({ kind: 'error', error: 'slow_down', times: 1 });
  const client = await broker.client();
  const started = await startSignIn(client);
  const begun = Date.now();
  await playBrowser(started.verification_uri_complete);
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'signed_in', JSON.stringify(end.error));
  // 1 s, then 2 s after the failure, then 1 + 5 s after slow_down.
  assert.ok(Date.now() - begun > 8000, 'slow_down adds five seconds');
  assert.equal(provider.counters.requests.token, 3);
});

test('a cancelled sign-in asks no more, and the next one starts at once', async (t) => {
  const { provider, broker } = await deviceWorld(t);
  const client = await broker.client();
  const first = await startSignIn(client);
  assert.equal((await client.call('signin.cancel', { signin_id: first.signin_id })).state, 'cancelled');
  const asked = provider.counters.requests.token ?? 0;
  const second = await client.call('signin.start', { provider: 'demo', flow: 'device' });
  assert.notEqual(second.user_code, first.user_code);
  await playBrowser(second.verification_uri_complete);
  assert.equal((await signInEnd(client, second.signin_id)).state, 'signed_in');
  assert.ok(provider.counters.requests.token - asked >= 1);
});

test('a provider whose flows leave it out refuses it by name (T-19)', async (t) => {
  const { broker } = await deviceWorld(t, {}, ['browser']);
  const client = await broker.client();
  await assert.rejects(client.call('signin.start', { provider: 'demo', flow: 'device' }), (error) => {
    assert.equal(error.data.name, 'policy_denied');
    assert.equal(error.data.reason, 'flow_disabled');
    assert.match(error.data.action, /flows/);
    return true;
  });
  const run = await broker.run(['login', 'demo', '--device']);
  assert.equal(run.status, 5);
});

test('keybearer login --device shows code, host and warning, and says who it is', async (t) => {
  const { provider, broker } = await deviceWorld(t);
  const login = new Child(commandProgram, ['login', 'demo', '--device'], { env: broker.environment });
  t.after(() => login.stop());
  const code = await until('the code', () => /((?:[A-Z] ){4}- (?:[A-Z] ?){4})/.exec(login.stderr)?.[1]);
  assert.match(login.stderr, /Only go on if you started this sign-in yourself/);
  assert.ok(login.stderr.includes(new URL(provider.issuer).host));
  await playBrowser(`${provider.issuer}/device?user_code=${code.replaceAll(' ', '')}`);
  assert.deepEqual({ status: (await login.ended).status, out: login.stdout },
    { status: 0, out: 'Signed in to demo as ana@example.com\n' });
});

test('keybearer login --device --json is one event a line', async (t) => {
  const { broker } = await deviceWorld(t);
  const login = new Child(commandProgram, ['login', 'demo', '--device', '--json'], { env: broker.environment });
  t.after(() => login.stop());
  const event = await until('the code', () => login.stdout.includes('\n') && JSON.parse(login.stdout.split('\n')[0]));
  assert.equal(event.event, 'device_code');
  await playBrowser(event.verification_uri_complete);
  await login.ended;
  const lines = login.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((line) => line.event), ['device_code', 'signed_in']);
});
