// The process itself: what it links, that there is one of it, how it starts, ends and is activated.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram, daemonProgram } from './support/broker.mjs';
import { Child, run } from './support/children.mjs';
import { LineClient } from './support/line_client.mjs';
import { until } from './support/wait.mjs';

function emptyBroker(t, options = {}) {
  const broker = new Broker({ config: { store: { backend: 'memory' } }, ...options });
  t.after(() => broker.remove());
  return broker;
}

function statusOf(pid) {
  return Object.fromEntries(readFileSync(`/proc/${pid}/status`, 'utf8').split('\n')
    .map((line) => line.split(':').map((part) => part.trim())));
}

test('the broker links no GUI library', async () => {
  const { status, stdout } = await run('ldd', [daemonProgram], { env: process.env });
  assert.equal(status, 0);
  assert.match(stdout, /libQt6Core/);
  assert.doesNotMatch(stdout, /libQt6(Gui|Widgets|Svg|OpenGL|Qml)|libX11|libxcb|libwayland|libGL\b|not found/);
});

test('the command line links no Qt', async () => {
  const { stdout, stderr } = await run('ldd', [commandProgram], { env: process.env });
  assert.doesNotMatch(stdout + stderr, /libQt|libglib/);
});

test('READY=1 means that the socket answers', async (t) => {
  const broker = await emptyBroker(t).start();
  const client = await broker.client();
  assert.equal(client.greeting.server, 'keybearerd');
  assert.equal(client.greeting.protocol, 1);
  assert.equal(client.greeting.caller.pid, process.pid);
});

test('sd_notify is told when it is ready', async (t) => {
  const broker = emptyBroker(t);
  const path = join(broker.home, 'notify.sock');
  // Node has no datagram Unix sockets; Perl is part of every Debian.
  const listener = new Child('/bin/bash', ['-c',
    `exec perl -MIO::Socket::UNIX -MSocket -e '$s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die;
      $| = 1; print "listening\\n"; while (defined $s->recv($m, 4096)) { print "$m\\n" } ' '${path}'`], { env: process.env });
  t.after(() => listener.kill('SIGKILL'));
  await until('the listener', () => listener.stdout.includes('listening'));
  await broker.start({ env: { NOTIFY_SOCKET: path } });
  await until('READY=1 on NOTIFY_SOCKET', () => listener.stdout.includes('READY=1'));
});

test('files are private, whatever the umask of who started it', async (t) => {
  const broker = emptyBroker(t, { config: {} }); // with the keychain there is a state directory
  const daemon = new Child('/bin/bash', ['-c', `umask 000; exec ${daemonProgram} --ready-fd 3`],
    { env: broker.environment, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  broker.daemon = daemon;
  await Broker.ready(daemon);
  assert.equal(statSync(broker.socket).mode & 0o777, 0o600);
  assert.equal(statSync(join(broker.home, 'run')).mode & 0o777, 0o700);
  assert.equal(statSync(join(broker.home, 'state')).mode & 0o777, 0o700);
  assert.equal(statusOf(daemon.pid).Umask, '0077');
});

test('its memory is closed to other processes of this user and it leaves no core', async (t) => {
  const broker = await emptyBroker(t).start();
  assert.match(readFileSync(`/proc/${broker.daemon.pid}/limits`, 'utf8'), /Max core file size\s+0\s+0/);
  // The owner of /proc/PID/mem of a process that is not dumpable is root.
  assert.equal(statSync(`/proc/${broker.daemon.pid}/mem`).uid, 0);
});

test('a second broker in the same home ends and says why; the first one goes on', async (t) => {
  const broker = await emptyBroker(t).start();
  const second = broker.spawnDaemon();
  const end = await second.ended;
  assert.notEqual(end.status, 0);
  assert.match(second.stderr, /already|runs|running/i);
  const client = await broker.client();
  assert.equal((await client.call('health.get')).pid, broker.daemon.pid);
});

test('ten starts at once yield one broker', async (t) => {
  const broker = emptyBroker(t);
  const results = await Promise.all(Array.from({ length: 10 }, () => broker.run(['--json', 'health'])));
  const pids = new Set(results.map((result) => {
    assert.equal(result.status, 0, result.stderr);
    return JSON.parse(result.stdout).pid;
  }));
  assert.equal(pids.size, 1);
});

test('the command line starts the broker on demand, and not with --no-spawn', async (t) => {
  const broker = emptyBroker(t);
  const refused = await broker.run(['--no-spawn', 'status']);
  assert.equal(refused.status, 3, refused.stderr);
  const started = await broker.run(['status']);
  assert.equal(started.status, 0, started.stderr);
  assert.ok(broker.pidFromFile());
  assert.equal((await broker.run(['--no-spawn', 'status'])).status, 0);
});

test('a socket file that a killed broker left behind is taken over', async (t) => {
  const broker = await emptyBroker(t).start();
  await broker.kill();
  assert.ok(existsSync(broker.socket));
  await broker.start();
  const client = await broker.client();
  assert.equal((await client.call('health.get')).pid, broker.daemon.pid);
});

test('something else where the socket belongs is not destroyed', async (t) => {
  const broker = emptyBroker(t);
  mkdirSync(join(broker.home, 'run'), { mode: 0o700 });
  writeFileSync(broker.socket, 'letters');
  const daemon = broker.spawnDaemon();
  const end = await daemon.ended;
  assert.notEqual(end.status, 0);
  assert.match(daemon.stderr, /broker\.sock/);
  assert.equal(readFileSync(broker.socket, 'utf8'), 'letters');
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends it cleanly and takes the socket away`, async (t) => {
    const broker = await emptyBroker(t).start();
    const client = await broker.client();
    const end = await broker.daemon.kill(signal);
    assert.deepEqual(end, { status: 0, signal: null });
    assert.ok(!existsSync(broker.socket));
    await client.closed;
  });
}

test('a socket that systemd hands over is used and left in place', async (t) => {
  const broker = emptyBroker(t);
  mkdirSync(join(broker.home, 'run'), { mode: 0o700 });
  // What systemd does: listen, then start the program with the socket as descriptor 3 and LISTEN_PID its own id.
  const daemon = new Child('perl', ['-MSocket', '-MPOSIX', '-e',
    `$^F = 10; socket(S, AF_UNIX, SOCK_STREAM, 0) && bind(S, pack_sockaddr_un(shift)) && listen(S, 128) or die;
     POSIX::dup2(fileno(S), 3); $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = 1; exec @ARGV`,
    broker.socket, daemonProgram, '--ready-fd', '4'],
  { env: broker.environment, stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'pipe'] });
  broker.daemon = daemon;
  await new Promise((resolve, reject) => {
    daemon.process.stdio[4].on('data', resolve);
    daemon.ended.then(() => reject(new Error(daemon.stderr)));
  });
  const client = await broker.client();
  assert.equal((await client.call('health.get')).pid, daemon.pid);
  await client.close();
  const end = await broker.stop();
  assert.equal(end.status, 0, daemon.stderr);
  assert.ok(existsSync(broker.socket), 'the socket belongs to systemd');
});

test('a socket path that is too long is refused with what to do', async (t) => {
  const broker = emptyBroker(t);
  const long = join(broker.home, 'x'.repeat(100));
  const { status, stderr } = await run(daemonProgram, [], { env: { ...broker.environment, KEYBEARER_HOME: long } });
  assert.notEqual(status, 0);
  assert.match(stderr, /107/);
});

test('a thousand connections one after the other leave nothing behind', async (t) => {
  const broker = await emptyBroker(t).start();
  const client = await broker.client();
  const health = () => client.call('health.get');
  const before = (await health()).connections;
  for (let i = 0; i < 100; i += 1) {
    const some = await Promise.all(Array.from({ length: 10 }, () => LineClient.open(broker.socket)));
    await Promise.all(some.map((one) => one.close()));
  }
  await until('all are gone', async () => (await health()).connections === before);
});
