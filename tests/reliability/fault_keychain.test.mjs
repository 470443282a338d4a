// A piece of the fault sweep over a keychain (docs/reliability.md), in a real gnome-keyring: what is sent while the broker
// starts fails once, each time another piece of it, among them what goes to the session bus.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sleep } from '../end_to_end/support/wait.mjs';
import { FaultWorld, phases } from './support/fault_world.mjs';

test('T-45: the session bus closes while the keychain is asked for the first time', { timeout: 540000 }, async (t) => {
  const world = await FaultWorld.make({ graceSeconds: 600, store: { backend: 'keychain' } });
  t.after(() => world.remove());
  await world.kill();
  world.control.forget();
  await phases.start.act(world);
  const count = world.control.counts().send;
  assert.ok(count > 20, `${count} sends`);
  const ends = [];
  const seen = () => ends.some((words) => words.includes('the session bus has closed'));
  const numbers = (from) => Array.from({ length: count - from + 1 }, (_, index) => from + index);
  // Two libraries speak with the bus in an order of their own, so that the piece that it closes for is not hit in each round.
  // It is none of the first quarter: those go to the starter.
  const again = Array.from({ length: 8 }, () => numbers(Math.ceil(count / 4))).flat();
  for (const [tried, number] of [...numbers(1), ...again].entries()) {
    if (tried >= count && seen())
      break;
    await world.kill();
    world.control.arm('send', number, 'ECONNRESET');
    await phases.start.act(world);
    world.control.disarm();
    await Promise.race([world.broker.daemon.ended, sleep(300)]); // it may be about to end
    if (world.ended === undefined)
      continue;
    const end = await world.ended;
    assert.equal(end.signal, null, `send ${number}: ${world.words}`);
    assert.notEqual(end.status, 0, `send ${number}: nobody starts it again`);
    assert.notEqual(world.words, '', `send ${number}: without a word`);
    ends.push(world.words);
  }
  assert.ok(seen(), ends.join('\n'));
});
