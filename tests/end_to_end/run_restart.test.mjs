// keybearer run for programs that live longer than their token: they are ended before it ends and started anew with a
// fresh one. Nothing is started twice within thirty seconds, so each of these tests takes as long, all at once.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { Child } from './support/children.mjs';
import { commandProgram } from './support/broker.mjs';
import { world } from './support/journey.mjs';
import { Prompter, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const shell = execFileSync('readlink', ['-f', '/bin/sh'], { encoding: 'utf8' }).trim();
const SHORT = 36; // seconds that a token lives
const patient = { deadlineMilliseconds: 55000, pauseMilliseconds: 100 };

// Says who it is and what it has, then lives until it is told to end.
const says = 'echo "start $$ $TOKEN"; ';
const stays = 'while :; do sleep 0.1; done';

async function shortLived(t, { seconds = SHORT, profile = {}, mode = 'trusting' } = {}) {
  const made = await world(t, { mode, start: false, provider: { accessTokenSeconds: seconds } });
  const config = JSON.parse(readFileSync(join(made.broker.home, 'config', 'config.yaml'), 'utf8'));
  made.broker.writeConfig({ ...config, profiles: { notes: { allow: ['demo'], command: [shell, '-c'], ...profile } } });
  await made.broker.start();
  await signInByCommand(made.broker);
  return made;
}

function start(t, { broker }, options, script, more = {}) {
  const child = new Child(commandProgram, ['run', ...options, '--env', 'TOKEN=demo', '--', 'sh', '-c', script],
    { env: broker.environment, stdio: ['pipe', 'pipe', 'pipe'], ...more });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

const startsOf = (child) => [...child.stdout.matchAll(/^start (\d+) (\S+)$/gm)].map(([, pid, token]) => ({ pid, token }));

function starts(child, count) {
  return until(`${count} starts`, () => {
    assert.ok(child.isRunning || startsOf(child).length >= count, `it has ended: ${child.stdout}${child.stderr}`);
    return startsOf(child).length >= count && startsOf(child);
  }, patient);
}

describe('keybearer run --restart-on-expiry', { concurrency: true }, () => {
  test('the program is ended, waited for, and started anew with a token that is good', async (t) => {
    const made = await shortLived(t);
    const begun = Date.now();
    const child = start(t, made, ['--restart-on-expiry'],
      `${says}trap 'sleep 0.3; echo "end $$"; exit 9' TERM; ${stays}`);
    const [first, second] = await starts(child, 2);
    const elapsed = Date.now() - begun;
    assert.ok(elapsed >= 29000, `started anew after ${elapsed} ms`);
    assert.ok(elapsed < SHORT * 1000, 'the old token was still good');
    assert.notEqual(first.token, second.token);
    assert.notEqual(first.pid, second.pid);
    assert.equal((await made.provider.userinfo(second.token)).status, 200);
    const order = child.stdout.trim().split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(order, [`start ${first.pid}`, `end ${first.pid}`, `start ${second.pid}`]);
    child.process.kill('SIGTERM'); // somebody else's: it reaches the program, and its status is ours
    assert.equal((await child.ended).status, 9);
    assert.equal(startsOf(child).length, 2);
  });

  test('the profile says so, its program has a connection each time, and nobody is asked', async (t) => {
    const made = await shortLived(t, { mode: 'ask', profile: { restart: 'on_expiry' } });
    const child = start(t, made, ['--profile', 'notes', '--inject'],
      `${says}'${commandProgram}' token demo >/dev/null && echo asked; exec sleep 600`);
    const [first, second] = await starts(child, 2);
    assert.notEqual(first.token, second.token);
    await until('the second one\'s own question', () => child.stdout.split('asked').length === 3);
    child.process.kill('SIGKILL');
    await child.ended;
  });

  test('a question that is allowed for the session is put once', async (t) => {
    const made = await shortLived(t, { mode: 'ask' });
    const prompter = await Prompter.open(t, made.broker);
    const child = start(t, made, ['--restart-on-expiry'], `${says}exec sleep 600`);
    const asked = await prompter.question();
    assert.ok(asked.choices.includes('allow-session'), JSON.stringify(asked.choices));
    await prompter.answer('allow-session');
    await starts(child, 2);
    assert.equal(prompter.events.filter(({ topic }) => topic === 'consent.requested').length, 1);
  });

  test('without a fresh token the program goes on', async (t) => {
    const made = await shortLived(t);
    const child = start(t, made, ['--restart-on-expiry'], `${says}exec sleep 600`);
    const [first] = await starts(child, 1);
    made.provider.faults.add({ kind: 'status', status: 503 });
    await until('word of it', () => /goes on with the token that it has/.test(child.stderr), patient);
    process.kill(Number(first.pid), 0);
    child.process.kill('SIGTERM');
    assert.equal((await child.ended).status, 128 + 15);
  });

  test('a program that ends by itself is not started anew, and one that never expires is left alone', async (t) => {
    const made = await shortLived(t, { seconds: 3600 });
    const child = start(t, made, ['--restart-on-expiry'], `${says}exit 7`);
    assert.equal((await child.ended).status, 7);
    assert.equal(startsOf(child).length, 1);
    const alone = await made.broker.run(['run', '--restart-on-expiry', '--profile', 'notes', '--', 'sh', '-c', 'true']);
    assert.equal(alone.status, 2, alone.stderr);
    assert.match(alone.stderr, /goes with --env/);
  });
});
