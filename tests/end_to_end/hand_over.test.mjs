// A new version is on the disk: the broker becomes it, and nobody who asks meanwhile is turned away.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram, daemonProgram } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { LineClient } from './support/line_client.mjs';
import { until } from './support/wait.mjs';

// A home with programs of its own, so that they can be replaced.
async function installed(t, config = {}) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...config } });
  t.after(() => broker.remove());
  broker.bin = join(broker.home, 'bin');
  mkdirSync(broker.bin, { mode: 0o700 });
  for (const program of [daemonProgram, commandProgram])
    copyFileSync(program, join(broker.bin, program.split('/').pop()));
  broker.keybearer = (parameters, options = {}) => run(join(broker.bin, 'keybearer'), parameters,
    { env: broker.environment, ...options });
  await broker.start({ program: join(broker.bin, 'keybearerd') });
  t.after(async () => { await broker.daemon.stop(); });
  return broker;
}

// As a package manager does it: the new file is written beside the old one and takes its name.
function upgrade(broker) {
  copyFileSync(daemonProgram, join(broker.bin, '.new'));
  renameSync(join(broker.bin, '.new'), join(broker.bin, 'keybearerd'));
}

async function healthOf(broker) {
  const client = await LineClient.open(broker.socket);
  const health = await client.call('health.get');
  await client.close();
  return health;
}

// A client as the protocol describes it: what the broker said goodbye to without an answer is asked again.
class Repeating {
  constructor(socket) {
    this.path = socket;
    this.refused = 0;
    this.repeated = 0;
    this.handOvers = 0;
  }

  async ask(method, params) {
    for (;;) {
      const line = this.connection ??= await this.open();
      const answer = await line.ask(method, params);
      if (answer !== undefined)
        return answer;
      assert.ok(line.goodbye, 'the connection ended without a goodbye');
      this.connection = undefined;
      this.repeated += 1;
    }
  }

  async open() {
    const state = { received: '', goodbye: false, waiting: new Map(), id: 0 };
    const socket = connect(this.path);
    await new Promise((resolve, reject) => { socket.once('connect', resolve); socket.once('error', reject); });
    socket.setEncoding('utf8');
    // What could not be written, or lay unread when the broker closed, was not looked at either.
    socket.on('error', ({ code }) => { state.goodbye ||= code === 'EPIPE' || code === 'ECONNRESET'; });
    socket.on('data', (chunk) => {
      state.received += chunk;
      for (let end; (end = state.received.indexOf('\n')) >= 0;) {
        const message = JSON.parse(state.received.slice(0, end));
        state.received = state.received.slice(end + 1);
        if (message.params?.topic === 'broker.restarting') {
          state.goodbye = true;
          this.handOvers += 1;
        } else {
          state.waiting.get(message.id)?.(message);
        }
      }
    });
    socket.on('close', () => { for (const resolve of state.waiting.values()) resolve(undefined); state.over = true; });
    state.ask = (method, params) => new Promise((resolve) => {
      if (state.over)
        return resolve(undefined);
      state.id += 1;
      state.waiting.set(state.id, resolve);
      socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: state.id, method, params })}\n`);
    });
    state.end = () => socket.destroy();
    const greeting = await state.ask('hello', { protocol: 1, client: { name: 'repeating', version: '1' } });
    if (greeting === undefined) {
      assert.ok(state.goodbye);
      return this.open();
    }
    return state;
  }
}

test('O3: ten upgrades under twenty clients lose no request', { timeout: 240000 }, async (t) => {
  const broker = await installed(t);
  const operator = broker.environment;
  const add = await run(join(broker.bin, 'keybearer'), ['apikey', 'add', 'door', '--value-file', '-'],
    { env: operator, input: 'the-value-of-the-key' });
  assert.equal(add.status, 0, add.stderr);
  const pid = broker.daemon.pid;
  let goOn = true;
  const answers = { line: 0, command: 0 };
  const lines = Array.from({ length: 10 }, () => new Repeating(broker.socket));
  const work = lines.map(async (client) => {
    while (goOn) {
      const answer = await client.ask('health.get', {});
      assert.ok(answer.result, JSON.stringify(answer));
      answers.line += 1;
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
    client.connection?.end();
  });
  for (let i = 0; i < 10; i += 1) {
    work.push((async () => {
      while (goOn) {
        const answer = await broker.keybearer(['--no-spawn', 'health']);
        assert.equal(answer.status, 0, answer.stderr);
        answers.command += 1;
      }
    })());
  }
  const starts = new Set();
  for (let i = 0; i < 10; i += 1) {
    upgrade(broker);
    const restarted = await broker.keybearer(['--json', '--no-spawn', 'restart']);
    assert.equal(restarted.status, 0, restarted.stderr);
    assert.equal(JSON.parse(restarted.stdout).pid, pid, 'the process goes on, with its place in the service manager');
    starts.add(statSync(`/proc/${pid}/exe`).ino);
    const before = answers.line;
    await until('answers of the new one', () => answers.line >= before + 10);
  }
  goOn = false;
  await Promise.all(work);
  assert.ok(starts.size >= 2, 'the programs that ran were others');
  assert.ok(answers.line >= 20 && answers.command >= 10, JSON.stringify(answers));
  const handOvers = lines.map((client) => client.handOvers);
  assert.ok(handOvers.reduce((sum, one) => sum + one) >= 10, `the connections were handed over: ${handOvers}`);
  t.diagnostic(`${answers.line} and ${answers.command} answers, ${lines.reduce((n, c) => n + c.repeated, 0)} repeated`);
});

test('O3: a request that is on its way is answered by the broker that has it', async (t) => {
  const broker = await installed(t);
  const before = await healthOf(broker);
  const client = await LineClient.open(broker.socket);
  const ids = Array.from({ length: 50 }, () => client.call('health.get'));
  const restarting = broker.keybearer(['--no-spawn', 'restart']);
  for (const answer of await Promise.all(ids))
    assert.equal(answer.pid, before.pid);
  assert.equal((await restarting).status, 0);
  await client.closed;
  assert.deepEqual(client.events.map((event) => event.topic), ['broker.restarting']);
});

test('O3: a program on the disk that refuses the configuration does not get it; the old one goes on', async (t) => {
  const broker = await installed(t);
  const good = readFileSync(join(broker.home, 'config', 'config.yaml'), 'utf8');
  broker.writeConfigText('store: {backend: cellar}\n');
  const refused = await broker.keybearer(['--no-spawn', 'restart']);
  assert.equal(refused.status, 2, refused.stderr);
  assert.match(refused.stderr, /cellar/);
  const health = await healthOf(broker);
  assert.equal(health.pid, broker.daemon.pid);
  broker.writeConfigText(good);
  assert.equal((await broker.keybearer(['--no-spawn', 'restart'])).status, 0);
});

test('O3: a program on the disk that does not start is not started', async (t) => {
  const broker = await installed(t);
  writeFileSync(join(broker.bin, '.new'), '#!/bin/false\n');
  chmodSync(join(broker.bin, '.new'), 0o755);
  renameSync(join(broker.bin, '.new'), join(broker.bin, 'keybearerd'));
  const refused = await broker.keybearer(['--no-spawn', 'restart']);
  assert.notEqual(refused.status, 0);
  const health = await healthOf(broker);
  assert.equal(health.pid, broker.daemon.pid);
  assert.deepEqual(health.findings.filter(({ name }) => name.startsWith('program_')).map(({ name }) => name),
    ['program_refused']);
});

test('a signal to end that comes after a hand-over is heard', async (t) => {
  const broker = await installed(t);
  assert.equal((await broker.keybearer(['--no-spawn', 'restart'])).status, 0);
  const end = await broker.daemon.stop();
  assert.deepEqual(end, { status: 0, signal: null });
  assert.equal((await broker.keybearer(['--no-spawn', 'health'])).status, 3);
});

test('two restarts at once are one hand-over after the other', async (t) => {
  const broker = await installed(t);
  const both = await Promise.all([broker.keybearer(['--no-spawn', 'restart']), broker.keybearer(['--no-spawn', 'restart'])]);
  for (const each of both)
    assert.equal(each.status, 0, each.stderr);
  await until('the broker answers', async () => (await healthOf(broker)).pid === broker.daemon.pid);
});
