// The broker and its gateway under a steady load for hours, with a fault each minute: does anything grow? Prints a report
// as JSON and draws it; the exit status is 1 if memory, descriptors, threads or files grow past their bounds, or if a
// request fails while nothing is wrong.
// Told to end (SIGTERM, Ctrl-C) it reports what there was until then.
//   tests/reliability/soak [--hours 8] [--rate 50] [--clients 1000] [--streams 100] [--out FILE.json] [--plot FILE.svg]

import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startProvider } from '../support/provider.mjs';
import { BareUpstream } from '../end_to_end/support/bare_upstream.mjs';
import { GatewayWorld } from '../end_to_end/support/gateway_world.mjs';
import { gatewayOf } from '../end_to_end/support/mcp_processes.mjs';
import { signIn } from '../end_to_end/support/journey.mjs';
import { sleep } from '../end_to_end/support/wait.mjs';
import { fileStore } from './support/file_store_world.mjs';
import { percentile, slope } from './support/numbers.mjs';
import { sampleFiles, sampleProcess } from './support/process_sample.mjs';
import { soakFaults } from './support/soak_faults.mjs';
import { SoakLoad, Streams } from './support/soak_load.mjs';
import { svgPlot } from './support/svg_plot.mjs';

const { values } = parseArgs({ options: {
  hours: { type: 'string', default: '8' },
  rate: { type: 'string', default: '50' },
  clients: { type: 'string', default: '1000' },
  streams: { type: 'string', default: '100' },
  'fault-seconds': { type: 'string', default: '60' },
  out: { type: 'string' },
  plot: { type: 'string' },
} });
const seconds = Number(values.hours) * 3600;
const sampleSeconds = 10;
const quietSeconds = 40; // after a fault: pauses before retries, a gateway that starts
const bounds = {
  memory_growth_mib: 2, // and 2 an hour; from the idle state before to the one after
  fds_growth: 8,
  threads_growth: 2,
  timers_growth: 2,
  wal_mib: 16,
};

const cleanUp = [];
const t = { after: (work) => cleanUp.unshift(work) };
const provider = await startProvider({ accessTokenSeconds: 30, graceSeconds: 10 });
t.after(() => provider.stop());
const upstream = await BareUpstream.start(t);
upstream.hits = { push: () => {} }; // hours of them would fill this process
const streams = new Streams();
upstream.answer('desk', streams.answers);
const world = await GatewayWorld.start(t, { store: fileStore, services: { desk: { url: upstream.url('desk') } },
  config: { providers: { demo: { issuer: provider.issuer, client_id: provider.clientId,
    scopes: ['openid', 'email', 'offline_access'] } } },
  prepare: (broker) => writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 }) });
const shared = { broker: world.broker, provider, upstream, streams, answers: streams.answers };
const first = await world.broker.client();
await signIn(first);
const key = await world.key('soak', 'desk');
const load = new SoakLoad(world, key, Number(values.clients));

const daemon = () => world.broker.daemon.pid;
const state = join(world.broker.home, 'state');
function look(at) {
  const gateway = gatewayOf(world.broker);
  return { at, daemon: sampleProcess(daemon()), ...(gateway && { gateway: sampleProcess(gateway) }), files: sampleFiles(state) };
}

// The state that the end is held against: everything has been used once, nothing is connected. The gateway keeps a connection to
// a server for 55 s after its last request.
async function idle() {
  await sleep(Math.min(70000, seconds * 100));
  return look(0);
}
const warmUpEnd = Date.now() + Math.min(60000, seconds * 200);
const follow = () => Array.from({ length: Number(values.streams) }, () => streams.follow(world, key));
const early = follow();
await load.run(Number(values.rate), () => Date.now() < warmUpEnd);
await load.close();
streams.stop();
await Promise.all(early);
streams.start();
await first.close();
const before = await idle();

const started = Date.now();
const elapsed = () => (Date.now() - started) / 1000;
let told = false;
const going = () => !told && elapsed() < seconds;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => { told = true; });
const busy = new SoakLoad(world, key, Number(values.clients));
const samples = [];
const marks = [];
const failures = { in_trouble: {}, otherwise: {} };
let answered = 0;
let troubleUntil = 0;

async function sampler() {
  while (going()) {
    await sleep(sampleSeconds * 1000);
    const { counts, times } = busy;
    busy.clear();
    answered += counts.answered;
    const inTrouble = Date.now() - sampleSeconds * 1000 < troubleUntil;
    for (const [what, number] of Object.entries(counts.failed)) {
      const table = inTrouble ? failures.in_trouble : failures.otherwise;
      table[what] = (table[what] ?? 0) + number;
    }
    try {
      samples.push({ ...look(elapsed()), connections: busy.open, streams: streams.sends.size, rate: counts.answered / sampleSeconds,
        failed: Object.values(counts.failed).reduce((sum, one) => sum + one, 0), p50: percentile(times, 0.5), p99: percentile(times, 0.99) });
    } catch { /* the gateway has just gone */ }
    if (values.out)
      writeFileSync(`${values.out}.samples`, JSON.stringify({ marks, samples, failures }));
  }
}

async function saboteur() {
  const pause = Number(values['fault-seconds']) * 1000;
  for (let turn = 0; going() && elapsed() + pause / 1000 < seconds; turn += 1) {
    const next = Date.now() + pause;
    const [name, act] = soakFaults[turn % soakFaults.length];
    marks.push({ at: Math.round(elapsed()), name });
    troubleUntil = Infinity;
    await act(shared).catch((error) => marks.push({ at: Math.round(elapsed()), name: `${name}: ${error.message}` }));
    troubleUntil = Date.now() + quietSeconds * 1000;
    while (going() && Date.now() < next)
      await sleep(500);
  }
}

const followers = follow();
await Promise.all([busy.run(Number(values.rate), going), sampler(), saboteur()]);
await busy.close();
streams.stop();
await Promise.all(followers);
bounds.memory_growth_mib += 2 * elapsed() / 3600;
const after = await idle();

// By the hour, without the first fifth, in which pools and caches fill; the least of each two minutes, as what is needed for
// a moment is given back.
const settled = samples.filter(({ at }) => at > samples.at(-1).at / 5);
const floor = (of) => Object.values(Object.groupBy(settled.filter(of), ({ at }) => Math.floor(at / 120)))
  .map((some) => [some[0].at / 3600, Math.min(...some.map(of))]);
const perHour = (of) => Number(slope(floor(of)).toFixed(2));
const growth = (name, of) => Number((after[name][of] - before[name][of]).toFixed(2));
const processes = Object.fromEntries(['daemon', 'gateway'].map((name) => [name, {
  idle_before: before[name], idle_after: after[name],
  most_resident_mib: Math.max(...samples.map((sample) => sample[name]?.rss ?? 0)),
  resident_mib_per_hour: perHour((sample) => sample[name]?.rss),
  fds_per_hour: perHour((sample) => sample[name]?.fds),
}]));
const problems = [];
for (const name of ['daemon', 'gateway']) {
  for (const [of, bound] of [['rss', bounds.memory_growth_mib], ['fds', bounds.fds_growth],
    ['threads', bounds.threads_growth], ['timers', bounds.timers_growth]]) {
    if (growth(name, of) > bound)
      problems.push(`${name}: ${of} grew by ${growth(name, of)}, more than ${bound}`);
  }
}
const mostWal = Math.max(...samples.map(({ files }) => files.wal));
if (mostWal > bounds.wal_mib)
  problems.push(`the journals of SQLite had ${mostWal} MiB`);
for (const [what, number] of Object.entries(failures.otherwise))
  problems.push(`${number} requests failed while nothing was wrong: ${what}`);
const verified = await world.broker.run(['audit', 'verify']);
if (verified.status !== 0)
  problems.push(`audit verify: ${verified.stdout}${verified.stderr}`);

const report = { minutes: Math.round(elapsed() / 60), options: values, answered, failures, faults: marks.length,
  stream_events: streams.events, processes, most_wal_mib: mostWal, audit_mib_at_end: after.files.audit, state_mib_at_end: after.files.state,
  p50_ms: percentile(samples.map(({ p50 }) => p50), 0.5), p99_ms: percentile(samples.map(({ p99 }) => p99), 0.5),
  worst_p99_ms: Math.max(...samples.map(({ p99 }) => p99)), bounds, problems };
if (values.plot) {
  const curve = (name, of) => ({ name, points: samples.filter((sample) => of(sample) !== undefined).map((sample) => [sample.at, of(sample)]) });
  writeFileSync(values.plot, svgPlot(`Soak: ${report.minutes} minutes, ${values.rate} requests a second, a fault a minute (grey lines)`, [
    { title: 'resident memory, MiB', curves: [curve('daemon', (one) => one.daemon.rss), curve('gateway', (one) => one.gateway?.rss)] },
    { title: 'descriptors', curves: [curve('daemon', (one) => one.daemon.fds), curve('gateway', (one) => one.gateway?.fds),
      curve('clients of the socket', (one) => one.connections)] },
    { title: 'files, MiB', curves: [curve('audit log', (one) => one.files.audit), curve('SQLite journals', (one) => one.files.wal)] },
    { title: 'requests in a second', curves: [curve('answered', (one) => one.rate), curve('failed', (one) => one.failed / sampleSeconds)] },
    { title: 'time to the answer, ms', curves: [curve('p99', (one) => one.p99), curve('p50', (one) => one.p50)] },
  ], marks));
}
if (values.out)
  writeFileSync(values.out, `${JSON.stringify({ ...report, marks, samples }, null, 1)}\n`);
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
for (const work of cleanUp)
  await work();
process.exitCode = problems.length === 0 ? 0 : 1;
