// Rate limits: a thousand asks get the burst and what the average gives meanwhile, warm or not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';

async function limited(t, rateLimits) {
  const broker = new Broker({ config: {
    store: { backend: 'memory' }, access: { mode: 'trusting' }, rate_limits: rateLimits } });
  t.after(() => broker.remove());
  await broker.start();
  const added = await broker.run(['apikey', 'add', 'k', '--value-file', '-'], { input: 'v\n' });
  assert.equal(added.status, 0, added.stderr);
  return broker;
}

const params = { provider: 'apikey', account: 'k' };

test('a thousand asks: burst and average, the figures in the error, one row', async (t) => {
  const broker = await limited(t, { requests: 100, window_seconds: 60, burst: 10 });
  const begun = Date.now();
  let granted = 0;
  let failure;
  for (let batch = 0; batch < 10; batch += 1) {
    const client = await broker.client(); // coming anew does not help
    for (let i = 0; i < 100; i += 1) {
      try {
        await client.call('token.get', params);
        granted += 1;
      } catch (error) {
        assert.equal(error.errorName, 'rate_limited', error.message);
        failure = error;
      }
    }
    await client.close();
  }
  const most = 10 + Math.ceil(((Date.now() - begun) / 60000) * 100) + 1;
  assert.ok(granted >= 10 && granted <= most, `${granted} of at most ${most}`);
  assert.equal(failure.code, -31008);
  assert.equal(failure.data.limit, 100);
  assert.equal(failure.data.remaining, 0);
  assert.ok(failure.data.retry_after_seconds >= 1);
  assert.ok(Date.parse(failure.data.reset_at) > Date.now() - 1000, failure.data.reset_at);
  const { rows } = JSON.parse((await broker.run(['audit', 'list', '--limit', '1000', '--json'])).stdout);
  const storms = rows.filter((row) => row.kind === 'rate.limited');
  const tenths = Math.ceil((Date.now() - begun) / 10000);
  assert.ok(storms.length >= 1 && storms.length <= tenths + 1, `${storms.length} rows in ${tenths} times ten seconds`);
});

test('another program is not made to suffer, unless the limit is for all together', async (t) => {
  const broker = await limited(t, { requests: 60, window_seconds: 60, burst: 3,
    overall: { requests: 60, window_seconds: 60, burst: 5 } });
  const client = await broker.client();
  for (let i = 0; i < 3; i += 1)
    await client.call('token.get', params);
  assert.equal((await client.callFails('token.get', params)).errorName, 'rate_limited');
  const seen = [];
  for (let i = 0; i < 6; i += 1)
    seen.push((await broker.run(['token', 'apikey:k'])).status);
  assert.equal(seen[0], 0, 'the command line is another program');
  assert.ok(seen.includes(10), `exit status 10 says rate limited: ${seen}`);
});

test('nothing is limited unless somebody wants it', async (t) => {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' } } });
  t.after(() => broker.remove());
  await broker.start();
  await broker.run(['apikey', 'add', 'k', '--value-file', '-'], { input: 'v\n' });
  const client = await broker.client();
  for (let i = 0; i < 2000; i += 1)
    assert.equal((await client.call('token.get', params)).access_token, 'v');
});
