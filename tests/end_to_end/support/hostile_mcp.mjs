// MCP servers with authorization servers of their own that do what a test tells them to do wrong: as many as one likes
// behind one port, /NAME/mcp each. What nobody spoils is a small, honest pair of both.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { Broker } from './broker.mjs';
import { playBrowserFor } from './mcp_world.mjs';

const visitor = fileURLToPath(new URL('../../conformance/support/browser.mjs', import.meta.url));
const megabyte = 1024 * 1024;

const json = (response, value, status = 200, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
};

const results = {
  initialize: (params) => ({ protocolVersion: params.protocolVersion, capabilities: { tools: {} },
    serverInfo: { name: 'hostile', version: '1' } }),
  'tools/list': () => ({ tools: [{ name: 'tool', inputSchema: { type: 'object' } }] }),
  'tools/call': () => ({ content: [{ type: 'text', text: 'called' }] }),
  ping: () => ({}),
};

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request)
    text += chunk;
  return text;
}

// One pair. spoil: what is different, by the name of the part; a function gets what the honest one would say (an
// object) and returns what is said instead; with `raw` in its name it gets (request, response) and answers itself.
class Pair {
  constructor(home, name, spoil) {
    Object.assign(this, { home, name, spoil, requests: [], codes: 0 });
    this.origin = home.origin;
    this.issuer = `${this.origin}/${name}`;
    this.url = `${this.issuer}/mcp`;
    this.prmUrl = `${this.origin}/.well-known/oauth-protected-resource/${name}/mcp`;
  }

  asked(part) {
    return this.requests.filter((request) => request.part === part);
  }

  async answer(part, request, response) {
    const body = await bodyOf(request);
    const query = new URL(request.url, this.origin).searchParams;
    this.requests.push({ part, method: request.method, url: request.url, headers: request.headers,
      rawHeaders: request.rawHeaders, body, query });
    if (this.spoil[`${part}Raw`] !== undefined)
      return this.spoil[`${part}Raw`](request, response, this);
    return this[part](request, response, { body, query });
  }

  say(part, honest, response, status = 200) {
    const said = this.spoil[part] === undefined ? honest : this.spoil[part](honest, this);
    return json(response, said, status);
  }

  prm(request, response) {
    this.say('prm', { resource: this.url, authorization_servers: [this.issuer], scopes_supported: ['read'] }, response);
  }

  metadata(request, response) {
    this.say('metadata', { issuer: this.issuer, authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`, registration_endpoint: `${this.issuer}/register`,
      response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true }, response);
  }

  register(request, response, { body }) {
    this.say('register', { ...JSON.parse(body), client_id: `client-of-${this.name}` }, response, 201);
  }

  authorize(request, response, { query }) {
    this.codes += 1;
    const back = new URL(query.get('redirect_uri'));
    const honest = { code: `code-${this.name}-${this.codes}`, state: query.get('state'), iss: this.issuer };
    const said = this.spoil.authorize === undefined ? honest : this.spoil.authorize(honest, this, query);
    back.search = new URLSearchParams(said);
    response.writeHead(302, { location: back.href });
    response.end();
  }

  token(request, response) {
    this.say('token', { access_token: `token-${this.name}`, token_type: 'Bearer', expires_in: 3600, scope: 'read',
      refresh_token: `refresh-${this.name}` }, response);
  }

  mcp(request, response, { body }) {
    if (request.method !== 'POST')
      return response.writeHead(405).end();
    if (!this.spoil.open && !/^Bearer \S/.test(request.headers.authorization ?? ''))
      return json(response, { error: 'invalid_token' }, 401,
        { 'www-authenticate': this.spoil.challenge?.(this) ?? `Bearer resource_metadata="${this.prmUrl}"` });
    const message = JSON.parse(body);
    if (message.id === undefined)
      return response.writeHead(202).end();
    const result = results[message.method]?.(message.params ?? {}, this);
    return json(response, { jsonrpc: '2.0', id: message.id, ...(result ? { result }
      : { error: { code: -32601, message: 'no such method' } }) });
  }
}

export class HostileHome {
  static async start(t) {
    const home = new HostileHome();
    home.pairs = new Map();
    home.server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
      home.#answer(request, response).catch((error) => response.destroy(error));
    });
    await new Promise((resolve) => { home.server.listen(0, '127.0.0.1', resolve); });
    home.origin = `http://127.0.0.1:${home.server.address().port}`;
    t.after(() => home.stop());
    return home;
  }

  pair(name, spoil = {}) {
    const made = new Pair(this, name, spoil);
    this.pairs.set(name, made);
    return made;
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    const [part, name] = this.#partOf(pathname);
    const pair = this.pairs.get(name);
    if (pair === undefined || pair[part] === undefined)
      return json(response, { error: 'not_found' }, 404);
    return pair.answer(part, request, response);
  }

  #partOf(pathname) {
    const [, wellKnown, of] = /^\/\.well-known\/([a-z-]+)\/([^/]+)/.exec(pathname) ?? [];
    if (wellKnown === 'oauth-protected-resource')
      return ['prm', of];
    if (wellKnown === 'oauth-authorization-server')
      return ['metadata', of];
    const [, name, part] = /^\/([^/]+)\/(mcp|register|authorize|token)$/.exec(pathname) ?? [];
    return [part, name];
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}

// A broker whose browser signs in at such servers, and a home for them.
export async function hostileWorld(t, { config = {} } = {}) {
  const home = await HostileHome.start(t);
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...config } });
  t.after(() => broker.remove());
  playBrowserFor(broker, { script: visitor });
  await broker.start();
  return { home, broker };
}

// An error of the broker's own, with what a person can do.
export function assertNamed(error, what) {
  assert.ok(error.code <= -31001 && error.code >= -31012, `${what}: ${JSON.stringify(error)}`);
  assert.notEqual(error.code, -31008, `${what}: nobody came that often`);
  assert.match(error.data?.name ?? '', /^[a-z_]+$/, what);
  assert.ok(error.data.action.length > 10, `${what}: ${JSON.stringify(error)}`);
}

// All of them, a few at a time.
export async function forEach(list, visit, atOnce = 6) {
  const waiting = [...list.entries()];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await visit(next[1], next[0]);
  }));
}

// Writes until nobody reads any more, at most so many bytes.
export function pour(response, chunk, most = 4096 * megabyte) {
  let written = 0;
  const more = () => {
    while (written < most && !response.destroyed) {
      written += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}

export const startJson = (response, headers = {}) => response.writeHead(200, { 'content-type': 'application/json', ...headers });
export const floods = {
  'a body without end': (request, response) => { startJson(response); pour(response, Buffer.alloc(megabyte, ' ')); },
  'a string without end': (request, response) => { startJson(response); response.write('{"a":"'); pour(response, Buffer.alloc(megabyte, 'a')); },
  'compressed without end': (request, response) => {
    startJson(response, { 'content-encoding': 'gzip' });
    pour(response, gzipSync(Buffer.alloc(64 * megabyte)));
  },
  'a hundred thousand fields': (request, response) => {
    response.socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n');
    pour(response.socket, Buffer.from('x-field: y\r\n'.repeat(10000)), 64 * megabyte);
  },
  'one field without end': (request, response) => {
    response.socket.write('HTTP/1.1 200 OK\r\nx-field: ');
    pour(response.socket, Buffer.alloc(megabyte, 'y'), 64 * megabyte);
  },
};
