// One point of a sweep: one call of one kind fails in one phase, and what is expected of the broker then.

import { sleep } from '../../end_to_end/support/wait.mjs';
import { phases } from './fault_world.mjs';

// {phase, kind, number, error}: undefined if there was no such call; else {outcome, problem?}. Outcomes:
//   unharmed  what was asked was done
//   refused   it was not, the caller was told why, and the daemon lives
//   ended     the daemon ended by itself, said why, and has an exit status
// problem: what must not be: a signal, a hang, an end without a word, anything lost.
export async function tryPoint(world, { phase, kind, number, error, inARow }) {
  const { before, act, lasts } = phases[phase];
  const problems = [];
  await before(world);
  world.control.arm(kind, number, error, inARow);
  const answer = await act(world).catch((failure) => ({ good: false, error: failure.message, failed: true }));
  const fired = world.control.fired();
  world.control.disarm();
  if (fired === 0 && answer.good && (phase !== 'stop'))
    return undefined;
  if (answer.failed)
    problems.push(answer.error);
  const hurt = world.broker.daemon.stderr.split('\n').filter((line) => line.startsWith('FaultShim'));
  let outcome = await outcomeOf(world, phase, answer, problems);
  const words = world.words;
  if (outcome !== 'ended' && phase !== 'stop') {
    const served = await world.servedInTheEnd(phase === 'start' ? 5000 : undefined);
    if (!served.good && world.ended !== undefined) // by what it does behind the scenes
      outcome = await outcomeOf(world, phase, answer, problems);
    else if (!served.good && phase !== 'start')
      problems.push(`it lives, and does not serve: ${served.error}`);
  }
  await world.kill();
  await checkAfterwards(world, answer.good ? lasts : undefined, problems);
  if (fired === 0 && problems.length === 0)
    return undefined;
  return { outcome, ...(problems.length > 0 && { problem: problems.join('; '), hurt: hurt.slice(-3), words: words.slice(-1500) }) };
}

async function outcomeOf(world, phase, answer, problems) {
  if (!answer.good && phase !== 'stop') // it may be about to end, for which the others have no word
    await Promise.race([world.broker.daemon.ended, sleep(150)]);
  if (world.ended === undefined || phase === 'stop') {
    if (phase === 'stop' && world.ended === undefined)
      return 'refused';
    const end = phase === 'stop' ? await world.ended : { status: 0 };
    if (end.signal)
      problems.push(`ended with ${end.signal}`);
    if (!answer.good && !answer.error)
      problems.push('refused without a word');
    return answer.good ? 'unharmed' : 'refused';
  }
  const end = await world.ended;
  if (end.signal)
    problems.push(`ended with ${end.signal}`);
  else if (world.words === '')
    problems.push(`ended with ${end.status} and without a word`);
  return 'ended';
}

// Everything is there after a start without faults.
async function checkAfterwards(world, lasts, problems) {
  const start = await world.spawn().catch((failure) => ({ end: { status: failure.message } }));
  if (start.end) {
    problems.push(`does not start again: ${world.words}`);
    return;
  }
  const served = await world.servedInTheEnd();
  if (!served.good)
    problems.push(`not served after a new start: ${served.error}`);
  const refreshed = await world.refreshedInTheEnd();
  if (!refreshed.good)
    problems.push(`cannot refresh after a new start: ${refreshed.error}`);
  if (lasts && !await lasts(world))
    problems.push(`what was done is undone after a new start: ${JSON.stringify(await world.sessions())}`);
}
