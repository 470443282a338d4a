// A provider that is away or talks nonsense never costs a session.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { sleep, until } from './support/wait.mjs';

// The session is there, and a token of it works: what every trouble must end with.
async function worksAgain(provider, client) {
  const token = await until('a token works again', async () => {
    try {
      await client.call('session.refresh', { session_id: 'demo' });
      return await client.call('token.get', { provider: 'demo' });
    } catch (error) {
      assert.ok(['provider_unavailable', 'timed_out', 'provider_error'].includes(error.errorName), error.message);
      return undefined;
    }
  }, { deadlineMilliseconds: 40000, pauseMilliseconds: 250 });
  assert.equal((await provider.userinfo(token.access_token)).status, 200);
  const { sessions } = await client.call('session.list');
  assert.equal(sessions.length, 1);
}

const passing = [
  ['503', { kind: 'status', status: 503 }],
  ['503 with Retry-After', { kind: 'status', status: 503, retryAfter: 1 }],
  ['429', { kind: 'status', status: 429, retryAfter: 1 }],
  ['an HTML page with status 200', { kind: 'html' }],
  ['500 with an HTML page', { kind: 'status', status: 500, contentType: 'text/html', body: '<h1>Oops</h1>' }],
  ['502 with the body of a proxy', { kind: 'status', status: 502, body: '' }],
  ['a connection closed without an answer', { kind: 'reset' }],
];

for (const [name, fault] of passing) {
  test(`${name} at the token endpoint: nothing lost, and it works again`, async (t) => {
    const { provider, broker } = await world(t);
    const client = await broker.client();
    await signIn(client);
    provider.faults.add(fault);
    const failure = await client.callFails('session.refresh', { session_id: 'demo' });
    assert.equal(failure.errorName, 'provider_unavailable', failure.message);
    assert.equal(failure.data.transient, true);
    if (fault.retryAfter !== undefined)
      assert.ok(failure.data.retry_after_seconds >= 1, JSON.stringify(failure.data));
    // What is still good is still handed out.
    const held = await client.call('token.get', { provider: 'demo' });
    assert.equal((await provider.userinfo(held.access_token)).status, 200);
    provider.faults.clear();
    await worksAgain(provider, client);
    assert.equal(provider.counters.reused, 0);
  });
}

for (const kind of ['reset_after', 'truncate_after']) {
  test(`an answer lost on the way (${kind}) is asked for once more within the provider's grace`, async (t) => {
    const { provider, broker } = await world(t, { provider: { graceSeconds: 60 } });
    const client = await broker.client();
    await signIn(client);
    provider.faults.add({ kind, grantType: undefined, times: 1 });
    await client.call('session.refresh', { session_id: 'demo' }).catch((error) => {
      assert.equal(error.errorName, 'provider_unavailable', error.message);
    });
    await worksAgain(provider, client);
  });
}

test('a connection closed without an answer is not sent again by the transport', async (t) => {
  const { provider, broker } = await world(t, { provider: { graceSeconds: 60 } });
  const client = await broker.client();
  await signIn(client);
  provider.counters.reset();
  provider.faults.add({ kind: 'reset' });
  const asked = client.call('session.refresh', { session_id: 'demo' }).catch(() => {});
  await until('the first request', () => provider.counters.requests.token >= 1);
  // A transport would send again at once; the broker itself asks once more, after a second at the earliest.
  await sleep(700);
  assert.equal(provider.counters.requests.token, 1);
  provider.faults.clear();
  await asked;
});

test('the provider is switched off and comes back: the session is still there', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  await signIn(client);
  provider.server.closeAllConnections();
  await new Promise((resolve) => { provider.server.close(resolve); });
  const failure = await client.callFails('session.refresh', { session_id: 'demo' });
  assert.equal(failure.errorName, 'provider_unavailable', failure.message);
  await new Promise((resolve) => { provider.server.listen(provider.port, '127.0.0.1', resolve); });
  await worksAgain(provider, client);
});

test('a token that has ended while the provider is away: provider_unavailable, and a token when it is back', async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: 3 } });
  const client = await broker.client();
  await signIn(client);
  const token = await client.call('token.get', { provider: 'demo' });
  provider.faults.add({ kind: 'status', status: 503 });
  // expires_at is in whole seconds.
  await until('the end of the token', () => Date.parse(token.expires_at) + 1000 < Date.now());
  const failure = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(failure.errorName, 'provider_unavailable', failure.message);
  const command = await broker.run(['token', 'demo']);
  assert.equal(command.status, 6, command.stderr);
  assert.equal(command.stdout, '');
  provider.faults.clear();
  await worksAgain(provider, client);
});

test('a refresh refused while the access token is good: it is served on, and the refusal believed when it is used up', async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: 20 } });
  const client = await broker.client();
  const { expires_at: end } = await signIn(client);
  provider.counters.reset();
  provider.faults.add({ kind: 'error', error: 'invalid_grant', description: 'Token has been expired or revoked.' });
  const failure = await client.callFails('session.refresh', { session_id: 'demo' });
  assert.equal(failure.errorName, 'sign_in_again', failure.message);
  const held = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(held.access_token)).status, 200);
  assert.equal((await client.call('session.show', { session_id: 'demo' })).state, 'active');
  assert.equal(provider.counters.requests.token, 2);
  await until('the end of the token', () => Date.parse(end) + 1000 < Date.now(), { deadlineMilliseconds: 30000 });
  const over = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(over.errorName, 'sign_in_again', over.message);
  assert.equal(over.data.reason, 'revoked');
  const requests = provider.counters.requests.token;
  assert.ok(requests <= 4, `${requests} token requests`);
  await client.callFails('session.refresh', { session_id: 'demo' });
  await client.callFails('token.get', { provider: 'demo' });
  assert.equal(provider.counters.requests.token, requests, 'a sign-in that has ended bothers nobody');
});

test('metadata that is an HTML page: the sign-in says so and the next one works', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  provider.faults.add({ route: 'discovery', kind: 'html' });
  const failure = await client.callFails('signin.start', { provider: 'demo' });
  assert.ok(['provider_unavailable', 'provider_error'].includes(failure.errorName), failure.message);
  provider.faults.clear();
  await signIn(client);
});

test('a userinfo endpoint that is away does not lose the sign-in', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  provider.faults.add({ route: 'userinfo', kind: 'status', status: 503 });
  const session = await signIn(client);
  assert.ok(session.account.label.length > 0);
  provider.faults.clear();
  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).body.sub, 'ana');
});
