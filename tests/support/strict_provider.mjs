// A small authorization server for many sign-ins at once: authorization code with PKCE, refresh tokens that work once.
// A refresh token that comes a second time ends its whole family, as RFC 9700 section 4.14.2 wants it, and is counted.

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';

const token = () => randomBytes(24).toString('base64url');
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class StrictProvider {
  constructor({ accessTokenSeconds = 60 } = {}) {
    this.accessTokenSeconds = accessTokenSeconds;
    this.expiresAt = undefined; // milliseconds: every token ends then, whenever it is given
    this.delayMilliseconds = 0; // of each answer of the token endpoint
    this.running = 0; // requests at the token endpoint, and the most that there were at once
    this.mostRunning = 0;
    this.clientId = 'keybearer-crowd';
    this.codes = new Map();
    this.refreshTokens = new Map(); // token: {family, used}
    this.families = new Map(); // account: {account, dead, refreshes: times}
    this.reused = 0;
    this.refused = 0;
    this.signIns = 0;
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.key = privateKey;
    this.jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
  }

  async start() {
    this.server = createServer((request, response) => this.serve(request, response));
    await new Promise((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    this.issuer = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => { this.server.close(resolve); });
  }

  async serve(request, response) {
    const url = new URL(request.url, this.issuer);
    let body = '';
    for await (const chunk of request)
      body += chunk;
    const answer = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(value));
    };
    if (url.pathname.startsWith('/.well-known/'))
      return answer(200, this.metadata());
    if (url.pathname === '/jwks')
      return answer(200, { keys: [this.jwk] });
    if (url.pathname === '/auth')
      return this.authorize(url.searchParams, response);
    if (url.pathname === '/token') {
      this.running += 1;
      this.mostRunning = Math.max(this.mostRunning, this.running);
      if (this.delayMilliseconds > 0)
        await new Promise((resolve) => { setTimeout(resolve, this.delayMilliseconds); });
      this.running -= 1;
      return this.grant(new URLSearchParams(body), answer);
    }
    return answer(404, {});
  }

  metadata() {
    return { issuer: this.issuer, authorization_endpoint: `${this.issuer}/auth`, token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'],
      grant_types_supported: ['authorization_code', 'refresh_token'], id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true, scopes_supported: ['openid', 'email', 'offline_access'] };
  }

  // The person is whom the address names: &crowd=NAME.
  authorize(wish, response) {
    const code = token();
    this.codes.set(code, { account: wish.get('crowd'), challenge: wish.get('code_challenge'), nonce: wish.get('nonce') });
    const back = new URL(wish.get('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', wish.get('state'));
    back.searchParams.set('iss', this.issuer);
    response.writeHead(302, { location: back.href });
    response.end();
  }

  grant(wish, answer) {
    if (wish.get('grant_type') === 'authorization_code')
      return this.redeem(wish, answer);
    const known = this.refreshTokens.get(wish.get('refresh_token'));
    if (known?.used) {
      this.reused += 1;
      known.family.dead = true;
    }
    if (!known || known.family.dead) {
      this.refused += 1;
      return answer(400, { error: 'invalid_grant' });
    }
    known.used = true;
    known.family.refreshes.push(Date.now());
    return answer(200, this.tokens(known.family));
  }

  redeem(wish, answer) {
    const code = this.codes.get(wish.get('code'));
    this.codes.delete(wish.get('code'));
    const challenge = createHash('sha256').update(wish.get('code_verifier') ?? '').digest('base64url');
    if (!code || code.challenge !== challenge)
      return answer(400, { error: 'invalid_grant' });
    this.signIns += 1;
    const family = { account: code.account, dead: false, refreshes: [] };
    this.families.set(code.account, family);
    return answer(200, { ...this.tokens(family), id_token: this.idToken(code) });
  }

  tokens(family) {
    const refresh = token();
    this.refreshTokens.set(refresh, { family, used: false });
    family.access = token();
    return { access_token: family.access, token_type: 'Bearer', expires_in: this.expiresAt === undefined ? this.accessTokenSeconds : Math.round((this.expiresAt - Date.now()) / 1000),
      refresh_token: refresh, scope: 'openid email offline_access' };
  }

  idToken({ account, nonce }) {
    const now = Math.floor(Date.now() / 1000);
    const text = `${encode({ alg: 'RS256', kid: 'one' })}.${encode({ iss: this.issuer, aud: this.clientId, sub: account,
      email: `${account}@example.com`, email_verified: true, iat: now, exp: now + 3600, ...(nonce && { nonce }) })}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), this.key).toString('base64url')}`;
  }
}
