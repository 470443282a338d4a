#!/usr/bin/env node
// Plays the person who is asked: answers every question of the broker of this environment with the widest of the
// choices that are offered, as long as it runs, whichever broker is there.
//   person.mjs KEYBEARER READY
// KEYBEARER is the command line. READY is a file that holds the process id of the broker whose questions arrive here,
// while they do.

import { execFile, spawn } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [keybearer, ready] = process.argv.slice(2);
const run = process.env.KEYBEARER_HOME === undefined
  ? join(process.env.XDG_RUNTIME_DIR, 'keybearer') : join(process.env.KEYBEARER_HOME, 'run');
const widestFirst = ['allow', 'allow-session', 'allow-once'];
const lookAgainMilliseconds = 30; // whether there is a broker

function brokerPid() {
  try {
    const pid = readFileSync(join(run, 'broker.pid'), 'utf8').trim();
    process.kill(Number(pid), 0);
    return pid;
  } catch {
    return undefined;
  }
}

function sayReady(pid) {
  writeFileSync(`${ready}.new`, pid);
  renameSync(`${ready}.new`, ready);
}

function answer(asked) {
  const decision = widestFirst.find((one) => asked.choices.includes(one));
  process.stdout.write(`${asked.purpose} ${decision}\n`);
  execFile(keybearer, ['--no-spawn', 'consent', 'answer', asked.consent_id, decision], (error) => {
    if (error && error.code !== 9 && error.code !== 3) // whoever asked has gone; so has the broker
      process.stderr.write(`person: ${error.message}\n`);
  });
}

// Listens to one broker until it ends.
function listen(pid) {
  return new Promise((resolve) => {
    const follower = spawn(keybearer, ['--no-spawn', 'consent', 'pending', '--follow', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    follower.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Questions appear here'))
        sayReady(pid);
    });
    createInterface({ input: follower.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.topic === 'consent.requested')
        answer(event);
    });
    follower.on('close', () => {
      rmSync(ready, { force: true });
      resolve();
    });
  });
}

for (;;) {
  const pid = brokerPid();
  if (pid !== undefined)
    await listen(pid);
  await new Promise((resolve) => { setTimeout(resolve, lookAgainMilliseconds); });
}
