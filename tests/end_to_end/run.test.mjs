// keybearer run: programs that are started with the right to ask, or with a token; what becomes of that right.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Child } from './support/children.mjs';
import { commandProgram } from './support/broker.mjs';
import { world } from './support/journey.mjs';
import { ask, Prompter, signInByCommand } from './support/operator.mjs';
import { threadSanitized } from './support/sanitizer.mjs';
import { until } from './support/wait.mjs';

const shell = execFileSync('readlink', ['-f', '/bin/sh'], { encoding: 'utf8' }).trim();

// A small server: one request a line on standard input is asked through KEYBEARER_FD and its answer printed.
const nodeServer = `
const net = require('node:net');
const socket = new net.Socket({ fd: Number(process.env.KEYBEARER_FD) });
const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
let received = '';
socket.on('data', (chunk) => {
  received += chunk;
  for (let end = received.indexOf('\\n'); end >= 0; end = received.indexOf('\\n')) {
    say(JSON.parse(received.slice(0, end)));
    received = received.slice(end + 1);
  }
});
socket.on('error', () => {});
socket.on('close', () => { say({ closed: true }); process.exit(0); });
let id = 0;
require('node:readline').createInterface({ input: process.stdin })
  .on('line', (line) => socket.write(JSON.stringify({ jsonrpc: '2.0', id: (id += 1), ...JSON.parse(line) }) + '\\n'))
  .on('close', () => process.exit(0));
say({ ready: process.pid });
`;
const pythonClient = `
import json, os, socket
s = socket.socket(fileno=int(os.environ["KEYBEARER_FD"]))
f = s.makefile("rw")
f.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "token.get", "params": {"provider": "demo"}}) + "\\n")
f.flush()
print(f.readline(), end="")
`;
const cClient = `
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) {
    static const char ask[] =
        "{\\"jsonrpc\\":\\"2.0\\",\\"id\\":1,\\"method\\":\\"token.get\\",\\"params\\":{\\"provider\\":\\"demo\\"}}\\n";
    const char* name = getenv("KEYBEARER_FD");
    char buffer[8192];
    ssize_t got;
    int fd = name == NULL ? -1 : atoi(name);
    if (write(fd, ask, strlen(ask)) < 0)
        return 1;
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
        fwrite(buffer, 1, (size_t)got, stdout);
        if (memchr(buffer, '\\n', (size_t)got) != NULL)
            return 0;
    }
    return 1;
}
`;

// A broker in mode ask with run profiles and somebody signed in. profiles(file) is told how to make files.
async function runWorld(t, profiles = () => ({ demo: { allow: ['demo'] } }), options = {}) {
  const made = await world(t, { mode: 'ask', start: false, ...options });
  const file = (name, text) => {
    const path = join(made.broker.home, name);
    writeFileSync(path, text, { mode: 0o755 });
    return path;
  };
  const config = JSON.parse(readFileSync(join(made.broker.home, 'config', 'config.yaml'), 'utf8'));
  made.broker.writeConfig({ ...config, profiles: profiles(file) });
  await made.broker.start();
  await signInByCommand(made.broker);
  return { ...made, file };
}

// keybearer run PARAMETERS that goes on: its lines of JSON, and what to ask it.
class Running {
  constructor(broker, parameters, { env = {} } = {}) {
    this.child = new Child(commandProgram, ['run', ...parameters],
      { env: { ...broker.environment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.taken = 0;
  }

  async next() {
    return until('a line', () => {
      const lines = this.child.stdout.split('\n').slice(0, -1);
      if (lines.length > this.taken)
        return JSON.parse(lines[(this.taken += 1) - 1]);
      assert.ok(this.child.isRunning, `it has ended: ${this.child.stderr}`);
      return undefined;
    });
  }

  async ask(method, params = {}) {
    this.child.process.stdin.write(`${JSON.stringify({ method, params })}\n`);
    return this.next();
  }
}

const serverProfile = (file) => {
  const server = file('server.cjs', nodeServer);
  return { demo: { allow: ['demo'], command: [process.execPath, server] } };
};

test('exit status, arguments and standard streams are the command\'s own', async (t) => {
  const { broker } = await runWorld(t, () => ({ demo: { allow: ['demo'], command: [shell, '-c'] } }));
  const run = (...words) => broker.run(['run', '--profile', 'demo', '--', ...words]);
  const seven = await run('sh', '-c', 'echo "$0 $1"; echo err >&2; exit 7', 'a b', "it's");
  assert.deepEqual([seven.status, seven.stdout, seven.stderr], [7, "a b it's\n", 'err\n']);
  assert.equal((await run('sh', '-c', 'kill -TERM $$')).status, 128 + 15);
  assert.equal((await run('sh', '-c', 'kill -KILL $$')).status, 128 + 9);
  assert.equal((await run('no-such-program')).status, 127);
  assert.equal((await run('/')).status, 126);
  const input = await broker.run(['run', '--profile', 'demo', '--', 'sh', '-c', 'cat'], { input: 'through\n' });
  assert.equal(input.stdout, 'through\n');
});

test('usage errors are found before anything is started', async (t) => {
  const { broker } = await runWorld(t);
  for (const words of [['--', 'true'], ['--env', 'X', '--', 'true'], ['--env', '1X=demo', '--', 'true'],
    ['--env', 'X=demo:', '--', 'true'], ['--env', 'X=demo', '--env', 'X=demo', '--', 'true'],
    ['--inject', '--env', 'X=demo', '--', 'true'], ['--profile', 'demo'], ['--env', 'KEYBEARER_FD=demo', '--', 'true']]) {
    const refused = await broker.run(['run', ...words]);
    assert.equal(refused.status, 2, `${words.join(' ')}: ${refused.stderr}`);
    assert.equal(refused.stdout, '');
  }
  const unknown = await broker.run(['run', '--profile', 'demi', '--', 'true']);
  assert.equal(unknown.status, 9, unknown.stderr);
  assert.match(unknown.stderr, /demo/);
});

test('signals are passed on, and the command does not outlive a keybearer that is killed', { skip: threadSanitized }, async (t) => {
  const { broker } = await runWorld(t, () => ({ demo: { allow: ['demo'], command: [shell, '-c'] } }));
  const trap = new Running(broker, ['--profile', 'demo', '--', 'sh', '-c',
    'trap "echo 15; exit 3" TERM; trap "echo 10" USR1; echo $$; while :; do sleep 0.05; done']);
  const pid = await trap.next();
  trap.child.process.kill('SIGUSR1');
  assert.equal(await trap.next(), 10);
  trap.child.process.kill('SIGTERM');
  assert.equal((await trap.child.ended).status, 3);
  assert.ok(!isAlive(pid));

  const killed = new Running(broker, ['--profile', 'demo', '--', 'sh', '-c', 'echo $$; exec sleep 600']);
  const sleeper = await killed.next();
  await killed.child.kill('SIGKILL');
  await until('the end of the command', () => !isAlive(sleeper));
});

function isAlive(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('a server in node asks through the connection that it was given, and gets what the profile lists', async (t) => {
  const { provider, broker } = await runWorld(t, serverProfile);
  const running = new Running(broker, ['--profile', 'demo', '--', process.execPath, join(broker.home, 'server.cjs')]);
  const { ready: pid } = await running.next();

  const token = await running.ask('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.result.access_token)).status, 200);
  const greeting = await running.ask('hello', { protocol: 1, client: { name: 'notes', version: '1' } });
  assert.equal(greeting.result.role, 'agent');
  assert.match(greeting.result.capability, /^cap_/);
  for (const method of ['session.list', 'consent.list', 'capability.list', 'audit.query'])
    assert.equal((await running.ask(method)).error.data.name, 'policy_denied', method);
  const other = await running.ask('token.get', { provider: 'apikey', account: 'weather' });
  assert.ok(other.error, 'another credential was given');

  const listed = await ask(broker, 'audit', 'list');
  const rows = listed.rows ?? listed;
  const issued = rows.find((row) => row.kind === 'capability.issued');
  assert.equal(issued.pid, pid);
  assert.equal(issued.caller, process.execPath);
  const released = rows.find((row) => row.kind === 'token.released');
  assert.equal(released.why, 'run:demo');
  assert.equal(released.pid, pid);
  running.child.process.stdin.end();
  assert.equal((await running.child.ended).status, 0);
  await until('the end in the audit log', async () => {
    const now = await ask(broker, 'audit', 'list');
    return (now.rows ?? now).find((row) => row.kind === 'capability.ended');
  });
});

test('python and C programs use the same connection', async (t) => {
  const { broker, file } = await runWorld(t, (f) => ({
    python: { allow: ['demo'], command: [real('python3'), f('client.py', pythonClient)] },
    c: { allow: ['demo'], command: [join(f('client.c', cClient), '..', 'client')] },
  }));
  const python = await broker.run(['run', '--profile', 'python', '--', 'python3', join(broker.home, 'client.py')]);
  assert.equal(python.status, 0, python.stderr);
  assert.ok(JSON.parse(python.stdout).result.access_token);
  execFileSync('cc', ['-o', join(broker.home, 'client'), join(broker.home, 'client.c')]);
  const c = await broker.run(['run', '--profile', 'c', '--', join(broker.home, 'client')]);
  assert.equal(c.status, 0, c.stderr);
  assert.ok(JSON.parse(c.stdout).result.access_token);
});

function real(program) {
  const found = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  return execFileSync('readlink', ['-f', found], { encoding: 'utf8' }).trim();
}

test('keybearer token inside of a run uses what was handed over, and says so', async (t) => {
  const { provider, broker } = await runWorld(t, () => ({ demo: { allow: ['demo'], command: [shell, '-c'] } }));
  const script = `'${commandProgram}' token demo -v && '${commandProgram}' token demo`;
  const run = await broker.run(['run', '--profile', 'demo', '--', 'sh', '-c', script]);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, /KEYBEARER_FD/);
  const [first, second] = run.stdout.trim().split('\n');
  assert.equal((await provider.userinfo(first)).status, 200);
  assert.equal(second, first);
  const refused = await broker.run(['run', '--profile', 'demo', '--', 'sh', '-c', `'${commandProgram}' token github`]);
  assert.equal(refused.status, 5, refused.stderr);
  const closed = await broker.run(['run', '--profile', 'demo', '--', 'sh', '-c',
    `eval "exec $KEYBEARER_FD<&-"; '${commandProgram}' token demo`]);
  assert.equal(closed.status, 3, closed.stderr);
  assert.match(closed.stderr, /KEYBEARER_FD/);
});

test('a command that the profile does not name is asked about once, and again when it changes', async (t) => {
  const { broker, file } = await runWorld(t);
  const script = file('tool.sh', '#!/bin/sh\nexit 4\n');
  const nobody = await broker.run(['run', '--profile', 'demo', '--', script, 'x']);
  assert.equal(nobody.status, 5, nobody.stderr);
  assert.match(nobody.stderr, /command:/);

  const prompter = await Prompter.open(t, broker);
  const start = (...words) => new Running(broker, ['--profile', 'demo', '--', script, ...words]);
  const first = start('x y');
  const asked = await prompter.answer('allow');
  assert.equal(asked.purpose, 'start');
  assert.match(asked.account.label, /tool\.sh 'x y'$/);
  assert.deepEqual(asked.scopes, ['demo']);
  assert.equal((await first.child.ended).status, 4, first.child.stderr);
  assert.equal((await start('x y').child.ended).status, 4);

  const changed = start('z');
  await prompter.answer('deny');
  assert.equal((await changed.child.ended).status, 5, changed.child.stderr);
  const loaded = new Running(broker, ['--profile', 'demo', '--', script, 'x y'], { env: { NODE_OPTIONS: '--no-warnings' } });
  assert.match((await prompter.answer('deny')).account.label, /^NODE_OPTIONS=/);
  assert.equal((await loaded.child.ended).status, 5);
  file('tool.sh', '#!/bin/sh\nexit 6\n');
  const rewritten = start('x y');
  await prompter.answer('allow-once');
  assert.equal((await rewritten.child.ended).status, 6, rewritten.child.stderr);
});

test('T-03: a program that is exchanged between the question and its start is not started', async (t) => {
  const { broker, file } = await runWorld(t);
  const script = file('tool.sh', '#!/bin/sh\nexit 4\n');
  const prompter = await Prompter.open(t, broker);
  const running = new Running(broker, ['--profile', 'demo', '--', script]);
  const question = await prompter.question();
  assert.match(question.account.label, /tool\.sh$/);
  file('tool.sh', '#!/bin/sh\nexit 6\n'); // as long as before
  await prompter.answer('allow-once');
  assert.equal((await running.child.ended).status, 126, running.child.stderr);
  assert.match(running.child.stderr, /changed after it had been looked at/);
});

test('the connection dies with the program, also for a copy that another program holds', async (t) => {
  const { broker } = await runWorld(t, (f) => {
    const server = f('server.cjs', nodeServer);
    // The command starts a server that keeps the descriptor, in a session of its own, and then ends.
    return { demo: { allow: ['demo'], command: [shell, f('leave.sh',
      `setsid '${process.execPath}' '${server}' <"$1" >"$2" 2>/dev/null &\necho $!\nread go\n`)] } };
  });
  const input = join(broker.home, 'input');
  const output = join(broker.home, 'output');
  writeFileSync(output, '');
  execFileSync('mkfifo', [input]);
  const running = new Running(broker, ['--profile', 'demo', '--', 'sh', join(broker.home, 'leave.sh'), input, output]);
  const holder = await running.next();
  t.after(() => { try { process.kill(holder, 'SIGKILL'); } catch { /* gone */ } });
  const feed = new Child('/bin/sh', ['-c', `exec 3>'${input}'; read line; printf '%s\\n' "$line" >&3; read end`],
    { stdio: ['pipe', 'pipe', 'pipe'] });
  t.after(() => feed.kill('SIGKILL'));
  feed.process.stdin.write('{"method":"token.get","params":{"provider":"demo"}}\n');
  await until('the copy\'s answer', () => readFileSync(output, 'utf8').includes('access_token'));
  running.child.process.stdin.write('go\n');
  assert.equal((await running.child.ended).status, 0);
  await until('the end of the copy', () => readFileSync(output, 'utf8').includes('"closed":true'));
});

test('KEYBEARER_CAPABILITY is worth something to its program and its children, and nothing afterwards', async (t) => {
  const { broker } = await runWorld(t, () => ({
    demo: { allow: ['demo'], command: [shell, '-c'], fallback: true },
    strict: { allow: ['demo'], command: [shell, '-c'] },
  }));
  const strict = await broker.run(['run', '--profile', 'strict', '--capability-env', '--', 'sh', '-c', 'true']);
  assert.equal(strict.status, 5, strict.stderr);

  const running = new Running(broker, ['--profile', 'demo', '--capability-env', '--', 'sh', '-c',
    `echo "\\"$KEYBEARER_CAPABILITY\\""; test -z "$KEYBEARER_FD" || echo '"fd"'; '${commandProgram}' token demo --json; read go`]);
  const secret = await running.next();
  assert.match(secret, /^kbc_[A-Za-z0-9_-]{43}$/);
  assert.ok((await running.next()).access_token);

  const hello = { protocol: 1, client: { name: 'thief', version: '1' } };
  const thief = await broker.client({ hello: false });
  const foreign = await thief.callFails('hello', { ...hello, capability: secret });
  assert.equal(foreign.errorName, 'policy_denied', foreign.message);
  const invented = await (await broker.client({ hello: false })).callFails('hello', { ...hello, capability: `kbc_${'x'.repeat(43)}` });
  assert.equal(invented.errorName, 'client_unknown', invented.message);
  assert.ok(!readFileSync(`/proc/${running.child.pid}/cmdline`, 'utf8').includes(secret));
  running.child.process.stdin.write('go\n');
  await running.child.ended;
  const spent = await until('the end of the capability', async () => {
    const failure = await (await broker.client({ hello: false })).callFails('hello', { ...hello, capability: secret });
    return failure.errorName === 'client_expired' ? failure : undefined;
  });
  assert.ok(spent.data.action.length > 10);
  const rows = JSON.stringify(await ask(broker, 'audit', 'list'));
  assert.match(rows, /capability\.issued/);
  assert.match(rows, /capability\.refused/);
  assert.match(rows, /capability\.ended/);
  assert.ok(!rows.includes(secret));
});

test('an expired capability says so', async (t) => {
  const { broker } = await runWorld(t, (f) => {
    const profiles = serverProfile(f);
    profiles.demo.expires_seconds = 1;
    return profiles;
  });
  const running = new Running(broker, ['--profile', 'demo', '--', process.execPath, join(broker.home, 'server.cjs')]);
  await running.next();
  const expired = await until('the expiry', async () => {
    const answer = await running.ask('token.get', { provider: 'demo' });
    return answer.error?.data.name === 'client_expired' ? answer : undefined;
  });
  assert.ok(expired.error.data.action);
  running.child.process.stdin.end();
  await running.child.ended;
});

test('no program but keybearer opens a capability', async (t) => {
  const { broker } = await runWorld(t);
  const client = await broker.client();
  const refused = await client.callFails('capability.open', { profile: 'demo', pid: process.pid,
    executable: process.execPath, working_directory: '/' });
  assert.equal(refused.errorName, 'policy_denied', refused.message);
});

test('--env puts a token into the environment after a question, never into a command line', async (t) => {
  const { provider, broker } = await runWorld(t);
  const prompter = await Prompter.open(t, broker);
  const running = new Running(broker, ['--env', 'DEMO_TOKEN=demo', '--', 'sh', '-c',
    'echo "\\"$DEMO_TOKEN\\""; test -z "$KEYBEARER_FD$KEYBEARER_CAPABILITY" || echo more; read go']);
  const asked = await prompter.answer('allow-once');
  assert.match(asked.reason, /DEMO_TOKEN of: sh -c/);
  const token = await running.next();
  assert.equal((await provider.userinfo(token)).status, 200);
  assert.ok(!readFileSync(`/proc/${running.child.pid}/cmdline`, 'utf8').includes(token));
  assert.ok(!readFileSync(`/proc/${running.child.pid}/environ`, 'utf8').includes(token));
  running.child.process.stdin.write('go\n');
  assert.equal((await running.child.ended).status, 0);

  const denied = new Running(broker, ['--env', 'DEMO_TOKEN=demo', '--', 'sh', '-c', 'echo started']);
  await prompter.answer('deny');
  assert.equal((await denied.child.ended).status, 5);
  assert.equal(denied.child.stdout, '');
});

test('--inject takes tokens from the profile without a question; a key that must not leave stays', async (t) => {
  const { broker } = await runWorld(t, () => ({
    demo: { allow: ['demo', 'apikey:open', 'apikey:kept'], command: [shell, '-c'] } }));
  for (const [name, more] of [['open', []], ['kept', ['--no-export']], ['other', []]]) {
    const added = await broker.run(['apikey', 'add', name, '--value-file', '-', ...more], { input: `key-of-${name}\n` });
    assert.equal(added.status, 0, added.stderr);
  }
  const run = (selector) => broker.run(['run', '--profile', 'demo', '--inject', '--env', `X=${selector}`, '--',
    'sh', '-c', 'echo "$X"']);
  assert.equal((await run('apikey:open')).stdout, 'key-of-open\n');
  assert.match((await run('demo')).stdout, /^\S{10,}\n$/);
  for (const selector of ['apikey:kept', 'apikey:other']) {
    const refused = await run(selector);
    assert.deepEqual([refused.status, refused.stdout], [5, ''], refused.stderr);
  }
});
