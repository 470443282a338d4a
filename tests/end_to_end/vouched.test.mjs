// Sign-ins that somebody else vouches for: an identity provider for a person (enterprise-managed authorization), the
// platform for this machine (workload identity). And tokens that are bound to a key (DPoP).

import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { ScriptedServer, jsonAnswer, rawAnswer, redirectFor } from './support/scripted_server.mjs';
import { until } from './support/wait.mjs';

const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const idJag = 'urn:ietf:params:oauth:token-type:id-jag';
const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const part = (jwt, index) => JSON.parse(Buffer.from(jwt.split('.')[index], 'base64url'));
const now = () => Math.floor(Date.now() / 1000);

function jwt(claims, header = { alg: 'ES256', typ: 'JWT' }) {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: signingKey.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

const refusal = (error) => jsonAnswer({ error }, '400 Bad Request');

// An MCP server at /mcp, its authorization server at /as, an identity provider at /idp: one origin, three parties.
class Place {
  static async start(t) {
    const place = new Place();
    place.tokens = 0;
    place.challenge = 'Bearer';
    place.server = await ScriptedServer.start((request) => place.answer(request));
    t.after(() => place.server.stop());
    place.origin = place.server.origin;
    place.url = `${place.origin}/mcp`;
    return place;
  }

  answer(request) {
    const { origin } = this;
    const metadata = (name, more) => jsonAnswer({ issuer: `${origin}/${name}`, token_endpoint: `${origin}/${name}/token`,
      ...more });
    switch (request.path) {
      case '/mcp':
        return rawAnswer('401 Unauthorized', '{}', { 'www-authenticate':
          `${this.challenge} resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"` });
      case '/.well-known/oauth-protected-resource/mcp':
        return jsonAnswer({ resource: this.url, authorization_servers: [`${origin}/as`], scopes_supported: ['read'] });
      case '/.well-known/oauth-authorization-server/as':
        return metadata('as', { grant_types_supported: [jwtGrant], token_endpoint_auth_methods_supported:
          ['client_secret_basic', 'none'], dpop_signing_alg_values_supported: ['ES256'] });
      case '/.well-known/oauth-authorization-server/idp':
        return metadata('idp', { authorization_endpoint: `${origin}/idp/authorize`,
          code_challenge_methods_supported: ['S256'], response_types_supported: ['code'] });
      case '/idp/token':
        return this.identity(request.form);
      case '/as/token':
        return this.grant(request);
      default:
        return rawAnswer('404 Not Found', '{}');
    }
  }

  idToken(more = {}) {
    return jwt({ iss: `${this.origin}/idp`, sub: 'ana', email: 'ana@example.com', aud: 'us-there', iat: now(),
      exp: now() + 300, ...more });
  }

  identity(form) {
    if (form.grant_type === 'authorization_code')
      return jsonAnswer({ access_token: 'idp-at', token_type: 'Bearer', expires_in: 3600,
        id_token: this.idToken({ nonce: this.nonce }) });
    const good = form.grant_type === exchangeGrant && form.requested_token_type === idJag
      && form.subject_token_type === 'urn:ietf:params:oauth:token-type:id_token' && form.audience === `${this.origin}/as`
      && form.resource === this.url && part(form.subject_token, 1).sub === 'ana' && this.refuse !== 'idp';
    if (!good)
      return refusal('invalid_grant');
    return jsonAnswer({ issued_token_type: idJag, token_type: 'N_A', access_token: jwt({ iss: `${this.origin}/idp`,
      sub: 'ana', aud: form.audience, client_id: 'us-here', resource: form.resource, exp: now() + 60 },
    { alg: 'ES256', typ: 'oauth-id-jag+jwt' }) });
  }

  grant({ form, head }) {
    if (form.grant_type !== jwtGrant || this.refuse === 'as' || form.resource !== this.url)
      return refusal('invalid_grant');
    this.tokens += 1;
    const proof = /\r\ndpop: (\S+)/i.exec(head)?.[1];
    this.proofKey = proof && part(proof, 0).jwk;
    return jsonAnswer({ access_token: `at-${this.tokens}`, token_type: proof ? 'DPoP' : 'Bearer', expires_in: 3600 });
  }

  asked(grant) {
    return this.server.requests.filter((request) => request.form.grant_type === grant);
  }
}

async function brokerFor(t, place, service, more = {}) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...more,
    services: { docs: { url: place.url, ...service } } } });
  t.after(() => broker.remove());
  await broker.start();
  return { broker, client: await broker.client() };
}

function keep(t, name, text) {
  const path = join(t.home, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

function withHome(t) {
  t.home = mkdtempSync('/tmp/kb-vouched-');
  t.after(() => rmSync(t.home, { recursive: true, force: true }));
}

const enterpriseClient = { client_id: 'us-here', client_secret: 'secret-here' };

test('P11: an ID token in a file signs in to the MCP server, and renews that, without any browser', async (t) => {
  withHome(t);
  const place = await Place.start(t);
  const { client } = await brokerFor(t, place, { ...enterpriseClient, enterprise: {
    token_endpoint: `${place.origin}/idp/token`, client_id: 'us-there', client_secret: 'secret-there',
    issuer: `${place.origin}/idp`, id_token_file: keep(t, 'id-token', place.idToken()) } });
  const started = await client.call('signin.start', { url: place.url });
  assert.equal(started.flow, 'enterprise');
  assert.equal(started.state, 'signed_in');
  assert.equal(started.session.kind, 'enterprise');
  assert.equal(started.session.resource, place.url);
  assert.equal(started.session.account.label, 'ana@example.com');
  assert.equal((await client.call('token.get', { resource: place.url })).access_token, 'at-1');

  const [first] = place.asked(jwtGrant);
  assert.match(first.head, /\r\nauthorization: Basic /i);
  assert.equal(part(first.form.assertion, 0).typ, 'oauth-id-jag+jwt');
  assert.ok(!JSON.stringify(first.form).includes('secret-there'));

  await client.call('session.refresh', { session_id: started.session.session_id });
  assert.equal((await client.call('token.get', { resource: place.url })).access_token, 'at-2');
  assert.equal(place.asked(exchangeGrant).length, 2);
});

test('P11: the stored sign-in at the identity provider vouches; without one the person is sent there', async (t) => {
  const place = await Place.start(t);
  const { client } = await brokerFor(t, place, { ...enterpriseClient, enterprise: { provider: 'corp' } }, {
    providers: { corp: { issuer: `${place.origin}/idp`, client_id: 'us-there', scopes: ['openid'] } } });
  const missing = await client.callFails('signin.start', { url: place.url });
  assert.equal(missing.errorName, 'authorization_required');
  assert.equal(missing.data.provider, 'corp');

  const there = await client.call('signin.start', { provider: 'corp', flow: 'paste' });
  place.nonce = new URL(there.authorization_url).searchParams.get('nonce');
  await client.call('signin.complete', { signin_id: there.signin_id,
    redirect_url: redirectFor(there.authorization_url) });
  await until('the sign-in at the identity provider', async () => (await client.call('signin.status',
    { signin_id: there.signin_id })).state === 'signed_in');
  const done = await client.call('signin.start', { url: place.url });
  assert.equal(done.session.account.subject, 'ana');
  assert.equal((await client.call('token.get', { resource: place.url })).access_token, 'at-1');
});

test('P11: a refusal of the identity provider or of the server is told and not repeated', async (t) => {
  withHome(t);
  const place = await Place.start(t);
  const { client } = await brokerFor(t, place, { ...enterpriseClient, enterprise: {
    token_endpoint: `${place.origin}/idp/token`, client_id: 'us-there',
    id_token_file: keep(t, 'id-token', place.idToken()) } });
  place.refuse = 'idp';
  assert.equal((await client.callFails('signin.start', { url: place.url })).errorName, 'sign_in_again');
  assert.equal(place.asked(exchangeGrant).length, 1);
  place.refuse = 'as';
  assert.equal((await client.callFails('signin.start', { url: place.url })).errorName, 'provider_error');
  assert.equal(place.asked(jwtGrant).length, 1);
});

test('P11: the platform vouches for this machine with the token that it wrote last', async (t) => {
  withHome(t);
  const place = await Place.start(t);
  const tokenFor = (subject, audience = `${place.origin}/as`) => jwt({ iss: 'https://platform.example', sub: subject,
    aud: audience, iat: now(), exp: now() + 300 });
  const file = keep(t, 'workload', tokenFor('first'));
  const { client } = await brokerFor(t, place, { workload: { token_file: file } });
  const started = await client.call('signin.start', { url: place.url });
  assert.equal(started.session.kind, 'workload');
  assert.equal(started.session.account.subject, 'first');

  writeFileSync(file, tokenFor('second'));
  const { session_id: session } = started.session;
  await client.call('session.refresh', { session_id: session });
  assert.deepEqual(place.asked(jwtGrant).map(({ form }) => part(form.assertion, 1).sub), ['first', 'second']);

  place.refuse = 'as';
  await client.callFails('session.refresh', { session_id: session });
  assert.equal(place.asked(jwtGrant).length, 3);
  assert.equal((await client.call('session.show', { session_id: session })).state, 'active', 'the next one may do better');

  writeFileSync(file, tokenFor('third', 'https://cloud.example'));
  await client.callFails('session.refresh', { session_id: session });
  assert.equal(place.asked(jwtGrant).length, 3, 'a token for somebody else stays here (T-20)');
});

test('P11: a server that demands DPoP gets bound tokens, and programs get proofs', async (t) => {
  withHome(t);
  const place = await Place.start(t);
  place.challenge = 'DPoP';
  const file = keep(t, 'workload', jwt({ sub: 'robot', aud: `${place.origin}/as`, exp: now() + 300 }));
  const { broker, client } = await brokerFor(t, place, { workload: { token_file: file } });
  await client.call('signin.start', { url: place.url });
  const token = await client.call('token.get', { resource: place.url });
  assert.equal(token.token_type, 'DPoP');
  const { proof } = await client.call('token.proof', { resource: place.url, method: 'POST', url: `${place.url}?x=1`,
    nonce: 'n-1' });
  const [head, claims] = [part(proof, 0), part(proof, 1)];
  assert.deepEqual(head.jwk, place.proofKey);
  assert.equal(claims.htm, 'POST');
  assert.equal(claims.htu, place.url);
  assert.equal(claims.nonce, 'n-1');
  assert.equal(claims.ath, createHash('sha256').update(token.access_token).digest('base64url'));
  const [signedHead, signedBody, signature] = proof.split('.');
  assert.ok(verify('sha256', Buffer.from(`${signedHead}.${signedBody}`),
    { key: createPublicKey({ key: head.jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url')));
  assert.equal((await client.callFails('token.proof', { resource: place.url, method: 'GET',
    url: 'https://elsewhere.example/' })).errorName, 'invalid_params');
  const shown = await run(commandProgram, ['session', 'list'], { env: broker.environment });
  assert.match(shown.stdout, /docs/);
});
