// A sample of the fault sweep (docs/reliability.md): calls of every kind fail once in every phase of a broker's life, and
// it answers, refuses in words or ends in order, and nothing is lost. The whole of it is tests/reliability/sweep.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tryPoint } from './support/fault_point.mjs';
import { FaultWorld } from './support/fault_world.mjs';

const points = {
  start: [['open', 9, 'EIO'], ['read', 40, 'EIO'], ['write', 20, 'ENOSPC'], ['sync', 2, 'EIO'], ['mkdir', 1, 'ENOSPC'],
    ['socket', 2, 'EMFILE'], ['thread', 1, 'EAGAIN'], ['lock_memory', 1, 'ENOMEM'], ['allocate', 40, 'ENOMEM'],
    ['allocate', 15000, 'ENOMEM']],
  sign_in: [['sync', 2, 'EIO'], ['write', 30, 'ENOSPC'], ['socket', 2, 'EMFILE'], ['allocate', 5000, 'ENOMEM']],
  refresh: [['sync', 1, 'EIO'], ['sync', 2, 'EIO'], ['sync', 3, 'EIO'], ['write', 5, 'ENOSPC'], ['write', 20, 'ENOSPC'],
    ['open', 5, 'EMFILE'], ['map', 5, 'ENOMEM'], ['allocate', 1500, 'ENOMEM']],
  serve: [['accept', 1, 'EMFILE'], ['read', 3, 'EIO'], ['write', 2, 'ENOSPC'], ['allocate', 300, 'ENOMEM']],
  revoke: [['sync', 1, 'EIO'], ['write', 5, 'EIO'], ['connect', 1, 'ENETUNREACH']],
  stop: [['sync', 1, 'EIO'], ['write', 10, 'ENOSPC'], ['unlink', 1, 'EIO']],
};

for (const [phase, faults] of Object.entries(points)) {
  test(`T-45: ${faults.length} faults in the phase ${phase}`, { timeout: 240000 }, async (t) => {
    const world = await FaultWorld.make({ graceSeconds: 600 });
    t.after(() => world.remove());
    for (const [kind, number, error] of faults) {
      const result = await tryPoint(world, { phase, kind, number, error, inARow: 1 });
      const what = `${kind} ${number} fails with ${error}`;
      t.diagnostic(`${what}: ${result?.outcome ?? 'no such call'}`);
      assert.equal(result?.problem, undefined, `${what}: ${JSON.stringify(result)}`);
    }
  });
}
