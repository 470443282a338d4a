// Services that are programs, through keybearer mcp: several clients of both revisions at one program, processes that are
// killed under them, fresh tokens, and the questions to the person.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { bridged } from './support/mcp_clients.mjs';
import { gatewayOf } from './support/mcp_processes.mjs';
import { ask, Prompter } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const program = fileURLToPath(new URL('support/stdio_program.mjs', import.meta.url));

const isAlive = (pid) => {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
};

function configOf(folder, files = {}, more = {}) {
  return { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...more,
    services: { files: { command: [process.execPath, '--no-warnings', program, folder], directory: folder, ...files } } };
}

async function world(t, { files, more, start = true } = {}) {
  const folder = mkdtempSync('/tmp/kb-local-');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const broker = new Broker({ config: configOf(folder, files, more) });
  t.after(() => broker.remove());
  if (start)
    await broker.start();
  return { broker, folder, started: () => readdirSync(folder) };
}

test('six clients of both revisions share one program, and nobody gets what is another\'s', { timeout: 60000 }, async (t) => {
  const { broker, started } = await world(t);
  const clients = await Promise.all(['older', 'newer', 'older', 'newer', 'older', 'newer'].map((kind) => bridged(broker, 'files', { kind })));
  const texts = clients.flatMap((client, who) => Array.from({ length: 20 }, (unused, count) => ({ client, text: `${who}/${count}` })));
  const answers = await Promise.all(texts.map(({ client, text }) => client.text('echo', { text })));
  assert.deepEqual(answers, texts.map(({ text }) => text));
  assert.equal(new Set(await Promise.all(clients.map((client) => client.text('pid')))).size, 1);
  assert.equal(started().length, 1);
  assert.equal(await clients[0].text('ask'), 'accept ana');
  assert.deepEqual(clients.map((client) => client.asked.length), [1, 0, 0, 0, 0, 0], 'a question goes to whose call it is');
  assert.equal(await clients[1].text('ask'), 'accept ana');
  await Promise.all(clients.map((client) => client.close()));
  assert.deepEqual(clients.flatMap((client) => client.errors).map(String), []);
});

test('kill -9 of the program, of the gateway and of the broker: the next call has a new program', { timeout: 60000 }, async (t) => {
  const { broker } = await world(t);
  const client = await bridged(broker, 'files');
  const again = (what, last) => until(what, async () => {
    const pid = await client.text('pid').catch(() => undefined);
    return pid !== undefined && pid !== last ? pid : undefined;
  });
  const first = await client.text('pid');
  process.kill(Number(first), 'SIGKILL');
  const second = await again('another program', first);

  process.kill(gatewayOf(broker), 'SIGKILL');
  const third = await again('another program for another gateway', second);
  await until('what the last gateway held is gone', () => !isAlive(second));

  await broker.kill();
  await until('no program outlives its broker', () => !isAlive(third));
  const fourth = await again('another program for another broker', third); // which the bridge has started
  process.kill(broker.pidFromFile(), 'SIGTERM');
  await until('it ends with the broker', () => !isAlive(fourth));
});

test('nobody uses it: it is ended, and started by the next call of the same client', { timeout: 60000 }, async (t) => {
  const { broker, started } = await world(t, { files: { idle_seconds: 1 } });
  const client = await bridged(broker, 'files');
  const first = await client.text('pid');
  await until('it is ended', () => !isAlive(first));
  assert.notEqual(await client.text('pid'), first);
  assert.equal(started().length, 2);
  assert.deepEqual(client.errors.map(String), []);
});

test('the person agrees to this command and these clients; another command is another question', { timeout: 60000 }, async (t) => {
  const { broker, folder, started } = await world(t, { more: { access: { mode: 'ask' } } });
  const person = await Prompter.open(t, broker);
  const call = bridged(broker, 'files').then((client) => client.text('pid').then((pid) => ({ client, pid })));
  call.catch(() => {});
  const use = await person.answer('allow-session');
  assert.equal(use.purpose, 'proxy');
  const start = await person.answer('allow');
  assert.equal(start.purpose, 'start');
  assert.ok(JSON.stringify(start).includes(`${program} ${folder}`), 'the whole command is shown');
  const { client } = await call;
  await client.text('pid');
  await client.close();
  assert.equal(person.answered.size, 2);

  await broker.stop();
  broker.writeConfig(configOf(folder, { command: [process.execPath, '--no-warnings', program, folder, 'more'] }, { access: { mode: 'ask' } }));
  await broker.start();
  const next = await Prompter.open(t, broker);
  const before = started().length;
  const denied = bridged(broker, 'files').then((other) => other.text('pid'));
  denied.catch(() => {});
  const asked = [await next.question()];
  while (asked.at(-1).purpose !== 'start') { // consents of the memory store ended with the broker
    await next.answer('allow-session');
    asked.push(await next.question());
  }
  await next.answer('deny');
  await assert.rejects(denied);
  assert.equal(started().length, before, 'nothing was started');
  assert.equal(next.events.filter((one) => one.topic === 'consent.requested' && one.purpose === 'start').length, 1, 'a no is not asked again');
});

test('a program that is not there, and the command line\'s words for services', { timeout: 60000 }, async (t) => {
  const { broker, folder } = await world(t, { files: { command: [join('/nowhere', 'server'), 'x'] } });
  const tested = await broker.run(['service', 'test', 'files']);
  assert.notEqual(tested.status, 0);
  assert.match(tested.stdout, /nowhere/);
  assert.match((await broker.run(['doctor', '--no-network'])).stdout, /files: the program cannot be started: .*nowhere/);
  const client = await bridged(broker, 'files').catch((error) => error);
  if (client instanceof Error)
    assert.match(client.message, /nowhere/);
  else
    await assert.rejects(client.text('pid'), /nowhere/);
  await broker.stop();
  broker.writeConfigText('access:\n  mode: trusting\nstore:\n  backend: memory\n');
  await broker.start();
  const added = await broker.run(['service', 'add', 'more', '--directory', folder, '--env', 'KEY=apikey:weather', '--idle-seconds', '5',
    '--command', '--', process.execPath, program, folder]);
  assert.equal(added.status, 0, added.stderr);
  await broker.restart();
  const { services } = await ask(broker, 'service', 'list');
  const more = services.find((one) => one.name === 'more');
  assert.deepEqual(more.command, [process.execPath, program, folder]);
  assert.equal(more.local, true);
  assert.equal((await broker.run(['service', 'test', 'more'])).status, 0);
});
