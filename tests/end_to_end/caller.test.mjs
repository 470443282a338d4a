// Who asks: what the broker sees of programs, and of those that try to pass for another one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram, daemonProgram, programs } from './support/broker.mjs';
import { run } from './support/children.mjs';

const tricks = join(programs, 'caller_tricks');

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function which(...names) {
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0)
      return realpathSync(found.stdout.trim());
  }
  return undefined;
}

// Nobody may pretend that something was tried: what the machine cannot do is said in the output.
function cannot(t, what) {
  t.diagnostic(`NOT TRIED HERE: ${what}`);
}

async function asked(t, { mode = 'ask' } = {}) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode } } });
  t.after(() => broker.remove());
  await broker.start();
  return broker;
}

// The answers of a trick: parsed lines; "closed" stays what it is.
async function answers(program, parameters, options) {
  const end = await run(program, parameters, options);
  assert.equal(end.status, 0, `${end.stderr}${end.stdout}`);
  return end.stdout.trim().split('\n').map((line) => (line.startsWith('{') ? JSON.parse(line) : line));
}

function directory(t) {
  const made = mkdtempSync('/tmp/kb-caller-');
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('a native program is known by path, hash and owner, and by who started it', async (t) => {
  const broker = await asked(t);
  const [hello, seen] = await answers(tricks, ['speak', broker.socket]);
  const { caller } = seen.result;
  assert.deepEqual(hello.result.caller, caller);
  assert.equal(caller.executable, realpathSync(tricks));
  assert.equal(caller.evidence.executable_sha256, sha256(tricks));
  assert.equal(caller.evidence.working_directory, process.cwd());
  assert.equal(caller.evidence.ancestors[0].pid, process.pid);
  assert.equal(caller.evidence.ancestors[0].executable, realpathSync(process.execPath));
  assert.equal(caller.class, caller.evidence.system_owned ? 'C' : 'E');
  assert.equal(seen.result.operator, false);
  assert.equal(seen.result.role, 'agent');
  assert.equal(seen.result.started_by.class, 'D');
  assert.match(seen.result.started_by.script, /caller\.test\.mjs$/);
});

test('R4: node and python are never an identity: script, its hash and where it runs are', async (t) => {
  const broker = await asked(t);
  const place = directory(t);
  const python = which('python3');
  const script = join(place, 'ask.py');
  writeFileSync(script, `import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.sendall(b'{"jsonrpc":"2.0","id":0,"method":"hello","params":{"protocol":1,"client":{"name":"a"}}}\\n')
print(s.makefile().readline(), end='')
`);
  if (python) {
    const [hello] = await answers(python, [script, broker.socket], { cwd: place });
    const { caller } = hello.result;
    assert.equal(caller.class, 'D');
    assert.equal(caller.script, realpathSync(script));
    assert.equal(caller.evidence.script_sha256, sha256(script));
    assert.equal(caller.evidence.working_directory, realpathSync(place));
    const [inline] = await answers(python, ['-c', readFileSync(script, 'utf8'), broker.socket]);
    assert.equal(inline.result.caller.class, 'E');
    assert.match(inline.result.caller.evidence.remarks.join(), /does not come from a file/);
    const env = { ...process.env, PYTHONPATH: place };
    const [hinted] = await answers(python, [script, broker.socket], { env });
    assert.match(hinted.result.caller.evidence.remarks.join(), /PYTHONPATH is set/);
  } else {
    cannot(t, 'python: there is none');
  }
  const node = await broker.client();
  assert.equal(node.greeting.caller.class, 'D');
  assert.equal(node.greeting.caller.executable, realpathSync(process.execPath));
  assert.match(node.greeting.caller.script, /caller\.test\.mjs$/);
});

test('T-03: who connects and then executes another program is neither the one nor the other', async (t) => {
  const broker = await asked(t);
  const trusted = which('sleep');
  const [, seen] = await answers(tricks, ['exec', broker.socket, trusted, '60']);
  assert.equal(seen.result.caller.executable, trusted);
  assert.equal(seen.result.caller.class, 'E');
  assert.match(seen.result.caller.evidence.remarks.join(), /became another program/);
});

test('T-03: nor does it become an operator by executing our own command line', async (t) => {
  const broker = await asked(t);
  const end = await run(tricks, ['exec', broker.socket, commandProgram, '--socket', broker.socket, 'consent', 'pending',
    '--follow'], { env: broker.environment });
  const [, seen] = end.stdout.trim().split('\n');
  const { operator, role } = JSON.parse(seen).result;
  assert.equal(operator, false, seen);
  assert.equal(role, 'agent');
});

test('T-03: the connection of a program that has ended is closed, though its child holds it', async (t) => {
  const broker = await asked(t);
  assert.deepEqual(await answers(tricks, ['orphan', broker.socket]), ['closed']);
});

test('T-03: a connection that was passed on speaks for who made it, and ends with it', async (t) => {
  const broker = await asked(t);
  const [child, hello, seen, end] = await answers(tricks, ['pass', broker.socket]);
  assert.equal(hello.result.caller.pid, Number(child));
  assert.equal(seen.result.caller.pid, Number(child));
  assert.equal(end, 'closed');
});

test('programs without a file are unknown, and said to be', async (t) => {
  const broker = await asked(t);
  const [inMemory] = await answers(tricks, ['memfd', broker.socket]);
  assert.equal(inMemory.result.caller.class, 'E');
  assert.match(inMemory.result.caller.evidence.remarks.join(), /made in memory/);
  const copy = join(directory(t), 'tool');
  copyFileSync(tricks, copy);
  chmodSync(copy, 0o755);
  const [deleted] = await answers(copy, ['deleted', broker.socket]);
  assert.equal(deleted.result.caller.class, 'E');
  assert.equal(deleted.result.caller.executable, copy);
  assert.match(deleted.result.caller.evidence.remarks.join(), /deleted or replaced/);
});

test('a copy that its user can replace is unknown', async (t) => {
  const broker = await asked(t);
  const copy = join(directory(t), 'tool');
  copyFileSync(tricks, copy);
  chmodSync(copy, 0o755);
  const [hello] = await answers(copy, ['speak', broker.socket]);
  assert.equal(hello.result.caller.class, 'E');
  assert.equal(hello.result.caller.evidence.system_owned, false);
  assert.equal(hello.result.caller.evidence.executable_sha256, sha256(tricks));
});

test('a command line that others can replace speaks for nobody, and doctor says why', async (t) => {
  const broker = new Broker({ config: { store: { backend: 'memory' } } });
  t.after(() => broker.remove());
  const place = directory(t);
  for (const program of [commandProgram, daemonProgram])
    copyFileSync(program, join(place, program.split('/').pop()));
  chmodSync(place, 0o777);
  const command = (...words) => run(join(place, 'keybearer'), words, { env: broker.environment });
  const { pid } = JSON.parse((await command('health')).stdout);
  t.after(() => process.kill(pid));
  const { findings } = JSON.parse((await command('doctor', '--json', '--no-network')).stdout);
  const role = findings.find((finding) => finding.name === 'role');
  assert.equal(role.level, 'warning');
  assert.match(role.action, /Others may replace .*\/keybearer: .*only you or root can write it/);
  chmodSync(place, 0o755);
  const { findings: safe } = JSON.parse((await command('doctor', '--json', '--no-network')).stdout);
  assert.ok(!safe.some((finding) => finding.name === 'role'), JSON.stringify(safe));
});

test('T-05: a library that was preloaded into a program of the system is shown as what it is', async (t) => {
  const broker = await asked(t);
  const place = directory(t);
  const library = join(place, 'preloaded.so');
  copyFileSync(join(programs, 'caller_preloaded.so'), library);
  const env = { ...process.env, LD_PRELOAD: library, TRICK_SOCKET: broker.socket };
  const loaded = spawnSync(which('cat'), [], { env, input: '', encoding: 'utf8' });
  const { caller } = JSON.parse(loaded.stdout.trim().split('\n')[0]).result;
  assert.equal(caller.executable, which('cat'));
  assert.equal(caller.evidence.system_owned, true);
  assert.equal(caller.class, 'E');
  assert.match(caller.evidence.remarks.join(), new RegExp(`runs code from ${library}`));
});

test('T-06: whatever a program calls itself is a claim, and is shown escaped', async (t) => {
  const broker = await asked(t);
  for (const name of ['\u202egpj.exe', '\u001b]0;owned\u0007\u001b[31mkeybearer', 'p\u0430yp\u0430l', 'a'.repeat(10000), '\n\r\t', '\u200b\u2066x']) {
    const client = await broker.client({ hello: false });
    const { caller } = await client.call('hello', { protocol: 1, client: { name, version: '1' } });
    assert.ok([...caller.claimed_name].length <= 80, caller.claimed_name);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(caller.claimed_name, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    assert.match(caller.script, /caller\.test\.mjs$/); // the measurement stands beside it
  }
});

test('T-10: another user is turned away without a word', async (t) => {
  if (process.getuid() !== 0)
    return cannot(t, 'another user: only the superuser can become one');
  const broker = await asked(t);
  for (const path of [broker.home, join(broker.home, 'run')])
    chmodSync(path, 0o777);
  chmodSync(broker.socket, 0o777); // as if everything else had failed
  const copy = join(directory(t), 'tool');
  copyFileSync(tricks, copy);
  chmodSync(join(copy, '..'), 0o755);
  chmodSync(copy, 0o755);
  const end = await run('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', copy, 'speak', broker.socket]);
  assert.equal(end.stdout.trim(), 'closed', end.stderr);
});

test('T-04: a number that was given to another process names nobody', async (t) => {
  const inside = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  const instead = 'PeerProcessTest checks the start time and the held process instead';
  const [major, minor] = release().split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 14)) // older kernels have one limit for all namespaces
    return cannot(t, `numbers used again: Linux ${release()} has no limit of a namespace; ${instead}`);
  const probe = spawnSync('unshare', [...inside, 'sh', '-c', 'echo 400 > /proc/sys/kernel/pid_max'], { encoding: 'utf8' });
  if (probe.status !== 0)
    return cannot(t, `numbers used again: ${probe.stderr.trim()}; ${instead}`);
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'ask' } } });
  t.after(() => broker.remove());
  const script = `echo 400 > /proc/sys/kernel/pid_max
    "${daemonProgram}" --ready-fd 3 3>"$KEYBEARER_HOME/ready" >/dev/null 2>&1 &
    daemon=$!
    for i in $(seq 200); do grep -q READY=1 "$KEYBEARER_HOME/ready" && break; sleep 0.05; done
    "${tricks}" reuse "${broker.socket}" $daemon
    "${tricks}" speak "${broker.socket}"
    kill $daemon; wait $daemon`;
  const end = await run('unshare', [...inside, 'sh', '-c', script], { env: broker.environment });
  assert.equal(end.status, 0, end.stderr);
  const [counted, hello] = end.stdout.trim().split('\n').map((line) => JSON.parse(line));
  t.diagnostic(end.stdout.split('\n')[0]);
  assert.equal(counted.connected, 20);
  assert.ok(counted.again > 0, 'no number came again');
  assert.equal(counted.greeted, 0);
  assert.equal(hello.result.caller.executable, realpathSync(tricks)); // and who is alive is served
});

test('F: a program in a container of its own is remote', async (t) => {
  const broker = await asked(t);
  const end = spawnSync('unshare', ['--user', '--map-root-user', tricks, 'speak', broker.socket], { encoding: 'utf8' });
  if (end.status !== 0)
    return cannot(t, `another user namespace: ${end.stderr.trim()}`);
  const { caller } = JSON.parse(end.stdout.trim().split('\n')[0]).result;
  assert.equal(caller.class, 'F');
  assert.match(caller.evidence.remarks.join(), /container/);
});

test('a program is read once: the second caller with the same file waits for nothing', async (t) => {
  const broker = await asked(t);
  const times = [];
  for (let i = 0; i < 6; ++i) {
    const started = process.hrtime.bigint();
    const client = await broker.client();
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
    await client.close();
  }
  t.diagnostic(`hello: first ${times[0].toFixed(1)} ms (${(statSync(process.execPath).size / 1e6).toFixed(0)} MB read), `
    + `then ${times.slice(1).map((time) => time.toFixed(1)).join(', ')} ms`);
  assert.ok(Math.min(...times.slice(1)) < times[0], times.join());
});
