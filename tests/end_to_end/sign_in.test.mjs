// A person signs in with a browser; programs get tokens that the provider accepts.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { playBrowser } from '../support/browser.mjs';
import { signIn, signInEnd, startSignIn, world } from './support/journey.mjs';
import { Child } from './support/children.mjs';
import { commandProgram } from './support/broker.mjs';
import { until } from './support/wait.mjs';

const browserScript = fileURLToPath(new URL('../support/browser.mjs', import.meta.url));

test('a sign-in over the socket ends with a session and a token that the provider accepts', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  const session = await signIn(client);
  assert.equal(session.provider, 'demo');
  assert.equal(session.issuer, provider.issuer);
  assert.deepEqual(session.account, { label: 'ana@example.com', subject: 'ana' });
  assert.equal(session.state, 'active');

  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal(token.token_type, 'Bearer');
  assert.equal(token.session_id, session.session_id);
  assert.equal(token.issuer, provider.issuer);
  assert.ok(Date.parse(token.expires_at) > Date.now());
  assert.deepEqual(await provider.userinfo(token.access_token),
    { status: 200, body: { sub: 'ana', email: 'ana@example.com', email_verified: true } });
  assert.ok(!JSON.stringify([token, session]).includes('refresh_token'));
});

test('the authorization request has PKCE S256, state and a loopback redirect', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  const url = new URL(started.authorization_url);
  assert.equal(url.origin, provider.issuer);
  assert.equal(url.searchParams.get('response_type'), 'code');
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
  assert.match(url.searchParams.get('code_challenge'), /^[A-Za-z0-9_-]{43}$/);
  assert.ok(url.searchParams.get('state').length >= 22);
  assert.equal(url.searchParams.get('scope'), 'openid email offline_access');
  const redirect = new URL(url.searchParams.get('redirect_uri'));
  assert.equal(redirect.protocol, 'http:');
  assert.ok(['127.0.0.1', '[::1]'].includes(redirect.hostname));
  await client.call('signin.cancel', { signin_id: started.signin_id });
});

test('the progress of a sign-in comes as events', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  await client.call('events.subscribe', { topics: ['signin.progress', 'session.changed'] });
  await signIn(client);
  const progress = client.events.filter((one) => one.topic === 'signin.progress').map((one) => one.state);
  assert.equal(progress.at(-1), 'signed_in');
  const steps = client.events.filter((one) => one.topic === 'signin.progress').map((one) => one.step);
  assert.deepEqual([...new Set(steps)], ['discovering', 'waiting', 'exchanging', 'identifying', undefined]);
  const added = client.events.find((one) => one.topic === 'session.changed' && one.change === 'added');
  assert.ok(added, JSON.stringify(client.events));
});

test('a person who denies at the provider gets no session', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  await playBrowser(started.authorization_url, { deny: true });
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'cancelled', 'saying no is no failure');
  assert.deepEqual((await client.call('session.list')).sessions, []);
});

test('a cancelled sign-in closes its port', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  await client.call('signin.cancel', { signin_id: started.signin_id });
  const redirect = new URL(started.authorization_url).searchParams.get('redirect_uri');
  await until('the port is closed', () => fetch(redirect).then(() => false, () => true));
});

test('keybearer login --paste works with a browser on another machine', async (t) => {
  const { provider, broker } = await world(t);
  const login = new Child(commandProgram, ['login', 'demo', '--paste'],
    { env: broker.environment, stdio: ['pipe', 'pipe', 'pipe'] });
  t.after(() => login.stop());
  const address = await until('the address', () => /  (http\S+)\n/.exec(login.stderr)?.[1]);
  const { redirect } = await playBrowser(address, { stopBefore: (url) => url.origin !== provider.issuer });
  assert.match(redirect, /code=/);
  login.process.stdin.write(`${redirect}\n`);
  assert.equal((await login.ended).status, 0, login.stderr);
  assert.equal(login.stdout, 'Signed in to demo as ana@example.com\n');
});

test('a redirect address that is pasted completes the sign-in', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);
  const redirect = new URL(started.authorization_url).searchParams.get('redirect_uri');
  const seen = await playBrowser(started.authorization_url, { stopBefore: (url) => url.href.startsWith(redirect) });
  await client.call('signin.complete', { signin_id: started.signin_id, redirect_url: seen.redirect });
  assert.equal((await signInEnd(client, started.signin_id)).state, 'signed_in');
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
});

test('two people at one provider are two sessions, chosen by account', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client, { login: 'ana' });
  await signIn(client, { login: 'ben' });
  const { sessions } = await client.call('session.list');
  assert.deepEqual(sessions.map((one) => one.account.label).sort(), ['ana@example.com', 'ben@example.com']);
  for (const name of ['ana', 'ben']) {
    const token = await client.call('token.get', { provider: 'demo', account: `${name}@example.com` });
    assert.equal((await provider.userinfo(token.access_token)).body.sub, name);
  }
});

test('the same person twice is one session', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  await signIn(client);
  assert.equal((await client.call('session.list')).sessions.length, 1);
});

test('nobody is signed in: authorization_required with what to do', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const failure = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(failure.errorName, 'authorization_required');
  assert.equal(failure.code, -31001);
  assert.equal(failure.data.auth_type, 'oauth');
  assert.equal(failure.data.provider, 'demo');
  assert.match(failure.data.action, /keybearer login/);
});

test('an unknown provider is not found, with the nearest name', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const failure = await client.callFails('token.get', { provider: 'dmeo' });
  assert.equal(failure.errorName, 'not_found');
  assert.equal(failure.code, -31011);
  assert.equal(failure.data.did_you_mean, 'demo');
});

test('keybearer login opens the browser that BROWSER names, and keybearer token prints a good token', async (t) => {
  const { provider, broker } = await world(t);
  const login = await broker.run(['login', 'demo'], { env: { BROWSER: browserScript } });
  assert.equal(login.status, 0, login.stderr);
  assert.match(login.stderr + login.stdout, /ana@example\.com/);

  const token = await broker.run(['token', 'demo']);
  assert.equal(token.status, 0, token.stderr);
  assert.match(token.stdout, /^[\x21-\x7e]+\n$/);
  assert.equal((await provider.userinfo(token.stdout.trim())).body.email, 'ana@example.com');

  const header = await broker.run(['token', 'demo', '--format', 'header']);
  assert.equal(header.stdout, `Authorization: Bearer ${token.stdout}`);
  const json = JSON.parse((await broker.run(['token', 'demo', '--format', 'json'])).stdout);
  assert.equal(json.access_token, token.stdout.trim());
});

test('keybearer login --no-browser --json says one event a line', async (t) => {
  const { broker } = await world(t);
  const login = new Child(commandProgram, ['--json', 'login', 'demo', '--no-browser'], { env: broker.environment });
  t.after(() => login.stop());
  const url = await until('the authorization address', () => {
    const line = login.stdout.split('\n').slice(0, -1).map((one) => JSON.parse(one))
      .find((one) => one.authorization_url);
    return line?.authorization_url;
  });
  await playBrowser(url, { login: 'ben' });
  assert.equal((await login.ended).status, 0, login.stderr);
  const last = JSON.parse(login.stdout.trim().split('\n').at(-1));
  assert.match(JSON.stringify(last), /signed_in/);
  assert.match(JSON.stringify(last), /ben@example\.com/);
});

test('a resource that nobody has signed in to is said to be so', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  const failure = await client.callFails('token.get', { resource: 'https://mcp.example/nowhere' });
  assert.ok(['authorization_required', 'not_found'].includes(failure.errorName), failure.message);
});
