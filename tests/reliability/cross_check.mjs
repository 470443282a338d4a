// The same as a fault sweep with another tool: strace lets the N-th system call of one name fail, whoever in the process makes
// it, from its start on. Prints what became of it; the exit status is 1 if there was a signal, a hang, or anything lost.
//   tests/reliability/cross_check [--calls fdatasync:EIO,pwrite64:ENOSPC] [--most 20]

import { parseArgs } from 'node:util';

import { Child } from '../end_to_end/support/children.mjs';
import { Broker, daemonProgram } from '../end_to_end/support/broker.mjs';
import { until } from '../end_to_end/support/wait.mjs';
import { FaultWorld } from './support/fault_world.mjs';

const { values } = parseArgs({ options: {
  calls: { type: 'string', default: 'fdatasync:EIO,fsync:EIO,pwrite64:ENOSPC,openat:EMFILE,accept4:EMFILE,unlink:EIO' },
  most: { type: 'string', default: '20' },
} });

const world = await FaultWorld.make({ graceSeconds: 600 });
const { broker } = world;
const table = {};
const problems = [];

// Ready, or ended by itself.
async function startUnderStrace(call, error, number) {
  broker.daemon = new Child('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', '-e', `trace=${call}`,
    '-e', `inject=${call}:error=${error}:when=${number}`, daemonProgram, '--ready-fd', '3'],
  { env: broker.environment, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  return Broker.ready(broker.daemon).then(() => true, () => false);
}

async function endOf(daemon) {
  const pid = broker.pidFromFile();
  if (daemon.isRunning && pid !== undefined)
    process.kill(pid, 'SIGKILL'); // strace ends with it, in the same way
  await daemon.ended;
}

for (const [call, error] of values.calls.split(',').map((one) => one.split(':'))) {
  const row = table[`${call} ${error}`] = { points: 0, ready: 0, served: 0, refreshed: 0 };
  for (let number = 1; number <= Number(values.most); number += 1) {
    const what = `${call} ${number} ${error}`;
    await world.kill();
    const ready = await startUnderStrace(call, error, number).catch((failure) => problems.push(`${what}: ${failure.message}`));
    const traced = broker.daemon;
    row.points += 1;
    if (ready === true) {
      row.ready += 1;
      row.served += (await world.served()).good ? 1 : 0;
      row.refreshed += (await world.ask('session', 'refresh', 'ana@example.com')).good ? 1 : 0;
      const inTheEnd = await world.servedInTheEnd();
      if (!inTheEnd.good)
        problems.push(`${what}: it lives, and does not serve: ${inTheEnd.error}`);
    } else {
      const { status, signal } = await traced.ended;
      if (signal || status > 128)
        problems.push(`${what}: ended with ${signal ?? status}: ${traced.stderr}`);
    }
    await endOf(traced);
    await until('its end', () => broker.pidFromFile() === undefined);
    await world.spawn();
    const served = await world.servedInTheEnd();
    const refreshed = await world.refreshedInTheEnd();
    if (!served.good || !refreshed.good)
      problems.push(`${what}: after a new start: ${served.error ?? ''} ${refreshed.error ?? ''}`);
  }
}
process.stdout.write(`${JSON.stringify({ table, problems }, null, 2)}\n`);
await world.remove();
process.exitCode = problems.length === 0 ? 0 : 1;
