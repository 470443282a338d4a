// A piece of the fault sweep over a keychain (docs/reliability.md), in a real gnome-keyring: what is sent on the session bus
// while the broker starts fails once, each time another piece of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tryPoint } from './support/fault_point.mjs';
import { FaultWorld } from './support/fault_world.mjs';

test('T-45: the session bus closes while the keychain is asked for the first time', { timeout: 240000 }, async (t) => {
  const world = await FaultWorld.make({ graceSeconds: 600, store: { backend: 'keychain' } });
  t.after(() => world.remove());
  const outcomes = [];
  for (let number = 34; number < 52; number += 1) {
    const result = await tryPoint(world, { phase: 'start', kind: 'send', number, error: 'ECONNRESET', inARow: 1 });
    outcomes.push(`${number} ${result?.outcome ?? 'no such call'}`);
    assert.equal(result?.problem, undefined, `send ${number}: ${JSON.stringify(result)}`);
  }
  t.diagnostic(outcomes.join(', '));
  assert.ok(outcomes.some((one) => one.endsWith('ended')), outcomes.join(', '));
});
