#!/usr/bin/env node
// A real authorization server on the loopback interface: npm's oidc-provider with the behaviour that the tests need
// switched by options, and faults switched while it runs. A module (startProvider) and a program (the demo).

import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { X509Certificate, generateKeyPairSync, randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { writeFileSync, renameSync } from 'node:fs';

import { Counters, Faults, routeOf } from './provider_faults.mjs';
import { InteractionPages } from './provider_pages.mjs';
import { ProviderStore } from './provider_store.mjs';

// The packages are installed beside the end-to-end tests, which own the lock file.
const require = createRequire(new URL('../end_to_end/package.json', import.meta.url));

async function loadProviderClass() {
  let path;
  try {
    path = require.resolve('oidc-provider');
  } catch {
    throw new Error('oidc-provider is not installed; run: npm ci --prefix tests/end_to_end');
  }
  return (await import(pathToFileURL(path))).default;
}

export const demoClient = 'keybearer-demo';

// A confidential client that may introspect every token: the tests ask it what became of a token.
const inspector = { id: 'inspector', secret: randomBytes(24).toString('base64url') };

const defaultUsers = [
  { id: 'ana', email: 'ana@example.com', name: 'Ana Example' },
  { id: 'ben', email: 'ben@example.com', name: 'Ben Example' },
];

function nativeClient(id, name) {
  return {
    client_id: id,
    client_name: name,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
  };
}

// RFC 8252 section 7.3 lets a native client take any port. This provider lets it take any path as well, so that
// nobody has to register the one that a client makes for this issuer.
function allowLoopbackRedirects(provider) {
  const asRegistered = provider.Client.prototype.redirectUriAllowed;
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(value) {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const loopback = url?.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(url.hostname);
    return (this.applicationType === 'native' && loopback) || asRegistered.call(this, value);
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('base64url'), use: 'sig',
    alg: 'RS256' };
}

function resourceServer(options) {
  return (ctx, indicator) => ({
    audience: indicator,
    scope: 'read write openid email offline_access',
    accessTokenFormat: options.accessTokenFormat,
    accessTokenTTL: options.accessTokenSeconds,
    jwt: { sign: { alg: 'RS256' } },
  });
}

// RFC 8705: the same endpoints once more behind TLS, where the client shows its certificate.
function mutualTls() {
  return {
    enabled: true,
    tlsClientAuth: true,
    selfSignedTlsClientAuth: true,
    getCertificate: (ctx) => {
      const raw = ctx.socket.getPeerCertificate?.().raw;
      return raw && new X509Certificate(raw);
    },
    certificateAuthorized: (ctx) => ctx.socket.authorized,
    certificateSubjectMatches: (ctx, property, expected) => property === 'tls_client_auth_subject_dn'
      && new X509Certificate(ctx.socket.getPeerCertificate().raw).subject === expected,
  };
}

const tokenPaths = { token_endpoint: '/token', revocation_endpoint: '/token/revocation',
  pushed_authorization_request_endpoint: '/request' };

function mtlsAliases(port) {
  return Object.fromEntries(Object.entries(tokenPaths)
    .map(([name, path]) => [name, `https://127.0.0.1:${port}${path}`]));
}

function configuration(options, store, mtlsPort) {
  return {
    adapter: (model) => store.adapterFor(model),
    clients: [
      nativeClient(demoClient, 'Keybearer'),
      { client_id: inspector.id, client_secret: inspector.secret, redirect_uris: [], grant_types: [],
        response_types: [], token_endpoint_auth_method: 'client_secret_basic' },
      ...options.clients,
    ],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt',
      ...(options.mtls ? ['tls_client_auth', 'self_signed_tls_client_auth'] : [])],
    discovery: options.mtls ? { mtls_endpoint_aliases: mtlsAliases(mtlsPort) } : {},
    enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'RS256', 'PS256', 'EdDSA'],
      idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
    ...(options.registration && { scopes: ['openid', 'offline_access', 'read', 'write'] }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: true,
    jwks: { keys: options.signingKeys ?? [signingKey()] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: options.par, requirePushedAuthorizationRequests: options.parRequired },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => options.dpopNonce },
      ...(options.mtls && { mTLS: mutualTls() }),
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: (ctx, client, token) => token.clientId === client.clientId },
      registration: { enabled: options.registration },
      resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer(options),
        useGrantedResource: () => true, defaultResource: (ctx, client, oneOf) => oneOf },
    },
    findAccount: (ctx, id) => {
      const user = options.users.find((one) => one.id === id);
      return user && { accountId: id, claims: () => ({ sub: id, email: user.email, email_verified: true,
        name: user.name, preferred_username: id }) };
    },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    pkce: { required: () => true },
    rotateRefreshToken: options.rotate,
    ttl: {
      AccessToken: options.accessTokenSeconds, AuthorizationCode: 60, IdToken: 3600, Interaction: 600,
      Session: 86400, DeviceCode: options.deviceCodeSeconds, ClientCredentials: options.accessTokenSeconds,
      Grant: options.refreshTokenSeconds, RefreshToken: options.refreshTokenSeconds,
    },
  };
}

function countGrants(provider, counters, log) {
  provider.on('grant.success', (ctx) => counters.bump('granted', ctx.oidc.params.grant_type));
  provider.on('grant.error', (ctx, error) => {
    counters.bump('refused', `${ctx.oidc?.params?.grant_type ?? 'unknown'} ${error.error}`);
    if (error.error_detail === 'refresh token already used')
      counters.reused += 1;
    log(`token request refused: ${error.error} (${error.error_detail ?? error.error_description ?? ''})`);
  });
  provider.on('server_error', (ctx, error) => log(`server error: ${error.stack}`));
}

// Most providers grant offline_access without prompt=consent; OpenID Connect Core section 11 wants it, and
// oidc-provider drops the scope otherwise.
function askForConsent(request) {
  const url = new URL(request.url, 'http://host');
  if (url.pathname === '/auth' && (url.searchParams.get('scope') ?? '').split(' ').includes('offline_access')
      && !url.searchParams.has('prompt')) {
    url.searchParams.set('prompt', 'consent');
    request.url = url.pathname + url.search;
  }
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request)
    text += chunk;
  return text;
}

function listen(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address().port));
  });
}

function close(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

class RunningProvider {
  constructor(parts) {
    Object.assign(this, parts); // issuer, port, provider, store, faults, counters, server, control, controlUrl
    this.clientId = demoClient;
  }

  // What GET on the userinfo endpoint says of an access token.
  async userinfo(accessToken) {
    const answer = await fetch(`${this.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    return { status: answer.status, body: await answer.json().catch(() => undefined) };
  }

  // RFC 7662.
  async introspect(token) {
    const answer = await fetch(`${this.issuer}/token/introspection`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${inspector.id}:${inspector.secret}`).toString('base64')}` },
      body: new URLSearchParams({ token }),
    });
    return answer.json();
  }

  revokeAll() {
    this.store.forgetAllGrants();
  }

  async stop() {
    this.faults.clear();
    await Promise.all([this.server, this.tlsServer, this.control].filter(Boolean).map(close));
  }
}

function controlAnswer(running, method, path, body) {
  switch (`${method} ${path}`) {
  case 'GET /counters': return running.counters;
  case 'DELETE /counters': running.counters.reset(); return running.counters;
  case 'GET /faults': return running.faults.active;
  case 'POST /faults': running.faults.add(JSON.parse(body)); return running.faults.active;
  case 'DELETE /faults': running.faults.clear(); return [];
  case 'POST /revoke-all': running.revokeAll(); return { revoked: true };
  case 'POST /grace': running.store.graceSeconds = JSON.parse(body).seconds; return {};
  case 'GET /ready': return { issuer: running.issuer, client_id: demoClient };
  default: return undefined;
  }
}

// Faults and counters over HTTP, for whoever is not this process. Loopback, and never on the issuer's own port.
async function startControl(running, host, port) {
  const server = createServer(async (request, response) => {
    let answer;
    let status = 200;
    try {
      answer = controlAnswer(running, request.method, request.url, await bodyOf(request));
      status = answer === undefined ? 404 : 200;
    } catch (error) {
      status = 400;
      answer = { error: error.message };
    }
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  running.control = server;
  running.controlUrl = `http://${host}:${await listen(server, host, port)}`;
}

export const defaults = {
  port: 0, // 0: any free one
  controlPort: undefined, // undefined: no control API; 0: any free one
  accessTokenSeconds: 3600,
  refreshTokenSeconds: 14 * 86400,
  rotate: true,
  graceSeconds: 0, // how long a rotated refresh token may still be used
  accessTokenFormat: 'opaque', // or jwt: of tokens for a resource (RFC 8707)
  autoApprove: undefined, // user id: no pages at all
  users: defaultUsers,
  clients: [],
  registration: false, // takes clients that register themselves (RFC 7591)
  par: false, // takes pushed authorization requests (RFC 9126)
  parRequired: false,
  dpopNonce: false, // wants its nonce in every DPoP proof (RFC 9449 section 8)
  mtls: undefined, // {key, cert, ca}: a second listener that asks for client certificates (RFC 8705)
  signingKeys: undefined, // private JWKs of ID tokens; undefined: one RSA key
  deviceInterval: undefined, // seconds between two questions, RFC 8628; undefined: not told
  deviceCodeSeconds: 600,
  extend: () => {}, // more grant types: gets the oidc-provider
  log: () => {},
};

export async function startProvider(given = {}) {
  const options = { ...defaults, ...given };
  const host = '127.0.0.1';
  const Provider = await loadProviderClass();
  const faults = new Faults();
  const counters = new Counters();
  const store = new ProviderStore(options);
  const server = createServer();
  server.keepAliveTimeout = 2000;
  const port = await listen(server, host, options.port);
  const issuer = `http://${host}:${port}`;
  const tlsServer = options.mtls
    && createTlsServer({ ...options.mtls, requestCert: true, rejectUnauthorized: false });
  const tlsPort = tlsServer && await listen(tlsServer, host, 0);
  const provider = new Provider(issuer, configuration(options, store, tlsPort));
  allowLoopbackRedirects(provider);
  countGrants(provider, counters, options.log);
  options.extend(provider);
  provider.use(async (ctx, next) => {
    await next();
    // oidc-provider leaves the interval out, which means five seconds (RFC 8628 section 3.2).
    if (ctx.path === '/device/auth' && ctx.body?.device_code !== undefined && options.deviceInterval !== undefined)
      ctx.body.interval = options.deviceInterval;
    const route = routeOf(ctx.path);
    if (route === 'token')
      counters.tokenParameters = [...counters.tokenParameters, Object.keys(ctx.oidc?.body ?? {})].slice(-20);
    const fault = faults.take(route, ctx.oidc?.params?.grant_type, true);
    if (fault) {
      counters.faults += 1;
      faults.spoilAnswer(fault, ctx);
    }
  });
  const answer = provider.callback();
  const pages = new InteractionPages(provider, options);

  const onRequest = async (request, response) => {
    const path = new URL(request.url, 'http://host').pathname;
    const route = routeOf(path);
    counters.arrived(route);
    options.log(`${request.method} ${path}`);
    try {
      if (InteractionPages.owns(path)) {
        await pages.answer(request, response);
        return;
      }
      // A fault for one grant type alone has to read the body, which oidc-provider then takes from request.body.
      let grantType;
      if (faults.needsBody(route)) {
        request.body = await bodyOf(request);
        grantType = new URLSearchParams(request.body).get('grant_type') ?? undefined;
      }
      const fault = faults.take(route, grantType, false);
      if (fault) {
        counters.faults += 1;
        if (await faults.answerInstead(fault, response))
          return;
      }
      askForConsent(request);
      answer(request, response);
    } catch (error) {
      options.log(`${path}: ${error.stack}`);
      if (!response.headersSent)
        response.writeHead(error.statusCode ?? 500, { 'content-type': 'text/plain' });
      response.end('This page is not there any more.\n');
    }
  };
  server.on('request', onRequest);
  tlsServer?.on('request', onRequest);

  const running = new RunningProvider({ issuer, port, provider, store, faults, counters, server, tlsServer });
  if (options.controlPort !== undefined)
    await startControl(running, host, options.controlPort);
  return running;
}

// provider.mjs [--port N] [--control-port N] [--ready-file F] ...: prints one JSON line when it listens.
async function main() {
  const { values } = parseArgs({ options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string' },
    'ready-file': { type: 'string' },
    'access-token-seconds': { type: 'string', default: '3600' },
    'grace-seconds': { type: 'string', default: '0' },
    'auto-approve': { type: 'string' },
    'access-token-format': { type: 'string', default: 'opaque' },
    verbose: { type: 'boolean', default: false },
  } });
  const running = await startProvider({
    port: Number(values.port),
    controlPort: values['control-port'] === undefined ? undefined : Number(values['control-port']),
    accessTokenSeconds: Number(values['access-token-seconds']),
    graceSeconds: Number(values['grace-seconds']),
    accessTokenFormat: values['access-token-format'],
    autoApprove: values['auto-approve'],
    log: values.verbose ? (line) => process.stderr.write(`${new Date().toISOString()} ${line}\n`) : () => {},
  });
  const ready = `${JSON.stringify({ issuer: running.issuer, client_id: demoClient, control: running.controlUrl,
    pid: process.pid })}\n`;
  if (values['ready-file']) {
    writeFileSync(`${values['ready-file']}.new`, ready);
    renameSync(`${values['ready-file']}.new`, values['ready-file']);
  }
  process.stdout.write(ready);
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, async () => {
      await running.stop();
      process.exit(0);
    });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    process.stderr.write(`provider: ${error.message}\n`);
    process.exit(1);
  });
}
