// A small crowd of what tests/bench/shared_store.mjs measures: Redis is restarted and fails over, and nobody has to sign
// in again.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runCrowd } from '../bench/shared_store.mjs';

test('S4: brokers refresh each credential once a period while Redis is restarted and fails over', async (t) => {
  const figures = await runCrowd({ brokers: 3, credentials: 20, seconds: 30, periods: 2, report: (line) => t.diagnostic(line) });
  t.diagnostic(JSON.stringify(figures));
  assert.equal(figures.sign_ins_again, 0);
  assert.equal(figures.sessions_ended, 0);
  assert.equal(figures.refresh_tokens_used_twice, 0);
  assert.equal(figures.too_early, 0);
  assert.ok(figures.refreshes >= figures.credentials * 2, 'all of them were renewed');
  assert.ok(figures.tokens_served > 100);
});
