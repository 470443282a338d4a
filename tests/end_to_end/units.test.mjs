// The broker in the hands of systemd: the units are right, the socket starts it, and it pings.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Broker, commandProgram, daemonProgram } from './support/broker.mjs';
import { Child, run } from './support/children.mjs';
import { LineClient } from './support/line_client.mjs';
import { until } from './support/wait.mjs';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));

function emptyBroker(t) {
  const broker = new Broker({ config: { store: { backend: 'memory' } } });
  t.after(() => broker.remove());
  return broker;
}

// systemd-socket-activate listens, waits for the first client, and becomes the program with the socket.
async function activated(t, broker, more = []) {
  mkdirSync(join(broker.home, 'run'), { recursive: true, mode: 0o700 });
  const variables = Object.entries(broker.environment).flatMap(([name, value]) => ['-E', `${name}=${value}`]);
  const child = new Child('systemd-socket-activate', ['-l', broker.socket, ...variables, ...more, daemonProgram],
    { env: broker.environment });
  broker.daemon = child;
  t.after(() => child.kill('SIGKILL'));
  // Its file is there before it listens; a connection would be its first client.
  await until('the socket', () => child.stderr.includes('Listening on'));
  return child;
}

test('O3: systemd has nothing against the units', async (t) => {
  const broker = emptyBroker(t);
  for (const unit of ['keybearer.socket', 'keybearer.service']) {
    const text = readFileSync(join(resources, 'systemd', unit), 'utf8');
    writeFileSync(join(broker.home, unit), text.replace('/usr/bin/keybearerd', daemonProgram));
  }
  const env = { ...process.env, XDG_RUNTIME_DIR: broker.home };
  const checked = await run('systemd-analyze', ['--user', '--man=no', 'verify', join(broker.home, 'keybearer.socket'),
    join(broker.home, 'keybearer.service')], { env });
  assert.equal(checked.status, 0, checked.stderr);
  assert.equal(checked.stderr.trim(), '');
  const judged = await run('systemd-analyze', ['--user', 'security', '--offline=true', '--no-pager',
    join(broker.home, 'keybearer.service')], { env });
  assert.equal(judged.status, 0, judged.stderr);
  const exposure = Number(/exposure level for keybearer.service: ([0-9.]+)/.exec(judged.stdout)[1]);
  assert.ok(exposure < 9, judged.stdout);
});

test('O3: the first client starts the broker, and the socket outlives it', async (t) => {
  const broker = emptyBroker(t);
  const daemon = await activated(t, broker);
  const inode = statSync(broker.socket).ino;
  const first = await LineClient.open(broker.socket);
  assert.equal((await first.call('health.get')).pid, daemon.pid);
  assert.equal((await broker.run(['--no-spawn', 'health'])).status, 0);
  const second = broker.spawnDaemon();
  assert.equal((await second.ended).status, 2, second.stderr);
  assert.match(second.stderr, /already running/);
  await first.close();
  const end = await daemon.stop();
  assert.equal(end.status, 0, daemon.stderr);
  assert.equal(statSync(broker.socket).ino, inode);
});

test('O3: an upgrade under socket activation keeps the socket of the manager', async (t) => {
  const broker = emptyBroker(t);
  const daemon = await activated(t, broker);
  assert.equal((await broker.run(['--no-spawn', 'health'])).status, 0);
  const restarted = await broker.run(['--no-spawn', '--json', 'restart']);
  assert.equal(restarted.status, 0, restarted.stderr);
  assert.equal(JSON.parse(restarted.stdout).pid, daemon.pid);
  assert.equal((await daemon.stop()).status, 0);
  assert.ok(existsSync(broker.socket), 'it is the manager that removes it');
});

test('O3: the broker pings from its event loop for as long as it is asked to', async (t) => {
  const broker = emptyBroker(t);
  const path = join(broker.home, 'notify.sock');
  const listener = new Child('/bin/bash', ['-c',
    `exec perl -MIO::Socket::UNIX -MSocket -e '$s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die;
      $| = 1; print "listening\\n"; while (defined $s->recv($m, 4096)) { print "$m\\n" } ' '${path}'`], { env: process.env });
  t.after(() => listener.kill('SIGKILL'));
  await until('the listener', () => listener.stdout.includes('listening'));
  await broker.start({ env: { NOTIFY_SOCKET: path, WATCHDOG_USEC: '300000' } });
  const pings = () => listener.stdout.split('WATCHDOG=1').length - 1;
  await until('three pings', () => pings() >= 3);
  assert.equal((await broker.run(['--no-spawn', 'restart'])).status, 0);
  const after = pings();
  await until('the successor pings, too', () => pings() > after + 1);
  assert.doesNotMatch(listener.stdout, /STOPPING=1/, 'a hand-over is no end');
});

test('O3: the command line leaves the start to systemd where the units are in place', async (t) => {
  const home = emptyBroker(t);
  const runtime = join(home.home, 'xdg');
  const bin = join(home.home, 'bin');
  const wants = join(home.home, '.config/systemd/user/sockets.target.wants');
  for (const directory of [runtime, bin, join(runtime, 'systemd'), join(runtime, 'keybearer'), wants])
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(runtime, 'systemd/private'), '');
  writeFileSync(join(wants, 'keybearer.socket'), '');
  for (const program of [daemonProgram, commandProgram])
    copyFileSync(program, join(bin, program.split('/').pop()));
  mkdirSync(join(home.home, '.config/keybearer'), { recursive: true });
  writeFileSync(join(home.home, '.config/keybearer/config.yaml'), 'store: {backend: memory}\n');
  const socket = join(runtime, 'keybearer/broker.sock');
  // What systemctl start keybearer.socket does, as far as a client can tell.
  writeFileSync(join(bin, 'systemctl'), `#!/bin/bash
echo "$@" > ${home.home}/asked
systemd-socket-activate -l ${socket} ${['HOME', 'XDG_RUNTIME_DIR', 'PATH'].map((name) => `-E ${name}`).join(' ')} ${daemonProgram} > /dev/null 2>&1 &
echo $! > ${home.home}/activator
while [ ! -S ${socket} ]; do :; done
`, { mode: 0o755 });
  const env = { HOME: home.home, XDG_RUNTIME_DIR: runtime, PATH: `${bin}:${process.env.PATH}` };
  const status = await run(join(bin, 'keybearer'), ['--json', 'health'], { env });
  const activator = Number(readFileSync(join(home.home, 'activator'), 'utf8')); // it became the broker
  t.after(() => process.kill(activator, 'SIGKILL'));
  assert.equal(status.status, 0, status.stderr);
  assert.equal(readFileSync(join(home.home, 'asked'), 'utf8').trim(), '--user --no-ask-password start keybearer.socket');
  assert.equal(JSON.parse(status.stdout).pid, activator,
    'the broker is the one that the manager has started');
});

test('the LaunchAgent is a property list, and the logon task is well-formed', async () => {
  const plist = await run('/usr/bin/python3', ['-c', `import plistlib, sys
d = plistlib.load(open(sys.argv[1], 'rb'))
assert d['Label'] == 'example.keybearer.broker' and d['ProgramArguments'] == ['@PROGRAM@']
assert d['Sockets']['broker'] == {'SockPathName': '@SOCKET@', 'SockPathMode': 0o600} and d['Umask'] == 0o77
import xml.etree.ElementTree as e
t = e.parse(sys.argv[2]).getroot()
n = '{http://schemas.microsoft.com/windows/2004/02/mit/task}'
assert t.tag == n + 'Task' and t.find(f'{n}Actions/{n}Exec/{n}Command').text == '@PROGRAM@'
assert t.find(f'{n}Principals/{n}Principal/{n}RunLevel').text == 'LeastPrivilege'`,
    join(resources, 'macos/example.keybearer.broker.plist'), join(resources, 'windows/keybearer-broker.xml')],
  { env: process.env });
  assert.equal(plist.status, 0, plist.stderr);
});

test('autostart shows what it would do, and does nothing', async (t) => {
  const home = emptyBroker(t);
  const env = { HOME: home.home, PATH: process.env.PATH, XDG_RUNTIME_DIR: home.home, KEYBEARER_UNIT_PATH: '/nonexistent' };
  const shown = await run(commandProgram, ['--json', 'autostart', 'enable', '--dry-run'], { env });
  assert.equal(shown.status, 0, shown.stderr);
  const plan = JSON.parse(shown.stdout);
  assert.deepEqual(plan.files.map(({ path }) => path.replace(home.home, '~')),
    ['~/.config/systemd/user/keybearer.socket', '~/.config/systemd/user/keybearer.service']);
  assert.match(plan.files[1].content, new RegExp(`^ExecStart=${daemonProgram}$`, 'm'));
  assert.deepEqual(plan.commands.at(-1), ['systemctl', '--user', 'enable', '--now', 'keybearer.socket']);
  assert.ok(!existsSync(join(home.home, '.config')));
  const status = await run(commandProgram, ['--json', 'autostart', 'status'], { env });
  assert.equal(JSON.parse(status.stdout).broker, false);
  const elsewhere = await run(commandProgram, ['autostart', 'enable'], { env: { ...env, KEYBEARER_HOME: home.home } });
  assert.equal(elsewhere.status, 2, elsewhere.stderr);
  assert.match(elsewhere.stderr, /KEYBEARER_HOME/);
});
