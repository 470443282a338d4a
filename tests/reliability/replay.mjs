// A broker signs in, refreshes, ends, is killed, changes its keys; everything that it writes is recorded. Then every state
// that a power cut could have left on the disk is made and opened. Prints how many of which kind there were; the exit status
// is 1 if one does not open, is not sound, or has lost a refresh token that somebody counted on.
//   tests/reliability/replay [--refreshes 6] [--keep DIRECTORY] [--without-sync state.sqlite-wal] [--out FILE]

import { spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { Broker, programs } from '../end_to_end/support/broker.mjs';
import { signIn } from '../end_to_end/support/journey.mjs';
import { until } from '../end_to_end/support/wait.mjs';
import { after, digestOf, eachCrashState, readHistory } from './support/disk_history.mjs';
import { fileStoreWorld } from './support/file_store_world.mjs';

const { values } = parseArgs({ options: {
  refreshes: { type: 'string', default: '6' }, // in each of four lives of the broker
  keep: { type: 'string' }, // where states that are not good are left to be looked at
  out: { type: 'string' },
  'without-sync': { type: 'string' }, // syncs of these files count for nothing: shows that this check would notice
} });
const refreshes = Number(values.refreshes);
const room = mkdtempSync(existsSync('/dev/shm') ? '/dev/shm/kb-crash-' : '/tmp/kb-crash-');
const recordPath = join(room, 'record');

async function recorded() {
  const { broker, remove } = await fileStoreWorld({ provider: { graceSeconds: 0 } });
  const mark = (name) => appendFileSync(recordPath, `M ${name}\n`);
  const environment = { LD_PRELOAD: join(programs, 'write_recorder.so'), KEYBEARER_RECORD: recordPath,
    KEYBEARER_RECORD_BELOW: join(broker.home, 'state') };
  const start = async () => {
    broker.daemon = broker.spawnDaemon([], { env: environment });
    await Broker.ready(broker.daemon);
    return broker.client();
  };
  const refresh = async (client, times = refreshes) => {
    for (let i = 0; i < times; i += 1) {
      mark('ask');
      await client.call('session.refresh', { session_id: 'demo' });
      mark('answered');
    }
  };
  const settled = (client) => until('everything lies in the store', async () => (await client.call('health.get')).unsaved === 0);
  let client = await start();
  await signIn(client);
  mark('signed in');
  await refresh(client);
  await broker.stop();
  client = await start();
  await refresh(client);
  await settled(client);
  await broker.kill();
  client = await start();
  await refresh(client);
  await client.call('store.rekey');
  await refresh(client);
  await broker.stop();
  copyFileSync(join(broker.home, 'store.key'), join(room, 'store.key'));
  await remove();
  const lies = values['without-sync'];
  return readHistory(readFileSync(recordPath)).filter(({ op, path }) => op !== 'S' || lies === undefined || !path.endsWith(lies));
}

// What must be there before the entry of each index: how many refreshes were answered, whether the next one was asked.
function promisesOf(entries) {
  const promises = [];
  let now = { signedIn: false, answered: 0, asked: false };
  let waiting = false;
  for (const { op, path } of entries) {
    promises.push(now);
    if (op === 'M' && path === 'signed in')
      now = { ...now, signedIn: true };
    if (op === 'M')
      waiting = path === 'ask';
    if (waiting && op === 'Q')
      now = { ...now, asked: true };
    if (waiting && op === 'A') {
      now = { ...now, answered: now.answered + 1, asked: false };
      waiting = false;
    }
  }
  promises.push(now);
  return promises;
}

class Checker {
  constructor() {
    this.process = spawn(join(programs, 'crash_state_check'), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async look(home) {
    this.process.stdin.write(`${home}\n`);
    const { value, done } = await this.lines.next();
    if (done)
      throw new Error(`crash_state_check has ended at ${home}`);
    return JSON.parse(value);
  }

  end() {
    this.process.stdin.end();
  }
}

function lay(home, files) {
  mkdirSync(join(home, 'state', 'audit'), { recursive: true, mode: 0o700 });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(home, 'state', path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, 'state', path), content, { mode: 0o600 });
  }
  copyFileSync(join(room, 'store.key'), join(home, 'store.key'));
}

let firstGeneration; // of the sign-in
function wrongWith(found, { signedIn, answered, asked }) {
  if (!found.opens)
    return `does not open: ${found.problem}`;
  if (found.integrity)
    return found.integrity;
  if (found.audit !== true)
    return `the audit log is not intact: ${found.findings}`;
  if (!signedIn)
    return undefined;
  if (found.session === undefined)
    return 'the session is gone';
  firstGeneration ??= found.generation;
  const wanted = firstGeneration + answered;
  if (found.generation < wanted)
    return `generation ${found.generation}, but ${wanted} was answered`;
  if (asked && found.generation === wanted && found.intent !== wanted)
    return `generation ${wanted} was sent to the provider, and no intent says so`;
  return undefined;
}

const started = Date.now();
const entries = await recorded();
const promises = promisesOf(entries);
const states = new Map(); // digest and promise -> {files, kind, index}
eachCrashState(entries, (base, more, kind, index) => {
  const name = `${digestOf(after(base, more))} ${JSON.stringify(promises[index])}`;
  if (!states.has(name))
    states.set(name, { base, more, kind, index });
});
const kinds = {};
const problems = [];
const waiting = [...states.values()];
const contents = new Set([...states.keys()].map((name) => name.split(' ')[0])).size;
const total = waiting.length;
const check = async () => {
  const checker = new Checker();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const home = mkdtempSync(join(room, 'home-'));
    lay(home, after(next.base, next.more));
    const found = await checker.look(home);
    const wrong = wrongWith(found, promises[next.index]);
    kinds[next.kind] = (kinds[next.kind] ?? 0) + 1;
    if (wrong) {
      problems.push({ index: next.index, kind: next.kind, wrong, before: entries.slice(Math.max(0, next.index - 4), next.index + 1)
        .map(({ op, path, at, length }) => [op, path, at, length].filter((one) => one !== undefined).join(' ')) });
      if (values.keep && problems.length < 10)
        lay(join(values.keep, `state-${next.index}-${problems.length}`), after(next.base, next.more));
    }
    rmSync(home, { recursive: true });
  }
  checker.end();
};
await check(); // in order: the first state behind the sign-in says which generation it had
const result = { entries: entries.length, writes: entries.filter(({ op }) => op === 'W').length,
  syncs: entries.filter(({ op }) => op === 'S' || op === 'D').length, refreshes: promises.at(-1).answered, states: total,
  different_contents: contents, by_kind: kinds, bad: problems.length, problems: problems.slice(0, 25), seconds: Math.round((Date.now() - started) / 1000) };
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
if (values.out)
  writeFileSync(values.out, `${JSON.stringify({ ...result, problems }, null, 2)}\n`);
rmSync(room, { recursive: true, force: true });
process.exitCode = problems.length === 0 && total > 100 ? 0 : 1;
