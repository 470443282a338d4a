#!/usr/bin/env node
// A server that speaks the HTTP API of HashiCorp Vault and OpenBao, as far as a client of the secrets engines KV
// (version 2) and transit, of the auth methods token, AppRole and Kubernetes and of sys/health meets it. Written from the
// public description of that API, for tests: it holds every request against that description, answers what the real one
// answers to what is wrong, and remembers what no well-made client would send ("violations").
//
// A module (startVault) and a program: a line of JSON on standard input is a command ({"do": "seal"}), a line on standard
// output its answer; the first line tells {"port": ...}. Ends with standard input.

import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

import { VaultKv } from './vault_kv.mjs';
import { allowed, capabilitiesOf, parsePolicy } from './vault_policy.mjs';

const denied = { status: 403, errors: ['permission denied'] };

export class VaultServer {
  constructor(options = {}) {
    this.options = { mount: 'secret', kvVersion: 2, namespace: '', transitMount: 'transit', transitKeys: ['keybearer'],
      rootToken: 'root-token', tokenSeconds: 3600, maxTokenSeconds: 86400, renewable: true, roleId: 'the-role',
      secretId: 'the-secret-id', role: 'keybearer', jwt: 'the-jwt', authMounts: {}, policy: '', maxRecord: 32 << 20,
      ...options };
    this.state = 'active'; // sealed, uninitialised, standby (forwards), redirecting, dr
    this.kv = new VaultKv(() => this.now());
    this.skew = 0;
    this.tokens = new Map();
    this.faults = [];
    this.violations = [];
    this.requests = [];
    this.signIns = 0;
    this.renewals = 0;
    this.transit = new Map(this.options.transitKeys.map((name) => [name, [randomBytes(32)]]));
    this.policies = this.options.policy ? parsePolicy(this.options.policy) : undefined;
    this.addToken(this.options.rootToken, { root: true });
  }

  now() {
    return Date.now() + this.skew;
  }

  addToken(id, { root = false, seconds = 0, maxSeconds = 0, renewable = false } = {}) {
    const made = this.now();
    this.tokens.set(id, { id, root, renewable, made, seconds, accessor: randomUUID(),
      ends: seconds ? made + seconds * 1000 : Infinity, maxEnds: maxSeconds ? made + maxSeconds * 1000 : Infinity });
  }

  violation(what) {
    this.violations.push(what);
    return { status: 400, errors: [`strict: ${what}`] };
  }

  // --- what is true of every request ---

  route(request) {
    const { method, path, headers } = request;
    if (headers['x-vault-request'] !== 'true') return this.violation(`${method} ${path} without X-Vault-Request: true`);
    if (request.badBody) return this.violation(`${method} ${path} with a body that is no JSON object`);
    if (method === 'GET' && request.text) return this.violation(`GET ${path} with a body`);
    if (path === 'sys/health') return this.health(request);
    if (this.state === 'sealed') return { status: 503, errors: ['Vault is sealed'] };
    if (this.state === 'uninitialised') return { status: 503, errors: ['Vault is sealed'] };
    if (this.state === 'redirecting') {
      return { status: 307, headers: { location: `https://active.example.test:8200/v1/${path}` } };
    }
    if (this.state === 'dr') return { status: 400, errors: ['path disabled in replication DR secondary mode'] };
    const namespace = (headers['x-vault-namespace'] ?? '').replace(/^\/|\/$/g, '');
    if (namespace !== this.options.namespace) {
      return { status: 404, errors: [`no handler for route "${path}". route entry not found.`] };
    }
    const login = /^auth\/(.+)\/login$/.exec(path);
    if (login) return this.login(login[1], request);
    const token = this.tokenOf(headers['x-vault-token']);
    if (!token) return denied;
    return this.routeWithToken(request, token);
  }

  tokenOf(id) {
    const token = this.tokens.get(id ?? '');
    if (token && token.ends <= this.now()) {
      this.tokens.delete(id);
      return undefined;
    }
    return token;
  }

  routeWithToken(request, token) {
    const { path } = request;
    if (path.startsWith('auth/token/')) return this.ownToken(request, token);
    if (path.startsWith('sys/internal/ui/mounts/')) return this.mountOf(request, token);
    const capability = this.capabilityOf(request);
    if (!token.root && this.policies && !allowed(this.policies, path, capability)) return denied;
    const engine = this.engineOf(path);
    if (!engine) return { status: 404, errors: [`no handler for route "${path}". route entry not found.`] };
    if (engine === 'transit') return this.transitCall(request);
    if (this.options.kvVersion === 1) return this.versionOne(request);
    return this.kvCall(request);
  }

  engineOf(path) {
    if (path.startsWith(`${this.options.transitMount}/`)) return 'transit';
    return path.startsWith(`${this.options.mount}/`) ? 'kv' : undefined;
  }

  capabilityOf({ method, path, list }) {
    if (list) return 'list';
    if (method === 'GET') return 'read';
    if (method === 'DELETE') return 'delete';
    if (path.startsWith(`${this.options.mount}/`)) {
      const key = path.slice(this.options.mount.length + 1).replace(/^(data|metadata)\//, '');
      return this.kv.has(key) ? 'update' : 'create';
    }
    return 'update';
  }

  // --- sys ---

  health(request) {
    if (request.headers['x-vault-token']) this.violation('a token on sys/health');
    const status = { active: 200, standby: 429, sealed: 503, uninitialised: 501, redirecting: 429, dr: 472 }[this.state];
    return { status, whole: { initialized: this.state !== 'uninitialised', sealed: status >= 500,
      standby: status === 429, performance_standby: false, replication_performance_mode: 'disabled',
      replication_dr_mode: status === 472 ? 'secondary' : 'disabled', server_time_utc: Math.floor(this.now() / 1000),
      version: '1.17.0', cluster_name: 'test', cluster_id: 'd1d7' } };
  }

  mountOf(request, token) {
    if (request.method !== 'GET') return { status: 405, errors: ['unsupported operation'] };
    const asked = request.path.slice('sys/internal/ui/mounts/'.length);
    const { mount, kvVersion, transitMount } = this.options;
    const visible = token.root || !this.policies || this.policies.some((rule) => rule.path.startsWith(`${mount}/`));
    const at = (name) => asked === name || asked.startsWith(`${name}/`);
    if (at(mount) && visible) {
      return { data: { type: 'kv', path: `${mount}/`, description: '', options: { version: String(kvVersion) } } };
    }
    if (at(transitMount) && token.root) return { data: { type: 'transit', path: `${transitMount}/`, options: null } };
    return { status: 403, errors: [
      `preflight capability check returned 403, please ensure client's policies grant access to path "${asked}/"`] };
  }

  // --- auth ---

  login(mount, request) {
    if (request.method !== 'POST') return { status: 405, errors: ['unsupported operation'] };
    if (request.headers['x-vault-token']) this.violation('a token on a sign-in');
    const method = this.options.authMounts[mount] ?? mount;
    const known = { approle: ['role_id', 'secret_id'], kubernetes: ['role', 'jwt'] }[method];
    if (!known) return { status: 404, errors: [`no handler for route "${request.path}". route entry not found.`] };
    const wrong = this.unknownMembers(request, known);
    if (wrong) return wrong;
    if (method === 'approle' && (request.body.role_id !== this.options.roleId ||
        request.body.secret_id !== this.options.secretId)) {
      return { status: 400, errors: ['invalid role or secret ID'] };
    }
    if (method === 'kubernetes' && request.body.role !== this.options.role) {
      return { status: 400, errors: [`invalid role name "${request.body.role}"`] };
    }
    if (method === 'kubernetes' && request.body.jwt !== this.options.jwt) return denied;
    this.signIns += 1;
    const id = `hvs.${randomBytes(24).toString('base64url')}`;
    this.addToken(id, { seconds: this.options.tokenSeconds, maxSeconds: this.options.maxTokenSeconds,
      renewable: this.options.renewable });
    return { auth: this.authOf(this.tokens.get(id)) };
  }

  authOf(token) {
    return { client_token: token.id, accessor: token.accessor, policies: ['default', 'keybearer'],
      token_policies: ['default', 'keybearer'], metadata: null, lease_duration: token.ends === Infinity ? 0 :
        Math.max(0, Math.floor((token.ends - this.now()) / 1000)), renewable: token.renewable, entity_id: '',
      token_type: 'service', orphan: true, mfa_requirement: null, num_uses: 0 };
  }

  ownToken(request, token) {
    if (request.path === 'auth/token/lookup-self' && request.method === 'GET') {
      const ends = token.ends !== Infinity;
      return { data: { id: token.id, accessor: token.accessor, ttl: ends ?
        Math.max(0, Math.floor((token.ends - this.now()) / 1000)) : 0, renewable: token.renewable, creation_ttl:
          token.seconds, expire_time: ends ? new Date(token.ends).toISOString() : null, explicit_max_ttl: 0,
      policies: token.root ? ['root'] : ['default'], type: 'service', path: 'auth/token/create' } };
    }
    if (request.path === 'auth/token/renew-self' && request.method === 'POST') {
      const wrong = this.unknownMembers(request, ['increment']);
      if (wrong) return wrong;
      if (!token.renewable) return { status: 400, errors: ['lease is not renewable'] };
      this.renewals += 1;
      token.ends = Math.min(this.now() + token.seconds * 1000, token.maxEnds);
      return { auth: this.authOf(token) };
    }
    return { status: 404, errors: [`no handler for route "${request.path}". route entry not found.`] };
  }

  // --- engines ---

  unknownMembers(request, known) {
    const unknown = Object.keys(request.body ?? {}).find((name) => !known.includes(name));
    return unknown ? this.violation(`${request.method} ${request.path} with the member ${unknown}`) : undefined;
  }

  // Version 1 takes whatever stands there as a key: what "data/x" means to nobody but version 2.
  versionOne(request) {
    if (request.method === 'GET') return { status: 404, errors: [] };
    return { status: 204 };
  }

  kvCall(request) {
    const match = /^(data|metadata|destroy|delete|undelete)\/?(.*)$/.exec(request.path.slice(this.options.mount.length + 1));
    if (!match) return { status: 404, errors: [], warnings: ['Invalid path for a versioned K/V secrets engine.'] };
    const [, kind, key] = match;
    if (kind === 'metadata' && request.list) return this.kv.list(key);
    if (!key || key.endsWith('/')) return { status: 404, errors: [] };
    const operation = `${request.method} ${kind}`;
    const members = { 'POST data': ['data', 'options'], 'POST metadata': ['max_versions', 'cas_required',
      'delete_version_after', 'custom_metadata'], 'POST destroy': ['versions'] }[operation] ?? [];
    const wrong = this.unknownMembers(request, members);
    if (wrong) return wrong;
    if (operation === 'GET data') return this.kv.read(key);
    if (operation === 'GET metadata') return this.kv.readMetadata(key);
    if (operation === 'POST data') {
      const strange = Object.keys(request.body.options ?? {}).find((name) => name !== 'cas');
      if (strange) return this.violation(`the option ${strange}`);
      if (!Number.isInteger(request.body.options?.cas)) this.violation(`POST ${request.path} without cas`);
      if (request.text.length > this.options.maxRecord) {
        return { status: 413, errors: ['failed to parse JSON input: http: request body too large'] };
      }
      return this.kv.write(key, request.body);
    }
    if (operation === 'POST metadata') return this.kv.writeMetadata(key, request.body);
    if (operation === 'POST destroy') return this.kv.destroy(key, request.body.versions ?? []);
    if (operation === 'DELETE metadata') return this.kv.forget(key);
    if (operation === 'DELETE data') return this.kv.remove(key);
    return { status: 405, errors: ['unsupported operation'] };
  }

  transitCall(request) {
    const [operation, name] = request.path.slice(this.options.transitMount.length + 1).split('/');
    if (request.method !== 'POST') return { status: 405, errors: ['unsupported operation'] };
    const keys = this.transit.get(name);
    if (operation === 'encrypt') {
      const wrong = this.unknownMembers(request, ['plaintext']);
      if (wrong) return wrong;
      if (!keys) return { status: 400, errors: ['encryption key not found'] };
      const text = String(request.body.plaintext ?? '');
      if (Buffer.from(text, 'base64').toString('base64') !== text) {
        return { status: 400, errors: ['failed to base64-decode plaintext'] };
      }
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys.at(-1), nonce);
      const sealed = Buffer.concat([nonce, cipher.update(Buffer.from(text, 'base64')), cipher.final(), cipher.getAuthTag()]);
      return { data: { ciphertext: `vault:v${keys.length}:${sealed.toString('base64')}`, key_version: keys.length } };
    }
    if (operation === 'decrypt') {
      const wrong = this.unknownMembers(request, ['ciphertext']);
      if (wrong) return wrong;
      if (!keys) return { status: 400, errors: ['encryption key not found'] };
      const match = /^vault:v(\d+):(.+)$/.exec(String(request.body.ciphertext ?? ''));
      const key = match && keys[Number(match[1]) - 1];
      if (!key) return { status: 400, errors: ['invalid ciphertext: no prefix'] };
      const sealed = Buffer.from(match[2], 'base64');
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
        cipher.setAuthTag(sealed.subarray(-16));
        const open = Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]);
        return { data: { plaintext: open.toString('base64') } };
      } catch {
        return { status: 400, errors: ['cipher: message authentication failed'] };
      }
    }
    return { status: 404, errors: [] };
  }

  // --- what tests make happen ---

  // {match, method, times, status, errors, headers, body, type} or {drop | dropAfter | hang: true}
  faultFor(request) {
    const found = this.faults.find((fault) => fault.times > 0 && request.path.includes(fault.match ?? '') &&
      (!fault.method || fault.method === request.method));
    if (found) found.times -= 1;
    return found;
  }

  command(command) {
    const simple = { seal: 'sealed', unseal: 'active', standby: 'standby', redirect: 'redirecting',
      uninitialise: 'uninitialised', dr: 'dr', activate: 'active' };
    if (simple[command.do]) this.state = simple[command.do];
    else if (command.do === 'fault') this.faults.push({ times: 1, ...command });
    else if (command.do === 'mend') this.faults = [];
    else if (command.do === 'advance') this.skew += command.ms;
    else if (command.do === 'revoke') [...this.tokens.keys()].filter((id) => command.root || !this.tokens.get(id).root)
      .forEach((id) => this.tokens.delete(id));
    else if (command.do === 'token') this.addToken(command.id, command);
    else if (command.do === 'set') Object.assign(this.options, command.options);
    else if (command.do === 'policy') this.policies = parsePolicy(command.text);
    else if (command.do === 'clean') this.kv.clear();
    else if (command.do === 'put') return this.kv.write(command.key, { data: command.data, options: command.options });
    else if (command.do === 'rotate') this.transit.get(command.key).push(randomBytes(32));
    else if (command.do === 'versions') return { versions: this.kv.versionsOf(command.key) };
    else if (command.do === 'dump') return { keys: this.kv.dump() };
    else if (command.do === 'forget') this.requests = [];
    else if (command.do !== 'tell') return { error: `no command ${command.do}` };
    return { violations: this.violations, requests: this.requests, signIns: this.signIns, renewals: this.renewals,
      tokens: this.tokens.size };
  }
}

function envelope(answer) {
  if (answer.whole) return answer.whole;
  if (answer.errors) return { errors: answer.errors, ...(answer.warnings && { warnings: answer.warnings }) };
  return { request_id: randomUUID(), lease_id: '', renewable: false, lease_duration: 0, data: answer.data ?? null,
    wrap_info: null, warnings: answer.warnings ?? null, auth: answer.auth ?? null };
}

function send(vault, response, answer) {
  const status = answer.status ?? 200;
  const empty = status === 204 || (status >= 300 && status < 400);
  const text = empty ? '' : answer.body ?? JSON.stringify(envelope(answer));
  response.sendDate = false;
  response.writeHead(status, { ...(!vault.options.noDate && { date: new Date(vault.now()).toUTCString() }),
    'cache-control': 'no-store',
    ...(!empty && { 'content-type': answer.type ?? 'application/json' }), ...answer.headers });
  response.end(text);
}

function serve(vault, incoming, response, text) {
  const url = new URL(incoming.url, 'http://127.0.0.1');
  const request = { method: incoming.method, headers: incoming.headers, text,
    path: decodeURIComponent(url.pathname.replace(/^\/v1\//, '')), list: url.searchParams.get('list') === 'true' };
  if (!url.pathname.startsWith('/v1/')) return send(vault, response, vault.violation(`the path ${url.pathname}`));
  if ([...url.searchParams.keys()].some((name) => name !== 'list')) vault.violation(`the query ${url.search}`);
  if (text) {
    try {
      request.body = JSON.parse(text);
    } catch { /* told below */ }
    request.badBody = typeof request.body !== 'object' || request.body === null || Array.isArray(request.body) ||
      incoming.headers['content-type'] !== 'application/json';
  }
  vault.requests.push(`${request.list ? 'LIST' : request.method} ${request.path}`);
  const fault = vault.faultFor(request);
  if (fault?.hang) return undefined;
  if (fault?.drop) return incoming.socket.destroy();
  if (fault?.dropAfter) {
    vault.route(request);
    return incoming.socket.destroy();
  }
  return send(vault, response, fault ? { ...fault, headers: fault.headers } : vault.route(request));
}

export async function startVault(options = {}) {
  const vault = new VaultServer(options);
  const listener = (incoming, response) => {
    const pieces = [];
    incoming.on('data', (piece) => pieces.push(piece));
    incoming.on('end', () => serve(vault, incoming, response, Buffer.concat(pieces).toString('utf8')));
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise((listening) => server.listen(options.port ?? 0, '127.0.0.1', listening));
  const { port } = server.address();
  return { vault, port, url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    close: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }) };
}

export { capabilitiesOf };

async function main() {
  const running = await startVault(JSON.parse(process.argv[2] ?? '{}'));
  process.stdout.write(`${JSON.stringify({ port: running.port })}\n`);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => process.stdout.write(`${JSON.stringify(running.vault.command(JSON.parse(line)))}\n`));
  lines.on('close', () => process.exit(0));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
