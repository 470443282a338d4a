// The SDK's own HTTP client with a provider that plays the person: what the harness is proven with.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

class PlayedPerson {
  byIssuer = new Map();
  clientMetadataUrl = 'https://conformance-test.local/client-metadata.json';
  redirectUrl = 'http://127.0.0.1:3000/callback';
  clientMetadata = { client_name: 'reference', redirect_uris: ['http://127.0.0.1:3000/callback'],
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], application_type: 'native' };

  constructor({ client_id, client_secret }) {
    this.given = client_id && { client_id, client_secret };
  }

  clientInformation(of) { return this.byIssuer.get(of?.issuer) ?? this.given; }
  saveClientInformation(information, of) { this.byIssuer.set(of?.issuer, information); }
  tokens() { return this.kept; }
  saveTokens(tokens) { this.kept = tokens; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  codeVerifier() { return this.verifier; }
  // Discovered anew for every sign-in: a server may have moved to another authorization server.
  discoveryState() { return this.callback && this.discovered; }
  saveDiscoveryState(state) { this.discovered = state; }

  async redirectToAuthorization(authorizationUrl) {
    const answer = await fetch(authorizationUrl, { redirect: 'manual' });
    this.callback = new URL(answer.headers.get('location')).searchParams;
  }
}

export async function referenceConnection(url, { era, context }) {
  const person = new PlayedPerson(context);
  const client = new Client({ name: 'reference', version: '1.0.0' }, { capabilities: { elicitation: { form: {} } },
    ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }) });
  client.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: {} }));
  const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: person });

  // Signs in when the server asks for it, at most twice after the first time, and does again what was refused.
  let left = 2;
  const signingIn = (step) => async (...given) => {
    for (;;) {
      try {
        return await step(...given);
      } catch (error) {
        if (person.callback === undefined || left === 0)
          throw error;
        left -= 1;
        await transport().finishAuth(person.callback);
        person.callback = undefined;
      }
    }
  };
  await signingIn(() => client.connect(transport()))();
  for (const method of ['listTools', 'callTool'])
    client[method] = signingIn(client[method].bind(client));
  return client;
}
