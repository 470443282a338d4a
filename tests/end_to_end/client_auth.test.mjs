// Every way in which a client proves itself, pushed requests and bound tokens: a whole life each against a real
// authorization server, from the sign-in over a refresh to the logout.

import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { daemonProgram } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { signIn, signInEnd, startSignIn, world } from './support/journey.mjs';
import { playBrowser } from '../support/browser.mjs';
import { until } from './support/wait.mjs';

const hardSecret = 'a+b:c%d&e=f/g?h#i"j\\k~ l';

function client(method, more = {}) {
  return {
    client_id: 'desk:+1', // is encoded too (RFC 6749 section 2.3.1)
    client_name: 'Desk',
    application_type: 'native',
    token_endpoint_auth_method: method,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    ...more,
  };
}

// A broker whose provider "demo" knows this client; files: what stands beside config.yaml.
async function worldWith(t, { registered, entry, files = {}, provider = {}, more = {} }) {
  const made = await world(t, { start: false,
    provider: { accessTokenSeconds: 6, clients: [registered], ...provider } });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(made.broker.home, 'config', name), content, { mode: 0o600 });
  made.broker.writeConfig({
    store: { backend: 'memory' },
    access: { mode: 'trusting' },
    providers: { demo: { issuer: made.provider.issuer, client_id: registered.client_id,
      scopes: ['openid', 'email', 'offline_access'], ...entry } },
    ...more,
  });
  await made.broker.start();
  return made;
}

// Sign-in, a refresh in the background, a token that is good, logout with revocation.
async function liveThrough({ provider, broker }, tokenType = 'Bearer') {
  const programClient = await broker.client();
  const session = await signIn(programClient);
  assert.deepEqual(session.account, { label: 'ana@example.com', subject: 'ana' });
  await until('a refresh', () => provider.counters.granted.refresh_token >= 1);
  const token = await until('a new token', async () => programClient.call('token.get', { provider: 'demo' }));
  assert.equal(token.token_type, tokenType);
  if (tokenType === 'Bearer')
    assert.equal((await provider.userinfo(token.access_token)).status, 200);
  const introspected = await provider.introspect(token.access_token);
  assert.equal(introspected.active, true);
  const logout = await broker.run(['logout', 'demo']);
  assert.equal(logout.status, 0, logout.stderr);
  assert.equal((await provider.introspect(token.access_token)).active, false);
  return introspected;
}

for (const method of ['client_secret_basic', 'client_secret_post']) {
  test(`${method} with a secret full of reserved characters`, async (t) => {
    const made = await worldWith(t, {
      registered: client(method, { client_secret: hardSecret }),
      entry: { client_secret: hardSecret, client_auth: { method } },
    });
    await liveThrough(made);
  });
}

const keys = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
const pemOf = (key, options = {}) => key.export({ type: 'pkcs8', format: 'pem', ...options });

for (const [algorithm, make] of Object.entries(keys)) {
  for (const audience of algorithm === 'ES256' ? ['issuer', 'token_endpoint'] : ['issuer']) {
    test(`private_key_jwt with ${algorithm} for the ${audience}`, async (t) => {
      const { privateKey, publicKey } = make();
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'desk-1', use: 'sig' };
      const made = await worldWith(t, {
        registered: client('private_key_jwt',
          { jwks: { keys: [jwk] }, token_endpoint_auth_signing_alg: algorithm }),
        entry: { client_auth: { method: 'private_key_jwt', key_file: 'key.pem', key_id: 'desk-1', algorithm,
          audience } },
        files: { 'key.pem': pemOf(privateKey) },
      });
      await liveThrough(made);
    });
  }
}

test('the method comes from the metadata when the configuration has only a key', async (t) => {
  const { privateKey, publicKey } = keys.ES256();
  const made = await worldWith(t, {
    registered: client('private_key_jwt', { jwks: { keys: [publicKey.export({ format: 'jwk' })] } }),
    entry: { client_auth: { key_file: 'key.pem', key_passphrase: 'correct horse' } },
    files: { 'key.pem': pemOf(privateKey, { cipher: 'aes-256-cbc', passphrase: 'correct horse' }) },
  });
  await liveThrough(made);
});

for (const algorithm of ['ES256', 'PS256', 'EdDSA']) {
  test(`an ID token signed with ${algorithm} is verified`, async (t) => {
    const { privateKey } = keys[algorithm]();
    const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'op-1', use: 'sig', alg: algorithm };
    const { provider, broker } = await worldWith(t, {
      registered: client('none', { id_token_signed_response_alg: algorithm,
        grant_types: ['authorization_code', 'refresh_token'] }),
      entry: {},
      provider: { signingKeys: [jwk] },
    });
    const programClient = await broker.client();
    const session = await signIn(programClient);
    assert.deepEqual(session.account, { label: 'ana@example.com', subject: 'ana' });
    const other = await signIn(programClient, { login: 'ben' });
    assert.deepEqual(other.account, { label: 'ben@example.com', subject: 'ben' });
    assert.equal(provider.counters.requests.jwks, 1, 'the keys are remembered');
  });
}

test('pushed requests: the browser carries nothing but the reference', async (t) => {
  const { provider, broker } = await worldWith(t, {
    registered: client('client_secret_basic', { client_secret: hardSecret,
      require_pushed_authorization_requests: true }),
    entry: { client_secret: hardSecret },
    provider: { par: true, parRequired: true },
  });
  const programClient = await broker.client();
  const started = await startSignIn(programClient);
  const url = new URL(started.authorization_url);
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  await playBrowser(started.authorization_url);
  assert.equal((await signInEnd(programClient, started.signin_id)).state, 'signed_in');
  assert.equal(provider.counters.granted.authorization_code, 1);
});

test('par: never goes the plain way, and a provider that demands otherwise says no', async (t) => {
  const { broker } = await worldWith(t, {
    registered: client('none', { grant_types: ['authorization_code', 'refresh_token'] }),
    entry: { par: 'never' },
    provider: { par: true },
  });
  const started = await startSignIn(await broker.client());
  assert.ok(new URL(started.authorization_url).searchParams.has('code_challenge'));
});

test('an address that a person carries to another machine holds the whole request', async (t) => {
  const { broker } = await worldWith(t, {
    registered: client('none', { grant_types: ['authorization_code', 'refresh_token'] }),
    entry: {},
    provider: { par: true },
  });
  const programClient = await broker.client();
  const started = await startSignIn(programClient, { provider: 'demo', flow: 'paste' });
  assert.ok(new URL(started.authorization_url).searchParams.has('code_challenge'));
  const opened = await startSignIn(programClient);
  assert.ok(new URL(opened.authorization_url).searchParams.has('request_uri'), 'a browser that opens at once');
});

test('bound tokens: proofs with the nonce of the server, at sign-in, refresh and logout', async (t) => {
  const made = await worldWith(t, {
    registered: client('none', { dpop_bound_access_tokens: true,
      grant_types: ['authorization_code', 'refresh_token'] }),
    entry: { dpop: 'required' },
    provider: { par: true, dpopNonce: true },
  });
  const introspected = await liveThrough(made, 'DPoP');
  assert.match(introspected.cnf.jkt, /^[A-Za-z0-9_-]{43}$/);
  const refused = made.provider.counters.refused;
  assert.ok((refused['authorization_code use_dpop_nonce'] ?? 0) <= 1, JSON.stringify(refused));
  assert.equal(refused['refresh_token invalid_grant'] ?? 0, 0, JSON.stringify(refused));
});

// An authority, a server certificate for 127.0.0.1 and a client certificate, made by openssl.
function certificates(t, { selfSigned }) {
  const directory = mkdtempSync('/tmp/kb-e2e-tls-');
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const at = (name) => join(directory, name);
  const openssl = (...parameters) => execFileSync('openssl', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=test authority');
  const signed = (name, subject, extension) => {
    openssl('req', ...key, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', subject);
    writeFileSync(at('extension'), extension);
    openssl('x509', '-req', '-in', at(`${name}.csr`), '-CA', at('ca.pem'), '-CAkey', at('ca.key'),
      '-CAcreateserial', '-days', '2', '-extfile', at('extension'), '-out', at(`${name}.pem`));
  };
  signed('server', '/CN=127.0.0.1', 'subjectAltName=IP:127.0.0.1\n');
  if (selfSigned)
    openssl('req', '-x509', ...key, '-keyout', at('client.key'), '-out', at('client.pem'), '-subj', '/CN=desk');
  else
    signed('client', '/CN=desk', 'extendedKeyUsage=clientAuth\n');
  const read = (name) => readFileSync(at(name), 'utf8');
  return { ca: read('ca.pem'), server: { key: read('server.key'), cert: read('server.pem') },
    client: { key: read('client.key'), cert: read('client.pem') } };
}

for (const method of ['tls_client_auth', 'self_signed_tls_client_auth']) {
  test(`${method} at the mtls_endpoint_aliases`, async (t) => {
    const made = certificates(t, { selfSigned: method === 'self_signed_tls_client_auth' });
    const x5c = made.client.cert.replace(/-----[A-Z ]+-----|\s/g, '');
    const jwk = { ...createPublicKey(createPrivateKey(made.client.key)).export({ format: 'jwk' }), x5c: [x5c] };
    const registered = method === 'tls_client_auth'
      ? client(method, { tls_client_auth_subject_dn: 'CN=desk' }) : client(method, { jwks: { keys: [jwk] } });
    const running = await worldWith(t, {
      registered,
      entry: { client_auth: { method, key_file: 'client.key', certificate_file: 'client.pem' } },
      files: { 'client.key': made.client.key, 'client.pem': made.client.cert, 'ca.pem': made.ca },
      provider: { mtls: { ...made.server, ca: made.ca } },
      more: { network: { ca_file: 'ca.pem' } },
    });
    await liveThrough(running);
  });
}

// A certificate that ended yesterday, with its key behind it.
function expiredCertificate() {
  const directory = mkdtempSync('/tmp/kb-e2e-tls-');
  const at = (name) => join(directory, name);
  const openssl = (...parameters) => execFileSync('openssl', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key'), '-out',
    at('csr'), '-subj', '/CN=desk');
  openssl('x509', '-req', '-in', at('csr'), '-signkey', at('key'), '-days', '-1', '-out', at('certificate'));
  const both = readFileSync(at('certificate'), 'utf8') + readFileSync(at('key'), 'utf8');
  rmSync(directory, { recursive: true });
  return both;
}

// [what, client_auth, key file, its rights, what the message must name]
const mistakes = [
  ['no such key file', { key_file: 'nowhere.pem' }, '', 0o600, /nowhere\.pem: there is no such file/],
  ['a file that is no key', { key_file: 'key.pem' }, 'hello', 0o600, /no private key in PEM/],
  ['a key that others may read', { key_file: 'key.pem' }, pemOf(keys.ES256().privateKey), 0o644, /others may read/],
  ['a wrong passphrase', { key_file: 'key.pem', key_passphrase: 'wrong' },
    pemOf(keys.ES256().privateKey, { cipher: 'aes-256-cbc', passphrase: 'right' }), 0o600, /passphrase/],
  ['an unknown algorithm', { key_file: 'key.pem', algorithm: 'HS256' }, pemOf(keys.ES256().privateKey), 0o600, /HS256/],
  ['an algorithm of another key', { key_file: 'key.pem', algorithm: 'RS256' }, pemOf(keys.ES256().privateKey), 0o600,
    /cannot sign with RS256/],
  ['an expired certificate', { method: 'tls_client_auth', certificate_file: 'key.pem' }, expiredCertificate(), 0o600,
    /certificate_file: .*key\.pem: .*expired on/],
];

for (const [what, clientAuth, content, mode, named] of mistakes) {
  test(`${what} is refused with file and line, exit status 2`, async (t) => {
    const { broker } = await world(t, { start: false });
    const file = join(broker.home, 'config', 'key.pem');
    writeFileSync(file, content);
    chmodSync(file, mode);
    broker.writeConfig({ store: { backend: 'memory' }, providers: { corp: { issuer: 'https://login.example.com',
      client_id: 'desk', client_auth: clientAuth } } });
    const end = await run(daemonProgram, ['--check-config'], { env: broker.environment, timeoutMilliseconds: 10000 });
    assert.equal(end.status, 2, end.stderr);
    assert.equal(end.stdout, '');
    assert.match(end.stderr, /config\.yaml:\d+: .*client_auth/);
    assert.match(end.stderr, named);
    assert.ok(!existsSync(join(broker.home, 'state')), 'nothing is stored');
  });
}
