// The broker that runs is confined, whatever it becomes; what it starts is not; and it can be switched off.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram, daemonProgram, programs } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { LineClient } from './support/line_client.mjs';
import { bridged } from './support/mcp_clients.mjs';
import { until } from './support/wait.mjs';

const program = fileURLToPath(new URL('support/stdio_program.mjs', import.meta.url));

function statusOf(pid, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

const filters = (pid) => statusOf(pid, 'Seccomp_filters');
const own = filters(process.pid);
const noFilters = Number.isNaN(own) ? 'this kernel has no seccomp filters' : false;

function childrenOf(pid) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return { pid: Number(name), name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
        parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
    } catch {
      return {};
    }
  }).filter(({ parent }) => parent === pid);
}

const starterOf = (pid) => childrenOf(pid).find(({ name }) => name === 'kb-starter')?.pid;

// A home with programs of its own, so that they can be replaced, and a service that is a program.
async function installed(t, { env = {}, more = {} } = {}) {
  const folder = mkdtempSync('/tmp/kb-local-');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const broker = new Broker({ env, config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...more,
    services: { files: { command: [process.execPath, '--no-warnings', program, folder], directory: folder } } } });
  t.after(() => broker.remove());
  broker.bin = join(broker.home, 'bin');
  mkdirSync(broker.bin, { mode: 0o700 });
  for (const each of [daemonProgram, commandProgram, join(programs, 'keybearer-gateway')])
    copyFileSync(each, join(broker.bin, each.split('/').pop()));
  broker.keybearer = (parameters) => run(join(broker.bin, 'keybearer'), parameters, { env: broker.environment });
  await broker.start({ program: join(broker.bin, 'keybearerd') });
  t.after(async () => { await broker.daemon.stop(); });
  return { broker, folder };
}

async function findingsOf(broker) {
  const client = await LineClient.open(broker.socket);
  const { findings } = await client.call('health.get');
  await client.close();
  return findings.map(({ name }) => name);
}

// A program in the place of the broker's that leaves a mark wherever it is executed.
function trap(broker, mark) {
  writeFileSync(join(broker.bin, '.new'), `#!/bin/sh\necho here > '${mark}'\nexit 1\n`);
  chmodSync(join(broker.bin, '.new'), 0o755);
  renameSync(join(broker.bin, '.new'), join(broker.bin, 'keybearerd'));
}

test('the broker has filters of its own, also once it has become another program; what it starts has none', { timeout: 120000, skip: noFilters }, async (t) => {
  const { broker, folder } = await installed(t);
  const { pid } = broker.daemon;
  const check = async () => {
    assert.equal(statusOf(pid, 'Seccomp'), 2);
    assert.equal(statusOf(pid, 'NoNewPrivs'), 1);
    assert.equal(filters(pid), own + 1, 'once, whatever it has become');
    const starter = starterOf(pid);
    assert.ok(starter, 'the starter is there');
    assert.equal(filters(starter), own);
    const client = await bridged(broker, 'files');
    const local = Number(await client.text('pid'));
    assert.equal(filters(local), own, 'a local program is not confined');
    assert.equal(childrenOf(pid).some((child) => child.pid === local), true, 'and is the broker\'s child');
    assert.ok(readdirSync(folder).length > 0, 'it writes outside of the broker\'s directories');
    await client.close();
    return starter;
  };
  const first = await check();
  for (let i = 0; i < 3; i += 1) {
    copyFileSync(daemonProgram, join(broker.bin, '.new'));
    renameSync(join(broker.bin, '.new'), join(broker.bin, 'keybearerd'));
    assert.equal((await broker.keybearer(['--no-spawn', 'restart'])).status, 0);
  }
  await until('the broker is back', async () => (await findingsOf(broker)) !== undefined);
  assert.equal(await check(), first, 'the starter goes from one to the next');
  await broker.daemon.stop();
  await until('the starter ends with the broker', () => !existsSync(`/proc/${first}`));
});

test('the filter bites: the broker that runs executes nothing but its own program', { timeout: 60000, skip: noFilters }, async (t) => {
  const { broker, folder } = await installed(t);
  if (/sandbox: this kernel has no Landlock/.test(broker.daemon.stderr))
    return t.skip('this kernel has no Landlock');
  trap(broker, join(folder, 'mark'));
  const refused = await broker.keybearer(['--no-spawn', 'restart']);
  assert.notEqual(refused.status, 0);
  assert.ok(!existsSync(join(folder, 'mark')), 'no shell has run');
  assert.ok((await findingsOf(broker)).includes('program_refused'));
});

test('switched off: no filter, no starter, and it is said', { timeout: 60000 }, async (t) => {
  const { broker, folder } = await installed(t, { more: { sandbox: false } });
  assert.equal(statusOf(broker.daemon.pid, 'Seccomp'), statusOf(process.pid, 'Seccomp'));
  assert.equal(starterOf(broker.daemon.pid), undefined);
  assert.match(broker.daemon.stderr, /sandbox: the configuration does without it/);
  assert.ok((await findingsOf(broker)).includes('sandbox_off'));
  const client = await bridged(broker, 'files');
  assert.equal(Number(await client.text('pid')) > 0, true);
  await client.close();
  trap(broker, join(folder, 'mark'));
  await broker.keybearer(['--no-spawn', 'restart']);
  assert.ok(existsSync(join(folder, 'mark')), 'the shell has run');
});

test('the variable switches it off, too', { timeout: 60000 }, async (t) => {
  const { broker } = await installed(t, { env: { KEYBEARER_SANDBOX: 'false' } });
  assert.equal(starterOf(broker.daemon.pid), undefined);
  assert.ok((await findingsOf(broker)).includes('sandbox_off'));
});

test('without its starter the broker ends, to be started anew', { timeout: 60000, skip: noFilters }, async (t) => {
  const { broker } = await installed(t);
  process.kill(starterOf(broker.daemon.pid), 'SIGKILL');
  assert.deepEqual(await broker.daemon.ended, { status: 1, signal: null });
  assert.match(broker.daemon.stderr, /the starter has ended/);
});

test('a successor that could not make its sockets is refused, and the broker goes on', { timeout: 60000, skip: noFilters }, async (t) => {
  const { broker, folder } = await installed(t);
  if (/sandbox: this kernel has no Landlock/.test(broker.daemon.stderr))
    return t.skip('this kernel has no Landlock');
  broker.writeConfig({ store: { backend: 'memory' }, access: { mode: 'trusting' },
    agent: { enabled: true, allow: ['github'], socket: join(folder, 'elsewhere', 'agent.sock') } });
  const refused = await broker.keybearer(['--no-spawn', 'restart']);
  assert.equal(refused.status, 2, refused.stderr);
  assert.match(refused.stderr, /agent\.socket: the broker may not write in/);
  assert.ok((await findingsOf(broker)).includes('program_refused'));
  await broker.daemon.stop();
  await broker.start({ program: join(broker.bin, 'keybearerd') });
  assert.ok(existsSync(join(folder, 'elsewhere', 'agent.sock')), 'one that is started anew may');
});

test('the gateway is confined by itself, as before', { timeout: 60000, skip: noFilters }, async (t) => {
  const { broker } = await installed(t);
  const client = await bridged(broker, 'files');
  await client.text('pid');
  const gateway = childrenOf(broker.daemon.pid).find(({ name }) => name.startsWith('keybearer-gat'));
  assert.equal(filters(gateway.pid), own + 1);
  await client.close();
});
