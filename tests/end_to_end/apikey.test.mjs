// API keys: kept by the broker, handed out like tokens, never on a command line.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { until } from './support/wait.mjs';

const value = 'planted-Key/1+x:y$';

async function keyWorld(t, config = {}) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...config } });
  t.after(() => broker.remove());
  await broker.start();
  return broker;
}

function add(broker, name, parameters = [], input = value) {
  return broker.run(['apikey', 'add', name, '--value-file', '-', ...parameters], { input });
}

test('a key is added, printed, used as a header, rotated and removed', async (t) => {
  const broker = await keyWorld(t);
  const added = await add(broker, 'weather', ['--header', 'X-Api-Key: {key}', '--description', 'forecasts',
    '--expires', '90d'], `${value}\n`);
  assert.deepEqual([added.status, added.stdout], [0, ''], added.stderr);
  assert.equal((await broker.run(['token', 'apikey:weather'])).stdout, `${value}\n`);
  assert.equal((await broker.run(['token', 'apikey:weather', '--format', 'header'])).stdout, `X-Api-Key: ${value}\n`);
  const whole = JSON.parse((await broker.run(['token', 'apikey:weather', '--json'])).stdout);
  assert.equal(whole.token_type, 'ApiKey');
  assert.deepEqual(whole.header, { name: 'X-Api-Key', value });
  const shown = await broker.run(['--json', 'apikey', 'show', 'weather']);
  assert.equal(JSON.parse(shown.stdout).description, 'forecasts');
  assert.match((await broker.run(['apikey', 'list'])).stdout, /weather +active +in (89|90) days/);
  assert.ok(!shown.stdout.includes(value));
  assert.equal((await broker.run(['session', 'list'])).stdout.includes('weather'), false);

  const file = join(broker.home, 'new');
  writeFileSync(file, 'second-value\n', { mode: 0o600 });
  assert.equal((await broker.run(['apikey', 'rotate', 'weather', '--value-file', file])).status, 0);
  assert.equal((await broker.run(['token', 'apikey:weather', '--format', 'header'])).stdout,
    'X-Api-Key: second-value\n');
  assert.equal((await broker.run(['apikey', 'remove', 'weather'])).status, 0);
  const gone = await broker.run(['token', 'apikey:weather']);
  assert.equal(gone.status, 9);
});

test('a key that is off is refused at once, also to who has it warm', async (t) => {
  const broker = await keyWorld(t);
  await add(broker, 'weather');
  const client = await broker.client();
  const params = { provider: 'apikey', account: 'weather' };
  for (let i = 0; i < 3; i += 1)
    assert.equal((await client.call('token.get', params)).access_token, value);
  assert.equal((await broker.run(['apikey', 'disable', 'weather'])).status, 0);
  await assert.rejects(client.call('token.get', params), (error) => {
    assert.equal(error.data.name, 'policy_denied');
    assert.match(error.data.action, /apikey enable weather/);
    return true;
  });
  assert.equal((await broker.run(['token', 'apikey:weather'])).status, 5);
  assert.equal((await broker.run(['apikey', 'enable', 'weather'])).status, 0);
  assert.equal((await client.call('token.get', params)).access_token, value);
});

test('a key that has expired is refused and says how to replace it', async (t) => {
  const broker = await keyWorld(t);
  const end = new Date(Date.now() + 5000).toISOString().replace(/\.\d+/, '');
  assert.equal((await add(broker, 'weather', ['--expires', end])).status, 0);
  const client = await broker.client();
  await until('the end of the key', async () => {
    const failed = await client.call('token.get', { provider: 'apikey', account: 'weather' }).then(() => undefined,
      (error) => error);
    if (failed === undefined)
      return false;
    assert.equal(failed.data.name, 'sign_in_again');
    assert.equal(failed.data.reason, 'expired');
    assert.match(failed.data.action, /apikey rotate weather/);
    return true;
  });
});

test('a key that is not to be exported leaves to nobody', async (t) => {
  const broker = await keyWorld(t);
  await add(broker, 'weather', ['--no-export']);
  const run = await broker.run(['token', 'apikey:weather']);
  assert.deepEqual([run.status, run.stdout], [5, '']);
});

test('a key needs consent as a token does', async (t) => {
  const broker = await keyWorld(t, { access: { mode: 'locked' } });
  await add(broker, 'weather');
  assert.equal((await broker.run(['token', 'apikey:weather'])).status, 5);
});

test('what cannot be a key is refused, and nothing is stored', async (t) => {
  const broker = await keyWorld(t);
  for (const [name, parameters, input] of [['weather', [], ''], ['weather', [], 'two words'],
    ['weather', [], 'a\nb'], ['we ather', [], value], ['-x', [], value], ['weather', ['--header', 'X: {k}'], value],
    ['weather', ['--expires', 'soon'], value], ['weather', ['--expires', '2020-01-01'], value]]) {
    const run = await add(broker, name, parameters, input);
    assert.equal(run.status, 2, `${name} ${parameters} ${JSON.stringify(input)}: ${run.stderr}`);
    assert.ok(!run.stderr.includes(value));
  }
  await add(broker, 'weather');
  assert.equal((await add(broker, 'weather')).status, 2, 'the name is taken');
  assert.equal(JSON.parse((await broker.run(['--json', 'apikey', 'list'])).stdout).apikeys.length, 1);
});

test('the value is in no log and in no audit row', async (t) => {
  const broker = await keyWorld(t);
  await add(broker, 'weather');
  await broker.run(['token', 'apikey:weather']);
  const audit = await broker.run(['--json', 'audit', 'list']);
  assert.match(audit.stdout, /apikey\.added/);
  assert.match(audit.stdout, /token\.released/);
  await broker.stop();
  assert.ok(!`${audit.stdout}${broker.log}`.includes(value));
});
