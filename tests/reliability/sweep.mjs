// Every call that the broker makes fails once: the first open(), the second, ... in each phase of its life. Prints a table
// of what became of it; the exit status is 1 if there was a crash, a hang, or anything lost.
//   tests/reliability/sweep [--phases start,refresh] [--kinds sync,write] [--allocations 150] [--most N] [--lanes 2]
//                           [--grace 600] [--in-a-row 1] [--store keychain] [--out FILE]

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { kinds } from './support/fault_control.mjs';
import { FaultWorld, phases } from './support/fault_world.mjs';
import { tryPoint } from './support/fault_point.mjs';

const { values } = parseArgs({ options: {
  phases: { type: 'string', default: Object.keys(phases).join(',') },
  kinds: { type: 'string', default: Object.keys(kinds).join(',') },
  allocations: { type: 'string', default: '150' }, // of each phase, spread evenly; 0: every one, which takes hours
  most: { type: 'string', default: '0' }, // of each phase and kind; 0: every one
  lanes: { type: 'string', default: '2' },
  grace: { type: 'string', default: '600' }, // seconds for which the provider takes an old refresh token once more
  'in-a-row': { type: 'string', default: '1' },
  store: { type: 'string', default: 'file' }, // or keychain: in a gnome-keyring for each lane
  out: { type: 'string' },
  lane: { type: 'string' },
} });

const withKeyring = fileURLToPath(new URL('../support/with_keyring', import.meta.url));

// How many calls of each kind a phase makes: the most of three times, and some more, as no two are alike.
async function reference(world, phase) {
  const most = {};
  for (let round = 0; round < 3; round += 1) {
    await phases[phase].before(world);
    const from = phase === 'start' ? {} : world.control.counts();
    if (phase === 'start')
      world.control.forget();
    await phases[phase].act(world);
    for (const [kind, number] of Object.entries(world.control.counts()))
      most[kind] = Math.max(most[kind] ?? 0, number - (from[kind] ?? 0));
    if (!world.broker.daemon.isRunning)
      await world.spawn();
  }
  return most;
}

function pointsOf(phase, counted) {
  const points = [];
  const reads = phase === 'sign_in' ? 60 : Infinity; // most of its reads are those of the program that asks
  for (const kind of values.kinds.split(',')) {
    const count = counted[kind] + (counted[kind] > 0 ? Math.ceil(counted[kind] / 20) : 0);
    const most = Number(values.most) || (kind === 'allocate' && Number(values.allocations)) || (kind === 'read' ? reads : Infinity);
    const step = Math.max(1, count / most);
    for (const error of kinds[kind]) {
      for (let number = 1; number <= count; number += step)
        points.push({ phase, kind, number: Math.floor(number), error, inARow: Number(values['in-a-row']) });
    }
  }
  return points;
}

async function lane() {
  const [index, lanes] = values.lane.split('/').map(Number);
  const world = await FaultWorld.make({ graceSeconds: Number(values.grace),
    ...(values.store === 'keychain' && { store: { backend: 'keychain' } }) });
  for (const phase of values.phases.split(',')) {
    const counted = await reference(world, phase);
    for (const point of pointsOf(phase, counted)) {
      if ((point.number + point.error.length) % lanes !== index) // as each lane counts calls of its own
        continue;
      const result = await tryPoint(world, point);
      process.send({ ...point, ...(result ?? { outcome: 'not_reached' }) });
      if (result?.problem) // whatever is wrong now is not the next point's fault
        await anew(world);
    }
  }
  await world.remove();
}

async function anew(world) {
  await world.kill();
  await world.spawn().catch(() => {});
  await world.signIn('ana').catch(() => {});
}

async function main() {
  const started = Date.now();
  const results = [];
  const save = () => values.out && writeFileSync(values.out, `${JSON.stringify({ seconds: Math.round((Date.now() - started) / 1000),
    table: table(results), problems: results.filter((one) => one.problem) }, null, 2)}\n`);
  const children = Array.from({ length: Number(values.lanes) }, (_, index) => {
    const child = fork(new URL(import.meta.url), [...process.argv.slice(2), '--lane', `${index}/${values.lanes}`],
      values.store === 'keychain' ? { execPath: withKeyring, execArgv: [process.execPath, '--no-warnings'] }
        : { execArgv: ['--no-warnings'] });
    child.on('message', (result) => {
      results.push(result);
      if (result.problem)
        process.stderr.write(`${JSON.stringify(result, null, 1)}\n`);
      if (results.length % 20 === 0)
        save();
    });
    return child;
  });
  const ends = await Promise.all(children.map((child) => once(child, 'exit')));
  save();
  process.stdout.write(`${markdown(table(results))}\n${Math.round((Date.now() - started) / 1000)} s\n`);
  process.exitCode = ends.every(([status]) => status === 0) && results.every((one) => !one.problem) ? 0 : 1;
}

function table(results) {
  const rows = {};
  for (const { phase, outcome, problem } of results) {
    const row = rows[phase] ??= { points: 0, unharmed: 0, refused: 0, ended: 0, problems: 0 };
    if (outcome === 'not_reached')
      continue;
    row.points += 1;
    row[outcome] += 1;
    row.problems += problem ? 1 : 0;
  }
  return rows;
}

function markdown(rows) {
  const columns = ['points', 'unharmed', 'refused', 'ended', 'problems'];
  return [`| phase | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---:|').join('')}`,
    ...Object.entries(rows).map(([phase, row]) => `| ${phase} | ${columns.map((name) => row[name]).join(' | ')} |`)].join('\n');
}

await (values.lane === undefined ? main() : lane());
process.disconnect?.();
