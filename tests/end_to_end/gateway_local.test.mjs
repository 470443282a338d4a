// Services that are programs of this machine: started when somebody comes, shared by all who come, with the
// environment that the configuration gives them, ended when nobody is left, started again when they died.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { GatewayWorld } from './support/gateway_world.mjs';
import { bridged } from './support/mcp_clients.mjs';
import { SdkOverHttp } from './support/sdk_over_http.mjs';
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

async function localWorld(t, { files = {}, ...options } = {}) {
  const folder = mkdtempSync('/tmp/kb-local-');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const world = await GatewayWorld.start(t, { services: { files: { command: [process.execPath, '--no-warnings', program, folder],
    directory: folder, ...files } }, ...options });
  return { world, folder, started: () => readdirSync(folder) };
}

for (const kind of ['older', 'newer']) {
  test(`the SDK (${kind}) over HTTP: a program, started for the first and shared by the second`, { timeout: 60000 }, async (t) => {
    const { world, folder, started } = await localWorld(t);
    assert.deepEqual(started(), [], 'nobody has come');
    const one = await SdkOverHttp.connect(t, world, 'files', { kind });
    const two = await SdkOverHttp.connect(t, world, 'files', { kind });
    assert.equal((await one.face.client.listTools()).tools.length, 7);
    const answers = await Promise.all(Array.from({ length: 40 }, (unused, number) => [one, two][number % 2].text('echo', { text: `ü ${number}` })));
    assert.deepEqual(answers, answers.map((unused, number) => `ü ${number}`), 'everybody gets his own answers');
    assert.equal(await one.text('pid'), await two.text('pid'));
    assert.equal(started().length, 1);
    assert.equal(await one.text('directory'), folder);
    assert.equal((await one.text('big', { bytes: 3000000 })).length, 3000000);
    assert.equal(await one.text('ask'), 'accept ana');
  });
}

test('the environment: what the configuration says, fresh, and nothing of the broker\'s own', { timeout: 60000 }, async (t) => {
  const { world } = await localWorld(t, { files: { env: { WEATHER_KEY: 'apikey:weather' } }, env: { KEYBEARER_TEST_SECRET_OF_BROKER: 'x' } });
  const added = await world.broker.run(['apikey', 'add', 'weather', '--value-file', '-'], { input: 'value-of-weather\n' });
  assert.equal(added.status, 0, added.stderr);
  const client = await SdkOverHttp.connect(t, world, 'files');
  assert.equal(await client.text('environment', { name: 'WEATHER_KEY' }), 'value-of-weather');
  for (const name of ['KEYBEARER_HOME', 'KEYBEARER_SOCKET', 'KEYBEARER_CLIENT_KEY', 'NOTIFY_SOCKET'])
    assert.equal(await client.text('environment', { name }), '(not set)', name);
});

test('a program that dies is started again, one that nobody uses is ended', { timeout: 60000 }, async (t) => {
  const { world, started } = await localWorld(t, { files: { idle_seconds: 2 } });
  const client = await SdkOverHttp.connect(t, world, 'files');
  const first = await client.text('pid');
  await assert.rejects(client.text('crash'));
  let again = await SdkOverHttp.connect(t, world, 'files');
  const second = await until('it is there again', () => again.text('pid').catch(() => undefined));
  assert.notEqual(second, first);
  assert.ok(!isAlive(first));
  await client.close();
  await again.close();
  await until('it is ended when nobody is left', () => !isAlive(second));
  again = await SdkOverHttp.connect(t, world, 'files');
  const third = await again.text('pid');
  assert.ok(![first, second].includes(third));
  assert.equal(started().length, 3);
  await world.broker.stop();
  await until('it ends with the broker', () => !isAlive(third));
});

test('keybearer mcp reaches the same program', { timeout: 60000 }, async (t) => {
  const { world, started } = await localWorld(t);
  const over = await SdkOverHttp.connect(t, world, 'files');
  const bridge = await bridged(world.broker, 'files');
  assert.equal(await bridge.text('pid'), await over.text('pid'));
  assert.equal(started().length, 1);
});
