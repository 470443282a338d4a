// The gateway as a person opens, closes and looks at it: the port that is kept, what is written into config.yaml, what
// the doctor says when something is not as the configuration wants it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { ask } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const services = { desk: { url: 'http://127.0.0.1:9/mcp' } };

async function closed(t, gateway = {}, text) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, services, gateway } });
  t.after(() => broker.remove());
  if (text !== undefined)
    broker.writeConfigText(text);
  await broker.start();
  return broker;
}

async function listen(t, host, port = 0) {
  const server = createServer();
  t.after(() => server.close());
  await new Promise((resolve, reject) => { server.once('error', reject); server.listen(port, host, resolve); });
  return server.address().port;
}

const answers = (address) => fetch(`${address}/desk/mcp`, { method: 'POST', body: '{}',
  headers: { 'content-type': 'application/json' } }).then((answer) => answer.status, () => 0);
const findings = async (broker) => (await ask(broker, 'gateway', 'status')).findings.map(({ name }) => name);

test('start lasts until the broker ends and says so; --enable is written down and counts from the next start on',
  { timeout: 60000 }, async (t) => {
  const broker = await closed(t, {}, 'store: {backend: memory}\naccess: {mode: trusting}   # mine\n'
    + 'services:\n  desk: {url: "http://127.0.0.1:9/mcp"}\n');
  const started = await broker.run(['gateway', 'start']);
  assert.equal(started.status, 0, started.stderr);
  assert.match(started.stderr, /until the broker ends/);
  const [address] = started.stdout.match(/http:\/\/127\.0\.0\.1:\d+/);
  assert.ok(started.stdout.includes(`${address}/desk/mcp`), started.stdout);
  assert.equal(await until('the door answers', () => answers(address)), 401);
  const listed = await ask(broker, 'service', 'list');
  assert.equal(listed.services.find(({ name }) => name === 'desk').address, `${address}/desk/mcp`);
  const enabled = await broker.run(['gateway', 'start', '--enable']);
  assert.equal(enabled.status, 0, enabled.stderr);
  const text = readFileSync(join(broker.home, 'config', 'config.yaml'), 'utf8');
  assert.match(text, /# mine\n[^]*\ngateway:\n {2}enabled: true\n/);
  await broker.stop();
  await broker.start();
  assert.equal((await ask(broker, 'gateway', 'status')).open, true);
});

test('a taken port at the start: the broker works, an alert and the doctor say who has it, and no other port is open',
  { timeout: 60000 }, async (t) => {
  const port = await listen(t, '127.0.0.1');
  const broker = await closed(t, { enabled: true, port });
  const status = await ask(broker, 'gateway', 'status');
  assert.equal(status.open, false);
  assert.deepEqual(status.doors, []);
  assert.deepEqual(status.findings.map(({ name }) => name), ['gateway_closed']);
  assert.match(status.findings[0].message, new RegExp(`port ${port} is taken by .*(node|process)`));
  const health = JSON.parse((await broker.run(['--json', 'health'])).stdout);
  assert.ok(health.findings.some(({ name }) => name === 'gateway_closed'));
  assert.ok((await ask(broker, 'audit', 'alerts')).alerts.some(({ name }) => name === 'gateway_closed'));
  const doctor = await broker.run(['doctor', '--no-network']);
  assert.match(doctor.stdout, new RegExp(`port\\s+${port}\\s+is\\s+taken`));
});

test('another program at the same port of [::1]: a finding, and localhost is no name of ours', { timeout: 60000 }, async (t) => {
  let port;
  try {
    port = await listen(t, '::1');
  } catch {
    return; // a system without IPv6 has no such trouble
  }
  const broker = await closed(t, { enabled: true, port });
  const status = await ask(broker, 'gateway', 'status');
  assert.equal(status.open, true);
  assert.deepEqual(status.findings.map(({ name }) => name), ['gateway_twin_taken']);
  assert.equal(await until('the door answers', () => answers(`http://127.0.0.1:${port}`)), 401);
  const renamed = await new Promise((resolve, reject) => {
    import('node:http').then(({ request }) => request({ host: '127.0.0.1', port, path: '/desk/mcp', method: 'POST',
      headers: { host: `localhost:${port}` } }, (answer) => { answer.resume(); resolve(answer.statusCode); })
      .on('error', reject).end());
  });
  assert.equal(renamed, 421);
});

test('what was closed by hand although it is enabled is a finding; at another port it cannot be opened twice',
  { timeout: 60000 }, async (t) => {
  const broker = await closed(t, { enabled: true });
  assert.deepEqual(await findings(broker), []);
  const { port } = await ask(broker, 'gateway', 'status');
  const other = await broker.run(['gateway', 'start', '--port', String(port === 65535 ? port - 1 : port + 1)]);
  assert.notEqual(other.status, 0);
  assert.match(other.stderr, /keybearer gateway stop/);
  const stopped = await broker.run(['gateway', 'stop']);
  assert.equal(stopped.status, 0, stopped.stderr);
  assert.deepEqual(await findings(broker), ['gateway_stopped']);
  assert.equal(await answers(`http://127.0.0.1:${port}`), 0, 'closed when the command says so');
});

test('a withdrawn key ends what it opened before its owner is told', { timeout: 60000 }, async (t) => {
  const broker = await closed(t, { enabled: true });
  const { address } = await ask(broker, 'gateway', 'status');
  const added = await broker.run(['client', 'add', 'robot', '--allow', 'desk']);
  assert.equal(added.status, 0, added.stderr);
  const send = () => fetch(`${address}/desk/mcp`, { method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    headers: { authorization: `Bearer ${added.stdout.trim()}`, 'content-type': 'application/json' } }).then(({ status }) => status);
  assert.equal(await send(), 502, 'it was let through; nobody is behind it');
  assert.equal((await ask(broker, 'gateway', 'status')).connected[0].client, 'client:robot');
  assert.equal((await broker.run(['client', 'disable', 'robot'])).status, 0);
  assert.equal(await send(), 401, 'whoever is told that it is done finds it done');
  assert.deepEqual((await ask(broker, 'gateway', 'status')).connected, []);
});
