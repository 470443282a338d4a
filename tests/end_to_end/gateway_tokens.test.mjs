// The gateway's own authorization server as other people's libraries see it: oauth4webapi takes its documents and
// answers, jose verifies its tokens. And what it refuses, by the rules of RFC 6749, 7009, 7591, 7636, 7662 and 8707.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as jose from 'jose';
import * as oauth from 'oauth4webapi';

import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { forEach } from './support/hostile_mcp.mjs';
import { LocalClient } from './support/local_client.mjs';
import { ask } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const insecure = { [oauth.allowInsecureRequests]: true }; // http on the loopback interface
const redirectUri = 'http://127.0.0.1:9/callback';

async function deskWorld(t, options = {}) {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') },
    other: { url: upstream.url('other') } }, ...options });
  return { upstream, world };
}

const listsTools = async (world, token, service = 'desk') =>
  (await world.request(service, { key: token, body: message('tools/list'), headers: modern('tools/list') })).status;

test('a strict client library: discovery, registration, PKCE, code, refresh, revocation', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const resource = new URL(world.url('desk'));
  const prm = await oauth.processResourceDiscoveryResponse(resource, await oauth.resourceDiscoveryRequest(resource, insecure));
  assert.equal(prm.resource, resource.href);
  assert.deepEqual(prm.authorization_servers, [`${world.base}/as/desk`]);
  const issuer = new URL(prm.authorization_servers[0]);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }));
  const registered = await oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(server, {
    client_name: 'strict', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'], application_type: 'native' }, insecure));
  const client = { client_id: registered.client_id };
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const address = new URL(server.authorization_endpoint);
  address.search = new URLSearchParams({ client_id: client.client_id, redirect_uri: redirectUri, response_type: 'code',
    state, resource: resource.href,
    scope: prm.scopes_supported.join(' '), code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256' });
  const { redirect } = await world.visit(address, { back: redirectUri });
  const back = oauth.validateAuthResponse(server, client, new URL(redirect), state);
  const none = oauth.None();
  const more = { additionalParameters: { resource: resource.href }, ...insecure };
  const tokens = await oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, none, back, redirectUri, verifier, more));
  assert.equal(tokens.token_type, 'bearer');
  assert.ok(tokens.expires_in > 0 && tokens.expires_in <= 900);
  assert.equal(await listsTools(world, tokens.access_token), 200);

  const answer = await oauth.protectedResourceRequest(tokens.access_token, 'POST', resource,
    new Headers({ 'content-type': 'application/json',
    accept: 'application/json, text/event-stream', ...modern('tools/list') }), JSON.stringify(message('tools/list')), insecure);
  assert.equal((await answer.json()).result.tools.length, 2);
  const checked = new Request(resource, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  const claims = await oauth.validateJwtAccessToken(server, checked, resource.href, insecure);
  assert.equal(claims.client_id, client.client_id);

  const refreshed = await oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, none, tokens.refresh_token, more));
  assert.notEqual(refreshed.access_token, tokens.access_token);
  assert.equal(await listsTools(world, refreshed.access_token), 200);
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, none,
    refreshed.refresh_token ?? tokens.refresh_token, insecure));
  await until('the access tokens of the grant open nothing', async () => await listsTools(world, refreshed.access_token) === 401);
  await assert.rejects(async () => oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, none, refreshed.refresh_token ?? tokens.refresh_token, more)),
  (error) => error.error === 'invalid_grant');
});

test('SEC-S-16 RFC 9068: jose verifies the tokens through the key set, for one route of this gateway', async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  const { access_token: token, expires_in: life } = await client.signIn();
  const keys = jose.createRemoteJWKSet(new URL(client.metadata.jwks_uri));
  const { payload, protectedHeader } = await jose.jwtVerify(token, keys, { issuer: client.metadata.issuer,
    audience: world.url('desk'), typ: 'at+jwt',
    algorithms: ['ES256', 'EdDSA'], requiredClaims: ['sub', 'client_id', 'jti', 'iat', 'exp', 'aud', 'iss'], clockTolerance: 5 });
  assert.equal(payload.client_id, client.id);
  assert.equal(typeof payload.aud, 'string');
  assert.ok(payload.exp - payload.iat <= 900 && Math.abs(payload.exp - payload.iat - life) <= 2);
  assert.ok(protectedHeader.kid);
  await assert.rejects(jose.jwtVerify(token, keys, { audience: world.url('other') }), { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
  const { keys: published } = await (await fetch(client.metadata.jwks_uri)).json();
  for (const key of published)
    assert.deepEqual(['d', 'k', 'p', 'q', 'dp', 'dq', 'qi'].filter((member) => member in key), [], 'public parts only');
  const again = (await client.refresh()).body.access_token;
  assert.notEqual((await jose.jwtVerify(again, keys)).payload.jti, payload.jti);
  assert.ok(!JSON.stringify(payload).includes('@'), 'no address of a person');
});

test('one issuer a service, one audience by three names, and nothing at the root', async (t) => {
  const { world } = await deskWorld(t);
  for (const host of ['127.0.0.1', 'localhost']) {
    const base = `http://${host}:${world.port}`;
    const prm = await (await fetch(`${base}/.well-known/oauth-protected-resource/desk/mcp`)).json();
    assert.equal(prm.resource, `${base}/desk/mcp`);
    assert.deepEqual(prm.bearer_methods_supported, ['header']);
    const [issuer] = prm.authorization_servers;
    const { pathname, origin } = new URL(issuer);
    const metadata = await (await fetch(`${origin}/.well-known/oauth-authorization-server${pathname}`)).json();
    const asOpenId = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    assert.deepEqual(metadata, asOpenId);
    assert.equal(metadata.issuer, issuer);
    assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
    assert.equal(metadata.authorization_response_iss_parameter_supported, true);
    assert.ok(!Object.values(metadata).includes(null), 'unknown keys are left out');
    assert.ok(!JSON.stringify(metadata).includes('offline_access'));
  }
  for (const path of ['/.well-known/oauth-protected-resource', '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-protected-resource/nobody/mcp', '/.well-known/oauth-authorization-server/as/nobody'])
    assert.equal((await fetch(`${world.base}${path}`)).status, 404, path);
  const client = await LocalClient.register(world, 'desk');
  const { access_token: token } = await client.signIn();
  const byName = await world.request('desk', { key: token, body: message('tools/list'),
    headers: { ...modern('tools/list'), host: `localhost:${world.port}` } });
  assert.equal(byName.status, 200, byName.text);
});

// {what: [parameters of authorize(), the error that comes back to the client]}
const wrongRequests = {
  'no PKCE': [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  'PKCE plain': [{ code_challenge_method: 'plain' }, 'invalid_request'],
  'PKCE without a method, which means plain': [{ code_challenge_method: undefined }, 'invalid_request'],
  'PKCE of three characters': [{ code_challenge: 'abc' }, 'invalid_request'],
  'the implicit grant': [{ response_type: 'token' }, 'unsupported_response_type'],
  'no response type': [{ response_type: undefined }, ['invalid_request', 'unsupported_response_type']],
  'another resource': [{ resource: 'https://mcp.example.com/mcp' }, 'invalid_target'],
  'a resource of another service': [{ resource: 'OTHER' }, 'invalid_target'],
  'a resource that is no URL': [{ resource: 'desk' }, 'invalid_target'],
};

test('SEC-S-01 SEC-S-15 wrong authorization requests: the error goes back to the client with iss', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  for (const [what, [params, error]] of Object.entries(wrongRequests)) {
    const back = await client.authorize({ ...params, ...(params.resource === 'OTHER' && { resource: world.url('other') }) });
    assert.ok([error].flat().includes(back.get('error')), `${what}: ${back}`);
    assert.equal(back.get('code'), null, what);
    assert.equal(back.get('iss'), client.metadata.issuer, what);
    assert.equal(back.get('state'), client.state, what);
  }
});

test('SEC-S-04 SEC-S-10 an unknown client or address: a page of our own, no redirect, in no frame', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  const wrong = [{ client_id: 'nobody' }, { client_id: undefined }, { redirect_uri: undefined, client_id: 'nobody' },
    { redirect_uri: 'https://evil.test/callback' }, { redirect_uri: 'http://127.0.0.1:9/callback/' },
      { redirect_uri: 'http://127.0.0.1:9/CALLBACK' },
    { redirect_uri: 'http://127.0.0.1:9/callback?x=y' }, { redirect_uri: 'http://127.0.0.1:9/callback#x' },
      { redirect_uri: 'http://127.0.0.1.evil.test:9/callback' },
    { redirect_uri: 'http://user@127.0.0.1:9/callback' }, { redirect_uri: 'javascript:alert(1)' },
      { redirect_uri: 'http://127.0.0.1:9/%63allback' },
    { redirect_uri: 'http://0.0.0.0:9/callback' }, { redirect_uri: 'https://127.0.0.1:9/callback' }];
  for (const params of wrong) {
    const answer = await fetch(client.authorizationUrl(params), { redirect: 'manual' });
    assert.equal(answer.status, 400, JSON.stringify(params));
    assert.equal(answer.headers.get('location'), null);
    assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'/);
    assert.equal(answer.headers.get('x-frame-options'), 'DENY');
    assert.match(answer.headers.get('cache-control'), /no-store/);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.ok(!/evil\.test\/callback"|javascript:alert/.test(await answer.text()), 'leads nowhere');
  }
  // Only the port of a loopback address may differ (RFC 8252 section 7.3), and its names mean the same.
  for (const redirect of ['http://127.0.0.1:4711/callback', 'http://localhost:4712/callback', 'http://[::1]:4713/callback']) {
    client.redirectUri = redirect;
    assert.equal((await client.authorize()).get('error'), null, redirect);
  }
});

test('SEC-S-06 SEC-S-07 SEC-S-02 a code: once, for its client, address, verifier and resource', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  const stranger = await LocalClient.register(world, 'desk');
  const wrong = { 'another verifier': { code_verifier: 'x'.repeat(43) }, 'no verifier': { code_verifier: undefined },
    'another client': { client_id: stranger.id },
    'another address': { redirect_uri: 'http://127.0.0.1:10/other' }, 'another resource': { resource: world.url('other') } };
  for (const [what, params] of Object.entries(wrong)) {
    const code = (await client.authorize()).get('code');
    const { status, body } = await client.exchange(code, params);
    assert.equal(status, 400, what);
    assert.ok(['invalid_grant', 'invalid_request', 'invalid_target'].includes(body.error), `${what}: ${JSON.stringify(body)}`);
  }
  assert.equal((await client.exchange('c'.repeat(43))).body.error, 'invalid_grant');
  const code = (await client.authorize()).get('code');
  const first = await client.exchange(code);
  assert.equal(first.status, 200, first.text);
  assert.equal(first.headers.get('cache-control'), 'no-store');
  assert.equal(await listsTools(world, first.body.access_token), 200);
  const second = await client.exchange(code);
  assert.deepEqual([second.status, second.body.error], [400, 'invalid_grant']);
  await until('what the code gave is revoked', async () => await listsTools(world, first.body.access_token) === 401);
  client.tokens = first.body;
  assert.equal((await client.refresh()).body.error, 'invalid_grant');
});

test('SEC-S-18 SEC-S-19 refresh tokens rotate; twice at once gives the same successor, reuse of an old one ends the family',
  { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  const first = await client.signIn();
  const [one, two] = await Promise.all([client.refresh(), client.refresh()]);
  assert.deepEqual([one.status, two.status], [200, 200], `${one.text} ${two.text}`);
  assert.equal(one.body.refresh_token, two.body.refresh_token, 'the same successor');
  assert.notEqual(one.body.refresh_token, first.refresh_token);
  const stranger = await LocalClient.register(world, 'desk');
  assert.equal((await stranger.refresh(one.body.refresh_token)).body.error, 'invalid_grant', 'another client');
  const third = await client.refresh(one.body.refresh_token);
  assert.equal(third.status, 200, third.text);
  const fourth = await client.refresh(third.body.refresh_token);
  assert.equal(fourth.status, 200);
  const reused = await client.refresh(first.refresh_token); // its successor has been used: no answer was lost
  assert.equal(reused.body.error, 'invalid_grant', reused.text);
  assert.equal((await client.refresh(fourth.body.refresh_token)).body.error, 'invalid_grant', 'the family is gone');
  await until('its access tokens open nothing', async () => await listsTools(world, fourth.body.access_token) === 401);
});

test('SEC-S-24 SEC-S-25 the token endpoint and introspection speak RFC 6749 and 7662 when they refuse', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  const tokens = await client.signIn();
  const post = async (body, headers = { 'content-type': 'application/x-www-form-urlencoded' }, method = 'POST') => {
    const answer = await fetch(client.metadata.token_endpoint, { method, headers, ...(method === 'POST' && { body }) });
    return { status: answer.status, body: await answer.json().catch(() => ({})), cache: answer.headers.get('cache-control') };
  };
  const refresh = `grant_type=refresh_token&client_id=${client.id}&refresh_token=${tokens.refresh_token}`;
  const table = [
    ['a parameter twice', await post(`${refresh}&grant_type=refresh_token`), 400, 'invalid_request'],
    ['a secret twice', await post(`${refresh}&refresh_token=x`), 400, 'invalid_request'],
    ['no grant type', await post(`client_id=${client.id}`), 400, ['invalid_request', 'unsupported_grant_type']],
    ['the password grant', await post(`grant_type=password&username=a&password=b&client_id=${client.id}`), 400, 'unsupported_grant_type'],
    ['client credentials', await post(`grant_type=client_credentials&client_id=${client.id}`), [400, 401],
      ['unsupported_grant_type', 'unauthorized_client', 'invalid_client']],
    ['an unknown client', await post('grant_type=refresh_token&client_id=nobody&refresh_token=x'), 401, 'invalid_client'],
    ['no client', await post(`grant_type=refresh_token&refresh_token=${tokens.refresh_token}`), [400, 401],
      ['invalid_client', 'invalid_request']],
    ['an unknown refresh token', await post(`grant_type=refresh_token&client_id=${client.id}&refresh_token=x`), 400, 'invalid_grant'],
    ['more scope', await post(`${refresh}&scope=desk%20everything`), 400, 'invalid_scope'],
  ];
  for (const [what, { status, body, cache }, expected, error] of table) {
    assert.ok([expected].flat().includes(status) && [error].flat().includes(body.error), `${what}: ${status} ${JSON.stringify(body)}`);
    assert.equal(cache, 'no-store', what);
  }
  assert.ok([400, 415].includes((await post(JSON.stringify({ grant_type: 'refresh_token' }),
    { 'content-type': 'application/json' })).status));
  assert.equal((await post('', {}, 'GET')).status, 405);
  assert.equal((await client.refresh(tokens.refresh_token)).status, 200, 'nothing of this cost the grant');

  const asked = async (token, headers = {}) => {
    const answer = await fetch(client.metadata.introspection_endpoint, { method: 'POST', headers, body: new URLSearchParams({ token }) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  };
  assert.equal((await asked(tokens.access_token)).status, 401, 'nobody is told anything unasked');
  const key = await world.key('inspector', 'desk');
  const known = await asked(tokens.access_token, { authorization: `Bearer ${key}` });
  assert.equal(known.status, 200, JSON.stringify(known.body));
  assert.equal(known.body.active, true);
  assert.equal(known.body.client_id, client.id);
  for (const token of ['nobody', `${tokens.access_token}x`])
    assert.deepEqual((await asked(token, { authorization: `Bearer ${key}` })).body, { active: false });
  const revoked = await client.post('revocation_endpoint', { token: 'nobody knows it', client_id: client.id });
  assert.equal(revoked.status, 200, 'RFC 7009 section 2.2');
});

const registrations = {
  'javascript:': { redirect_uris: ['javascript:alert(1)'] },
  'data:': { redirect_uris: ['data:text/html,hello'] },
  'file:': { redirect_uris: ['file:///etc/passwd'] },
  'vbscript:': { redirect_uris: ['vbscript:x'] },
  'http to another machine': { redirect_uris: ['http://evil.test/callback'] },
  'a fragment': { redirect_uris: ['http://127.0.0.1/callback#x'] },
  'a user': { redirect_uris: ['http://user:pw@127.0.0.1/callback'] },
  'no address': { redirect_uris: [] },
  'one of two is bad': { redirect_uris: ['http://127.0.0.1/callback', 'javascript:alert(1)'] },
  'an address that is none': { redirect_uris: ['callback'] },
  'a number': { redirect_uris: [42] },
  'a thousand addresses': { redirect_uris: Array.from({ length: 1000 }, (unused, number) => `http://127.0.0.1/${number}`) },
  'an address of 100 kB': { redirect_uris: [`http://127.0.0.1/${'a'.repeat(100000)}`] },
  'a name of 1 MB': { client_name: 'a'.repeat(1024 * 1024) },
  'the client credentials grant': { grant_types: ['client_credentials'] },
  'the implicit grant': { response_types: ['token'] },
  'a name that is an object': { client_name: {} },
};

test('SEC-S-05 SEC-S-20 registrations that are refused, and what a name may be', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  for (const [what, document] of Object.entries(registrations)) {
    const { status, body } = await client.registration(document);
    assert.ok([400, 413].includes(status), `${what}: ${status} ${JSON.stringify(body)}`);
    if (status === 400)
      assert.ok(['invalid_redirect_uri', 'invalid_client_metadata', 'invalid_request'].includes(body.error),
        `${what}: ${JSON.stringify(body)}`);
  }
  for (const text of ['', '[]', '42', '{', '{"redirect_uris":["http://127.0.0.1/c"],"redirect_uris":["javascript:alert(1)"]}',
    '['.repeat(100000)])
    assert.ok([400, 413].includes((await client.registration(text)).status), text.slice(0, 40));
  const cursor = await client.registration({ client_name: 'Cursor', application_type: 'web',
    redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback',
    'https://www.cursor.com/agents/mcp/oauth/callback', 'http://localhost:8787/callback'] });
  assert.equal(cursor.status, 201, JSON.stringify(cursor.body));
  assert.match(cursor.body.client_id, /^[A-Za-z0-9._~-]{22,}$/, 'at least 128 random bits, safe in addresses');
  const odd = await client.registration({ client_name: 'Evil\u202e\u001b[31m<script>alert(1)</script>\nName' });
  if (odd.status === 201) {
    const { clients = [] } = await ask(world.broker, 'gateway', 'clients');
    assert.ok(!/[\u202e\u001b\n]/.test(clients.map((one) => one.name ?? '').join('')), JSON.stringify(clients));
  }
});

test('consent: no silent second time, a refusal goes back as access_denied, revoking it ends the tokens within a second',
  { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t, { mode: 'ask' });
  let decision = 'deny';
  const person = await world.answering(t, () => decision);
  const client = await LocalClient.register(world, 'desk', { client_name: 'Asking Client' });
  assert.equal((await client.authorize()).get('error'), 'access_denied');
  decision = 'allow';
  await client.signIn();
  const questions = () => person.events.filter((one) => one.topic === 'consent.requested');
  assert.equal(questions().length, 2);
  assert.match(JSON.stringify(questions()), /Asking Client/);
  await client.signIn();
  assert.equal(questions().length, 3, 'SEC-S-09: who a loopback client is nobody has proven');
  assert.equal(await listsTools(world, client.tokens.access_token), 200);
  const { consents } = await ask(world.broker, 'consent', 'list');
  assert.ok(consents.length > 0);
  for (const { consent_id: id } of consents)
    await ask(world.broker, 'consent', 'revoke', id);
  const revoked = Date.now();
  await until('the token opens nothing', async () => await listsTools(world, client.tokens.access_token) === 401,
    { deadlineMilliseconds: 3000 });
  t.diagnostic(`${Date.now() - revoked} ms after the consent was revoked`);
  assert.equal((await client.refresh()).body.error, 'invalid_grant');
});

test('SEC-S-26 guessing codes and refresh tokens is slowed down, others are served meanwhile', { timeout: 60000 }, async (t) => {
  const { world } = await deskWorld(t);
  const client = await LocalClient.register(world, 'desk');
  await client.signIn();
  const answers = [];
  await forEach(Array.from({ length: 200 }, (unused, number) => `guess-${number}`), async (guess) => {
    answers.push(await client.refresh(guess));
  });
  assert.ok(answers.every(({ status }) => [400, 429].includes(status)), [...new Set(answers.map(({ status }) => status))].join());
  assert.ok(answers.some(({ status }) => status === 429), 'not all of them were looked at');
  assert.equal(await listsTools(world, client.tokens.access_token), 200);
});
