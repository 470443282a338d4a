// Steps that many tests share: a provider and a broker that are gone after the test, and a sign-in.

import assert from 'node:assert/strict';

import { startProvider } from '../../support/provider.mjs';
import { playBrowser } from '../../support/browser.mjs';
import { Broker } from './broker.mjs';
import { until } from './wait.mjs';

// world(t): provider and broker of one test, ended when the test ends, whatever its outcome.
export async function world(t, { provider: providerOptions, start = true, daemon = {}, ...brokerOptions } = {}) {
  const provider = await startProvider(providerOptions);
  t.after(() => provider.stop());
  const broker = Broker.forProvider(provider, brokerOptions);
  t.after(() => broker.remove());
  if (start)
    await broker.start(daemon);
  return { provider, broker };
}

export async function startSignIn(client, params = { provider: 'demo' }) {
  await client.call('events.subscribe', { topics: ['signin.progress'] });
  return client.call('signin.start', params);
}

// How the sign-in ended, as signin.status tells it.
export function signInEnd(client, signInId) {
  return until('the end of the sign-in', async () => {
    const status = await client.call('signin.status', { signin_id: signInId });
    return ['signed_in', 'failed', 'cancelled'].includes(status.state) ? status : undefined;
  });
}

// Signs in over the socket with a script that plays the browser. Returns the session.
export async function signIn(client, { login = 'ana', params } = {}) {
  const started = await startSignIn(client, params);
  const shown = await playBrowser(started.authorization_url, { login });
  const end = await signInEnd(client, started.signin_id);
  assert.equal(end.state, 'signed_in', JSON.stringify(end.error));
  assert.equal(shown.status, 200);
  return end.session;
}
