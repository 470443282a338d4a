#!/usr/bin/env node
// What it costs to have many: sign-ins (10 to 10 000) and callers, in one run, so that the slope can be seen.
//
//   KEYBEARER_BIN_DIR=build/bin node tests/bench/scale.mjs [--credentials 10,100,1000,10000] [--callers 10,100,400]
//                                                          [--storm 1000]
//
// Sign-ins lie in a sealed file under a key file; each was made by an authorization code at a real token endpoint. A
// request and an idle second should cost the same with any number of them, start and memory grow in line. The storm: all
// tokens have ended when the broker starts, and all are asked for in one second.

import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { Broker } from '../end_to_end/support/broker.mjs';
import { sleep, until } from '../end_to_end/support/wait.mjs';
import { StrictProvider } from '../support/strict_provider.mjs';
import { signInAll } from './people.mjs';
import { median, percentile, say } from './results.mjs';

const { values: options } = parseArgs({ options: { credentials: { type: 'string', default: '10,100,1000,10000' },
  callers: { type: 'string', default: '10,100,400' }, storm: { type: 'string', default: '1000' },
  requests: { type: 'string', default: '3000' }, idle: { type: 'string', default: '20' } } });
const numbers = (text) => text.split(',').filter((word) => word !== '').map(Number);
const requests = Number(options.requests);
const roundsInTurn = 7;

function brokerOf(provider) {
  const broker = new Broker({ config: { store: { backend: 'file', key: 'key_file', key_file: '../store.key' },
    access: { mode: 'trusting' },
    providers: { demo: { issuer: provider.issuer, client_id: provider.clientId, scopes: ['openid', 'email', 'offline_access'] } } } });
  writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  return broker;
}

// Processor time of the daemon's threads until now, in microseconds.
function processorTime(broker) {
  const tasks = `/proc/${broker.daemon.pid}/task`;
  return readdirSync(tasks).reduce((sum, task) =>
    sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1000, 0);
}

// What nobody can share with it; pages of the program itself come and go.
function memory(broker) {
  const said = readFileSync(`/proc/${broker.daemon.pid}/smaps_rollup`, 'utf8');
  return Number(/^Private_Dirty: +(\d+)/m.exec(said)[1]) / 1024;
}

async function settled(client) {
  await until('everything is in the store', async () => (await client.call('health.get')).unsaved === 0,
    { deadlineMilliseconds: 120000, pauseMilliseconds: 200 });
}

// Where the growth of a figure is asked for: what one more costs, between the least and the most.
function slope(rows, of) {
  const [first, last] = [rows[0], rows.at(-1)];
  return (of(last) - of(first)) / (last.count - first.count);
}

// Warm requests, one after the other: what each takes the asker, and the broker of processor time, in microseconds.
async function warmRound({ broker, ask }) {
  const before = processorTime(broker);
  const times = [];
  for (let i = 0; i < requests; i += 1) {
    const start = performance.now();
    await ask(i * 7919);
    times.push((performance.now() - start) * 1000);
  }
  return { times, cost: (processorTime(broker) - before) / requests };
}

// Two brokers in turn, as the machine is not the same one from minute to minute. Each resolves to what a request cost.
async function inTurn(few, many) {
  const ratios = [];
  for (let i = 0; i < roundsInTurn; i += 1) {
    const base = await few();
    ratios.push(await many() / base);
  }
  return median(ratios);
}

// kept: it is left running, and its row has stop(). few: one that was kept, for S1.
async function oneCount(count, { kept = false, few } = {}) {
  const provider = await new StrictProvider({ accessTokenSeconds: 24 * 3600 }).start();
  const broker = brokerOf(provider);
  const stop = async () => {
    await broker.remove();
    await provider.stop();
  };
  let row;
  try {
    await broker.start();
    let client = await broker.client();
    const names = Array.from({ length: count }, (_, i) => `person${i}`);
    const begun = performance.now();
    await signInAll(client, names);
    const signIn = (performance.now() - begun) / count;
    await settled(client);
    const starts = [];
    for (let i = 0; i < 5; i += 1) {
      await broker.stop();
      const start = performance.now();
      await broker.start();
      starts.push(performance.now() - start);
    }
    client = await broker.client();
    await until('the store is open', async () => (await client.call('store.status')).state === 'ready');
    await sleep(6000); // what a start leaves to do is done
    const ask = (i) => client.call('token.get', { provider: 'demo', account: `${names[i % count]}@example.com` });
    for (let i = 0; i < count; i += 1)
      await ask(i);
    const { times, cost } = await warmRound({ broker, ask });
    const round = async () => (await warmRound({ broker, ask })).cost;
    const flat = few && await inTurn(few.round, round);
    const listed = performance.now();
    let page = await client.call('session.list', { limit: 1000 });
    let shown = page.sessions.length;
    while (page.next !== undefined) {
      page = await client.call('session.list', { limit: 1000, after: page.next });
      shown += page.sessions.length;
    }
    const list = performance.now() - listed;
    const restBegins = processorTime(broker);
    await sleep(Number(options.idle) * 1000);
    const idle = (processorTime(broker) - restBegins) / 1000 / Number(options.idle);
    row = { count, round, stop, flat, start: median(starts), memory: memory(broker) };
    say('', `${count} sign-ins: start to READY`, `${row.start.toFixed(0)} ms`);
    say('', `${count} sign-ins: warm token.get, p50 and p99`, `${median(times).toFixed(0)} and ${percentile(times, 0.99).toFixed(0)} us`, { beside: `${cost.toFixed(0)} us of the broker` });
    say('', `${count} sign-ins: session.list, all ${shown}`, `${list.toFixed(0)} ms`);
    say('', `${count} sign-ins: processor time in a second of rest`, `${idle.toFixed(2)} ms`);
    say('', `${count} sign-ins: private memory`, `${row.memory.toFixed(1)} MiB`);
    say('', `${count} sign-ins: one sign-in from its start to its end, 8 at once`, `${signIn.toFixed(1)} ms`);
    return row;
  } finally {
    if (!kept || row === undefined)
      await stop();
  }
}

async function credentials() {
  const [fewest, ...more] = numbers(options.credentials);
  const rows = [await oneCount(fewest, { kept: true })];
  try {
    for (const count of more)
      rows.push(await oneCount(count, { few: rows[0] }));
  } finally {
    await rows[0].stop();
  }
  if (rows.length < 2)
    return;
  const { flat } = rows.at(-1);
  const [least, most] = [rows[0].count, rows.at(-1).count];
  say('S1', `processor time a request, ${most} sign-ins to ${least}`, `${flat.toFixed(2)} x`, { budget: '<= 1.5 x', met: flat <= 1.5 });
  say('S2', 'start, one more sign-in', `${(slope(rows, (row) => row.start) * 1000).toFixed(1)} us`, { budget: '<= 100 us', met: slope(rows, (row) => row.start) <= 0.1 });
  say('S3', 'private memory, one more sign-in', `${(slope(rows, (row) => row.memory) * 1024).toFixed(2)} KiB`, { budget: '<= 8 KiB', met: slope(rows, (row) => row.memory) * 1024 <= 8 });
}

// Callers from several processes, as the broker gives one process a share of its connections only. ask(): every one of them
// asks, again and again; it resolves to the number of requests.
async function crowdOf(broker, count) {
  const parts = Array.from({ length: Math.ceil(count / 200) }, (_, i) =>
    spawn(process.execPath, [new URL('callers.mjs', import.meta.url).pathname, broker.socket, String(Math.min(200, count - i * 200)),
      String(Math.ceil(20000 / count))], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const lines = parts.map((part) => createInterface({ input: part.stdout })[Symbol.asyncIterator]());
  const said = async () => Promise.all(lines.map(async (line) => JSON.parse((await line.next()).value)));
  await said();
  return { stop: () => parts.forEach((part) => part.stdin.end()), ask: async () => {
    for (const part of parts)
      part.stdin.write('go\n');
    return (await said()).reduce((sum, one) => sum + one.requests, 0);
  } };
}

// One broker with so many callers, of whom none has asked yet but once.
async function crowded(provider, count) {
  const broker = brokerOf(provider);
  let crowd;
  const stop = async () => {
    crowd?.stop();
    await broker.remove();
  };
  try {
    await broker.start();
    const client = await broker.client();
    await signInAll(client, ['person0']);
    await settled(client);
    const idle = memory(broker);
    crowd = await crowdOf(broker, count);
    const round = async () => {
      const before = processorTime(broker);
      const asked = await crowd.ask();
      return (processorTime(broker) - before) / asked;
    };
    const row = { count, idle, held: memory(broker), round, stop };
    say('', `${count} callers: private memory`, `${row.held.toFixed(1)} MiB`);
    say('', `${count} callers: processor time a request`, `${(await round()).toFixed(0)} us`);
    return row;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function callers() {
  const provider = await new StrictProvider({ accessTokenSeconds: 24 * 3600 }).start();
  const rows = [];
  try {
    for (const count of numbers(options.callers))
      rows.push(await crowded(provider, count));
    const [few, many] = [rows[0], rows.at(-1)];
    const flat = await inTurn(few.round, many.round);
    say('S4', `processor time a request, ${many.count} callers to ${few.count}`, `${flat.toFixed(2)} x`, { budget: '<= 1.5 x', met: flat <= 1.5 });
    const each = (many.held - many.idle) / many.count * 1024;
    say('S5', 'private memory, one more caller', `${each.toFixed(1)} KiB`, { budget: '<= 64 KiB', met: each <= 64 });
  } finally {
    for (const row of rows)
      await row.stop();
    await provider.stop();
  }
}

async function storm(count) {
  const provider = await new StrictProvider().start();
  const broker = brokerOf(provider);
  try {
    await broker.start();
    let client = await broker.client();
    const names = Array.from({ length: count }, (_, i) => `person${i}`);
    provider.expiresAt = Date.now() + 40 * 1000 + count * 30;
    await signInAll(client, names);
    await settled(client);
    await broker.stop();
    await sleep(Math.max(0, provider.expiresAt - Date.now() + 1000));
    provider.expiresAt = undefined;
    provider.accessTokenSeconds = 3600;
    provider.delayMilliseconds = 100;
    const known = [...provider.families.values()].reduce((sum, family) => sum + family.refreshes.length, 0);
    provider.mostRunning = 0;
    await broker.start();
    client = await broker.client();
    await until('the store is open', async () => (await client.call('store.status')).state === 'ready');
    const clients = await Promise.all(Array.from({ length: 100 }, () => broker.client()));
    const begun = performance.now();
    const answers = await Promise.all(names.map(async (name, i) => {
      try {
        await clients[i % clients.length].call('token.get', { provider: 'demo', account: `${name}@example.com` });
        return performance.now() - begun;
      } catch (error) {
        return error.errorName ?? error.message;
      }
    }));
    const times = answers.filter((one) => typeof one === 'number');
    const errors = new Map();
    for (const one of answers.filter((answer) => typeof answer !== 'number'))
      errors.set(one, (errors.get(one) ?? 0) + 1);
    const refreshes = [...provider.families.values()].reduce((sum, family) => sum + family.refreshes.length, 0) - known;
    const beside = [...errors].map(([name, many]) => `${many} ${name}`).join(', ');
    say('S6', `${count} tokens ended in one second, provider of 100 ms: answered`, String(times.length), { beside, budget: String(count), met: times.length === count });
    say('S7', 'requests at the provider at once', String(provider.mostRunning), { budget: '<= 6', met: provider.mostRunning <= 6 });
    say('S8', 'refreshes; refresh tokens used twice', `${refreshes}; ${provider.reused}`, { budget: `${count}; 0`, met: refreshes === count && provider.reused === 0 });
    if (times.length > 0)
      say('S9', 'the slowest answer', `${(Math.max(...times) / 1000).toFixed(1)} s`, { beside: `p50 ${(median(times) / 1000).toFixed(1)} s`, budget: '<= 30 s', met: Math.max(...times) <= 30000 });
  } finally {
    await broker.remove();
    await provider.stop();
  }
}

if (options.credentials)
  await credentials();
if (options.callers)
  await callers();
if (options.storm)
  await storm(Number(options.storm));
process.exit(0);
