// The command line as a person and a script use it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';

test('the exit status says what happened', async (t) => {
  const { broker } = await world(t);
  const cases = [
    [['--version'], 0], [['--help'], 0], [['no-such-command'], 2], [['token'], 2], [['token', '--no-such-option'], 2],
    [['token', 'demo'], 4], [['token', 'no-such-provider'], 9], [['session', 'show', 'nobody'], 9], [['status'], 0],
    [['logout', 'demo'], 9], [['session', 'list'], 0], [['provider', 'list'], 0], [['doctor'], undefined],
  ];
  for (const [parameters, expected] of cases) {
    const { status, stderr } = await broker.run(parameters);
    if (expected !== undefined)
      assert.equal(status, expected, `keybearer ${parameters.join(' ')}: ${stderr}`);
    if (expected !== undefined && expected !== 0)
      assert.ok(stderr.length > 0, `keybearer ${parameters.join(' ')} says nothing`);
  }
});

test('what is for people goes to standard error, answers to standard output, --json is JSON', async (t) => {
  const { broker } = await world(t);
  await signIn(await broker.client());
  for (const parameters of [['status'], ['session', 'list'], ['session', 'show', 'demo'], ['provider', 'list'],
    ['doctor'], ['health'], ['token', 'demo']]) {
    const { status, stdout, stderr } = await broker.run(['--json', ...parameters]);
    assert.ok(status === 0 || parameters[0] === 'doctor', `${parameters.join(' ')}: ${stderr}`);
    assert.doesNotThrow(() => stdout.trim().split('\n').forEach((line) => JSON.parse(line)), parameters.join(' '));
    assert.ok(!stdout.includes('\u001b') && !stderr.includes('\u001b'), 'colours where there is no terminal');
  }
  const failed = await broker.run(['--json', 'token', 'nobody-knows']);
  assert.equal(failed.status, 9);
});

test('session rename, show, refresh and revoke', async (t) => {
  const { broker, provider } = await world(t);
  await signIn(await broker.client());
  assert.equal((await broker.run(['session', 'rename', 'demo', 'work'])).status, 0);
  assert.match((await broker.run(['session', 'show', 'demo'])).stdout, /\bwork\b/);
  assert.equal((await broker.run(['session', 'refresh', 'demo'])).status, 0);
  assert.equal(provider.counters.granted.refresh_token, 1);
  assert.equal((await broker.run(['session', 'revoke', 'demo'])).status, 0);
  assert.equal((await broker.run(['token', 'demo'])).status, 4);
});

test('no secret is in the arguments of a process or in what is printed about a session', async (t) => {
  const { broker, provider } = await world(t);
  const client = await broker.client();
  await signIn(client);
  const secrets = [(await client.call('token.get', { provider: 'demo' })).access_token,
    ...provider.store.payloads('RefreshToken').map((one) => one.jti)];
  for (const parameters of [['status'], ['--json', 'session', 'list'], ['--json', 'health'], ['-v', 'status'],
    ['--json', 'doctor']]) {
    const { stdout, stderr } = await broker.run(parameters);
    for (const secret of secrets)
      assert.ok(!(stdout + stderr).includes(secret), parameters.join(' '));
  }
  await broker.stop();
  for (const secret of secrets)
    assert.ok(!broker.log.includes(secret), 'the log holds a token');
});
