// A client of the gateway's own authorization server, step by step, as a test wants it. One service.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';

const secret = () => randomBytes(32).toString('base64url');
const form = (params) => ({ method: 'POST', body: new URLSearchParams(Object.entries(params).filter(([, value]) => value !== undefined)) });

export class LocalClient {
  // Discovers and registers. more: of the registration.
  static async register(world, service, more = {}) {
    const client = new LocalClient(world, service);
    await client.discover();
    const answer = await client.registration(more);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    client.id = answer.body.client_id;
    return client;
  }

  constructor(world, service) {
    Object.assign(this, { world, service, redirectUri: 'http://127.0.0.1:9/callback', resource: world.url(service) });
  }

  async discover() {
    const metadata = await fetch(`${this.world.base}/.well-known/oauth-authorization-server/as/${this.service}`);
    assert.equal(metadata.status, 200);
    this.metadata = await metadata.json();
  }

  async registration(more = {}) {
    const answer = await fetch(this.metadata.registration_endpoint, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: typeof more === 'string' ? more : JSON.stringify({ client_name: 'end-to-end', redirect_uris: [this.redirectUri],
        token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], ...more }) });
    return { status: answer.status, headers: answer.headers, body: await answer.json().catch(() => undefined) };
  }

  // The address that a browser is sent to. more: parameters that differ; undefined leaves one out.
  authorizationUrl(more = {}) {
    this.verifier = secret();
    this.state = secret();
    const url = new URL(this.metadata.authorization_endpoint);
    const params = { response_type: 'code', client_id: this.id, redirect_uri: this.redirectUri, state: this.state, scope: this.service,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'), code_challenge_method: 'S256',
        resource: this.resource, ...more };
    url.search = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== undefined));
    return url.href;
  }

  // What comes back to the client's address.
  async authorize(more = {}, options = {}) {
    const shown = await this.world.visit(this.authorizationUrl(more), { back: this.redirectUri, ...options });
    assert.ok(shown.redirect, `no way back: ${shown.status} ${shown.text}`);
    return new URL(shown.redirect).searchParams;
  }

  async post(endpoint, params, headers = {}) {
    const answer = await fetch(this.metadata[endpoint], { ...form(params), headers });
    const text = await answer.text();
    let body;
    try {
      body = JSON.parse(text);
    } catch { /* not every answer is JSON */ }
    return { status: answer.status, headers: answer.headers, text, body };
  }

  exchange(code, more = {}) {
    return this.post('token_endpoint', { grant_type: 'authorization_code', code, redirect_uri: this.redirectUri, client_id: this.id,
      code_verifier: this.verifier, resource: this.resource, ...more });
  }

  refresh(token = this.tokens.refresh_token, more = {}) {
    return this.post('token_endpoint', { grant_type: 'refresh_token', refresh_token: token, client_id: this.id,
      resource: this.resource, ...more });
  }

  // All of it. Returns and keeps the tokens.
  async signIn(options = {}) {
    const back = await this.authorize({}, options);
    assert.equal(back.get('error'), null, String(back));
    assert.equal(back.get('state'), this.state);
    assert.equal(back.get('iss'), this.metadata.issuer);
    const answer = await this.exchange(back.get('code'));
    assert.equal(answer.status, 200, answer.text);
    this.tokens = answer.body;
    return this.tokens;
  }
}
