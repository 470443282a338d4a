// Sign-ins without a person: client credentials (RFC 6749 section 4.4) and service accounts (RFC 7523 section 2.1).

import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { world } from './support/journey.mjs';

const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const robot = 'robot@project.example';

function machineClient(id, method) {
  return { client_id: id, client_secret: `secret of ${id}: 100% & more`, token_endpoint_auth_method: method,
    grant_types: ['client_credentials'], response_types: [], redirect_uris: [] };
}

function configFor(provider, more) {
  return { store: { backend: 'memory' }, access: { mode: 'trusting' },
    providers: { demo: { issuer: provider.issuer, scopes: ['openid'], ...more } } };
}

// RFC 7523 section 3, as strict as it can be read: `keys` are the registered public keys by kid.
function acceptAssertions(keys, seen) {
  const refuse = (ctx, why) => {
    ctx.status = 400;
    ctx.body = { error: 'invalid_grant', error_description: why };
    seen.push(why);
  };
  return (provider) => provider.registerGrantType(jwtGrant, async (ctx) => {
    const [head, body, signature, ...rest] = ctx.oidc.params.assertion.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url'));
    const claims = JSON.parse(Buffer.from(body, 'base64url'));
    const now = Date.now() / 1000;
    const key = keys.get(header.kid);
    if (key === undefined || rest.length > 0)
      return refuse(ctx, 'unknown key');
    if (header.alg !== 'RS256' || !verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
      return refuse(ctx, 'wrong signature');
    if (claims.iss !== robot || claims.aud !== `${provider.issuer}/token`)
      return refuse(ctx, 'wrong issuer or audience');
    if (!(claims.iat <= now + 5 && claims.exp > now && claims.exp - claims.iat <= 3600))
      return refuse(ctx, 'not short-lived');
    if (seen.includes(claims.jti))
      return refuse(ctx, 'used twice');
    seen.push(claims.jti);
    ctx.body = { access_token: `sa-${randomUUID()}`, token_type: 'Bearer', expires_in: 4, scope: claims.scope };
  }, ['assertion', 'scope']);
}

async function robotWorld(t) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const seen = [];
  const made = await world(t, { start: false, provider: {
    clients: [{ ...machineClient('open', 'none'), client_secret: undefined, grant_types: [jwtGrant] }],
    extend: acceptAssertions(new Map([['k1', publicKey]]), seen) } });
  made.broker.writeConfig(configFor(made.provider, { client_id: 'open' }));
  await made.broker.start();
  const keyFile = (more = {}, key = privateKey) => {
    const path = join(made.broker.home, `${randomUUID()}.json`);
    writeFileSync(path, JSON.stringify({ type: 'service_account', project_id: 'project', private_key_id: 'k1',
      private_key: key.export({ type: 'pkcs8', format: 'pem' }), client_email: robot, client_id: '1',
      token_uri: `${made.provider.issuer}/token`, ...more }), { mode: 0o600 });
    return path;
  };
  return { ...made, seen, keyFile };
}

for (const method of ['client_secret_basic', 'client_secret_post']) {
  test(`client credentials with ${method} need no person, now or later`, async (t) => {
    const { provider, broker } = await world(t, { start: false, provider: { clients: [machineClient('m', method)] } });
    broker.writeConfig(configFor(provider, { client_id: 'm', client_secret: machineClient('m').client_secret,
      client_auth: { method }, flows: ['client_credentials'] }));
    await broker.start();
    const client = await broker.client();
    const started = await client.call('signin.start', { provider: 'demo' });
    assert.equal(started.flow, 'client_credentials');
    assert.equal(started.state, 'signed_in');
    assert.equal(started.session.kind, 'client_credentials');
    const first = await client.call('token.get', { provider: 'demo' });
    assert.equal((await provider.introspect(first.access_token)).client_id, 'm');
    await client.call('session.refresh', { session_id: 'demo' });
    const second = await client.call('token.get', { provider: 'demo' });
    assert.notEqual(second.access_token, first.access_token);
    assert.equal(provider.counters.granted.client_credentials, 2);
    const login = await broker.run(['login', 'demo']);
    assert.deepEqual([login.status, login.stdout], [0, 'Signed in to demo as m\n'], login.stderr);
  });
}

test('a wrong client secret is a named error and stores nothing', async (t) => {
  const { provider, broker } = await world(t, { start: false,
    provider: { clients: [machineClient('m', 'client_secret_basic')] } });
  broker.writeConfig(configFor(provider, { client_id: 'm', client_secret: 'wrong', flows: ['client_credentials'] }));
  await broker.start();
  const client = await broker.client();
  await assert.rejects(client.call('signin.start', { provider: 'demo' }), (error) => {
    assert.equal(error.data.name, 'provider_error');
    assert.equal(error.data.error, 'invalid_client');
    return true;
  });
  assert.deepEqual((await client.call('session.list')).sessions, []);
});

test('a service account gets tokens, and new ones, from its key alone', async (t) => {
  const { provider, broker, seen, keyFile } = await robotWorld(t);
  const added = await broker.run(['service-account', 'add', 'demo', '--key-file', keyFile(), '--scope', 'read']);
  assert.deepEqual([added.status, added.stdout], [0, `The key works: ${robot} at demo\n`], added.stderr);
  const client = await broker.client();
  const token = await client.call('token.get', { provider: 'demo' });
  assert.match(token.access_token, /^sa-/);
  assert.deepEqual(token.scopes, ['read']);
  await client.call('session.refresh', { session_id: 'demo' });
  assert.notEqual((await client.call('token.get', { provider: 'demo' })).access_token, token.access_token);
  assert.ok(seen.length >= 2 && seen.every((one) => !one.includes(' ')), seen.join());
  const list = JSON.parse((await broker.run(['--json', 'service-account', 'list'])).stdout).service_accounts;
  assert.equal(list[0].kind, 'jwt_bearer');
  assert.ok(!JSON.stringify(list).includes('PRIVATE KEY'));
  const named = await broker.run(['token', `demo:${robot}`]);
  assert.match(named.stdout, /^sa-.*\n$/, named.stderr);
  assert.equal((await broker.run(['service-account', 'remove', 'demo'])).status, 0);
  assert.equal((await broker.run(['token', 'demo'])).status, 4);
  assert.ok(provider.counters.requests.token >= 2);
});

test('a key that the server does not know is a named error, and nothing is stored', async (t) => {
  const { broker, seen, keyFile } = await robotWorld(t);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const run = await broker.run(['service-account', 'add', 'demo', '--key-file', keyFile({}, stranger)]);
  assert.equal(run.status, 6);
  assert.match(run.stderr, /nothing was stored/);
  assert.deepEqual(seen, ['wrong signature']);
  assert.equal((await broker.run(['token', 'demo'])).status, 4);
});

test('a file that is no key file says what is wrong with it, and exits with 2', async (t) => {
  const { provider, broker, keyFile } = await robotWorld(t);
  const before = provider.counters.requests.token ?? 0;
  for (const [more, words] of [[{ type: 'authorized_user' }, /authorized_user/], [{ private_key: 'x' }, /private key/],
    [{ client_email: undefined }, /client_email/], [{ token_uri: 'http://as.example/t' }, /https/]]) {
    const run = await broker.run(['service-account', 'add', 'demo', '--key-file', keyFile(more)]);
    assert.equal(run.status, 2, run.stderr);
    assert.match(run.stderr, words);
  }
  const missing = await broker.run(['service-account', 'add', 'demo', '--key-file', join(broker.home, 'absent')]);
  assert.equal(missing.status, 2);
  assert.equal(provider.counters.requests.token ?? 0, before, 'nothing was sent');
});
