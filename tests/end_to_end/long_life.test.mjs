// Short-lived tokens, rotation with reuse detection, eight clients that never stop asking: nobody has to sign in again,
// and each period costs one refresh. KEYBEARER_TEST_LIFE_SECONDS says how long (60).

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { sleep } from './support/wait.mjs';

const seconds = Number(process.env.KEYBEARER_TEST_LIFE_SECONDS ?? 60);
const tokenLife = 5;
const clients = 8;
const pauseMilliseconds = 100;

test(`tokens of ${tokenLife} s for ${seconds} s with ${clients} clients`, { timeout: (seconds + 120) * 1000 }, async (t) => {
  const { provider, broker } = await world(t, { provider: { accessTokenSeconds: tokenLife, graceSeconds: 0 } });
  const first = await broker.client();
  await signIn(first);
  provider.counters.reset();
  const end = Date.now() + seconds * 1000;
  let served = 0;
  let tried = 0;
  const ask = async (number) => {
    const client = await broker.client();
    let mine = number * 6; // so that not all try at once
    while (Date.now() < end) {
      const token = await client.call('token.get', { provider: 'demo', min_valid_seconds: 1 });
      served += 1;
      mine += 1;
      assert.ok(Date.parse(token.expires_at) > Date.now() - 1000, 'a token that has ended was handed out');
      if (mine % 50 === 0) {
        tried += 1;
        assert.equal((await provider.userinfo(token.access_token)).status, 200);
      }
      await sleep(pauseMilliseconds);
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => ask(number)));
  const { requests, granted, reused } = provider.counters;
  t.diagnostic(`${served} tokens served, ${tried} tried, ${granted.refresh_token} refreshes`);
  assert.ok(served > seconds * clients, `${served} tokens`);
  assert.ok(tried > 0);
  assert.equal(requests.authorization ?? 0, 0, 'nobody was sent to the browser');
  assert.equal(reused, 0);
  // Three quarters of a life, with jitter down to a half: between one a life and two.
  assert.ok(granted.refresh_token >= Math.floor(seconds / tokenLife), `${granted.refresh_token} refreshes`);
  assert.ok(granted.refresh_token <= Math.ceil(seconds / tokenLife) * 2, `${granted.refresh_token} refreshes`);
  assert.equal((await first.call('session.list')).sessions[0].state, 'active');
});
