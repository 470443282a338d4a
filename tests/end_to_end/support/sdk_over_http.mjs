// The official SDKs as clients over HTTP, with nothing but an address: they discover, register, send a browser and
// renew by themselves. The browser is played; what a person would be asked, the test answers.

import { OlderClient, NewerClient } from './mcp_clients.mjs';
import { load } from './mcp_packages.mjs';

const redirectUrl = 'http://127.0.0.1:9/callback';

// What the SDKs call an OAuthClientProvider. Counts what happened.
class Person {
  constructor(world) {
    Object.assign(this, { world, redirectUrl, visits: 0, registrations: 0, renewals: 0 });
    this.clientMetadata = { client_name: 'SDK client', redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
  }

  clientInformation() { return this.client; }
  saveClientInformation(client) { this.client = client; this.registrations += 1; }
  tokens() { return this.kept; }
  saveTokens(tokens) { this.kept = tokens; this.renewals += 1; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  codeVerifier() { return this.verifier; }
  // Which authorization server it is, is found out anew for every sign-in, and kept until the browser is back.
  saveDiscoveryState(state) { this.discovered = state; }
  discoveryState() { return this.callback && this.discovered; }

  invalidateCredentials(scope) {
    if (scope === 'all' || scope === 'client')
      this.client = undefined;
    if (scope === 'all' || scope === 'tokens')
      this.kept = undefined;
  }

  async redirectToAuthorization(address) {
    this.visits += 1;
    const shown = await this.world.visit(address, { back: redirectUrl });
    if (shown.redirect === undefined)
      throw new Error(`the browser was not sent back: ${shown.status} ${shown.text}`);
    this.callback = new URL(shown.redirect).searchParams;
  }
}

const faces = {
  older: { Face: OlderClient, transport: () => load('@modelcontextprotocol/sdk/client/streamableHttp.js').StreamableHTTPClientTransport,
    back: (callback) => callback.get('code') },
  newer: { Face: NewerClient, transport: () => load('@modelcontextprotocol/client').StreamableHTTPClientTransport, back: (callback) => callback },
};

export class SdkOverHttp {
  // kind: older or newer. Connects, with a sign-in when the gateway asks for one.
  static async connect(t, world, service, { kind = 'older', person = new Person(world), url = world.url(service) } = {}) {
    const made = new SdkOverHttp();
    Object.assign(made, { url, person, ...faces[kind] });
    await made.#signingIn(() => made.#connect());
    t.after(() => made.close());
    return made;
  }

  #newTransport() {
    const Transport = this.transport();
    return new Transport(new URL(this.url), { authProvider: this.person });
  }

  async #connect() {
    this.face = await this.Face.connect(this.#newTransport());
  }

  async #signingIn(step) {
    for (let left = 2; ; left -= 1) {
      this.person.callback = undefined;
      try {
        return await step();
      } catch (error) {
        if (this.person.callback === undefined || left === 0)
          throw error;
        await this.#newTransport().finishAuth(this.back(this.person.callback));
      }
    }
  }

  // A tool's text. A sign-in or a session that becomes necessary is made, as applications do on the SDK's errors.
  async text(tool, given) {
    try {
      return await this.#signingIn(() => this.face.text(tool, given));
    } catch (error) {
      if (error.code !== 404)
        throw error;
      await this.close(); // the session is gone, as it is with what it was opened for: the client opens another
      await this.#signingIn(() => this.#connect());
      return this.face.text(tool, given);
    }
  }

  async close() {
    await this.face?.close().catch(() => {});
  }
}
