// kill -9 of the broker, thousands of times, while it refreshes with a provider that rotates. Prints what became of it
// as JSON; the exit status is 1 if a session was lost, or anything else went as it should not.
//   tests/reliability/kill_loop [--count 10000] [--lanes 2] [--grace 10] [--token 4] [--seed N] [--out FILE]

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { summary } from './support/numbers.mjs';
import { restartMilliseconds } from './support/supervisor.mjs';

const { values } = parseArgs({ options: {
  count: { type: 'string', default: '10000' },
  lanes: { type: 'string', default: '2' }, // brokers at a time, each with a home and a provider of its own
  grace: { type: 'string', default: '10' }, // seconds for which the provider takes an old refresh token once more
  token: { type: 'string', default: '4' }, // seconds that an access token lives
  seed: { type: 'string', default: '1' },
  out: { type: 'string' },
  budget: { type: 'string', default: '800' }, // milliseconds from a kill to a token, for 95 of 100
} });
const lanes = Number(values.lanes);
const started = Date.now();
const all = { kills: {}, served: [], beforeReady: 0, lost: [], unexpected: [] };
const counters = new Map(); // of each lane's provider

function take(lane, { kills, served, beforeReady, lost, unexpected, ...rest }) {
  for (const [way, number] of Object.entries(kills))
    all.kills[way] = (all.kills[way] ?? 0) + number;
  all.served.push(...served);
  all.beforeReady += beforeReady;
  all.lost.push(...lost);
  all.unexpected.push(...unexpected);
  counters.set(lane, rest);
  if (values.out)
    writeFileSync(values.out, `${JSON.stringify(result(), null, 2)}\n`);
}

function result() {
  const of = (name) => [...counters.values()].reduce((sum, one) => sum + one[name], 0);
  return {
    kills: Object.values(all.kills).reduce((sum, number) => sum + number, 0),
    ways: all.kills,
    killed_again_before_served: all.beforeReady,
    refreshes: of('refreshes'),
    refresh_tokens_used_again_after_grace: of('reused'),
    sessions_lost: all.lost.length,
    milliseconds_from_kill_to_served: summary(all.served),
    of_these_the_supervisor_waits: restartMilliseconds,
    lost: all.lost.slice(0, 20),
    unexpected: all.unexpected.slice(0, 20),
    seconds: Math.round((Date.now() - started) / 1000),
    options: values,
  };
}

const children = Array.from({ length: lanes }, (_, lane) => {
  const kills = Math.floor((Number(values.count) + lane) / lanes);
  const child = fork(new URL('./kill_lane.mjs', import.meta.url),
    [kills, values.grace, values.token, Number(values.seed) * 1000 + lane].map(String), { execArgv: ['--no-warnings'] });
  child.on('message', (message) => take(lane, message));
  return child;
});
const ends = await Promise.all(children.map((child) => once(child, 'exit')));
const outcome = result();
process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
const good = ends.every(([status]) => status === 0) && outcome.sessions_lost === 0 && all.unexpected.length === 0
  && outcome.refresh_tokens_used_again_after_grace === 0 && outcome.kills >= Number(values.count)
  && outcome.milliseconds_from_kill_to_served.p95 <= Number(values.budget);
process.exitCode = good ? 0 : 1;
