// A night's sleep, a clock that jumps, a network that goes and comes: one refresh a credential, nobody is sent to the
// browser.

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { sleep, until } from './support/wait.mjs';

const preload = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

// A browser that writes down that it was opened.
function tripwire(broker) {
  const opened = join(broker.home, 'opened');
  const browser = join(broker.home, 'browser');
  writeFileSync(browser, `#!/bin/sh\necho "$@" >> ${opened}\n`, { mode: 0o755 });
  return { opened, environment: { BROWSER: browser } };
}

async function asleep(t, { accessTokenSeconds, sessions = ['ana'] }) {
  const { provider, broker } = await world(t, { start: false, provider: { accessTokenSeconds, graceSeconds: 0 } });
  const { opened, environment } = tripwire(broker);
  Object.assign(broker.environment, environment);
  await broker.start();
  const client = await broker.client();
  for (const login of sessions)
    await signIn(client, { login });
  provider.counters.reset();
  return { provider, broker, client, opened };
}

test('the machine sleeps past the end of every token: ten clients wake, one refresh each session', async (t) => {
  const { provider, broker, client, opened } = await asleep(t, { accessTokenSeconds: 4, sessions: ['ana', 'ben'] });
  const others = await Promise.all(Array.from({ length: 10 }, () => broker.client()));
  // A stopped process is what a sleeping machine looks like from inside: time went by, every timer is overdue.
  broker.daemon.process.kill('SIGSTOP');
  const asked = others.flatMap((other) => ['ana@example.com', 'ben@example.com']
    .map((account) => other.call('token.get', { provider: 'demo', account })));
  await sleep(6000);
  assert.equal(provider.counters.requests.token ?? 0, 0);
  broker.daemon.process.kill('SIGCONT');
  const tokens = await Promise.all(asked);
  assert.equal(new Set(tokens.map((token) => token.access_token)).size, 2);
  for (const token of new Set(tokens.map((one) => one.access_token)))
    assert.equal((await provider.userinfo(token)).status, 200);
  assert.equal(provider.counters.granted.refresh_token, 2, JSON.stringify(provider.counters));
  assert.equal(provider.counters.requests.authorization ?? 0, 0);
  assert.equal(existsSync(opened), false, 'a browser was opened');
  assert.equal((await client.call('session.list')).sessions.every((one) => one.state === 'active'), true);
});

test('from the first sign-in on the system bus is listened to, and a bus that never answers holds nobody up', async (t) => {
  const { broker } = await world(t, { start: false });
  const connected = [];
  const bus = createServer((socket) => { connected.push(socket); });
  const path = join(broker.home, 'bus');
  await new Promise((resolve) => { bus.listen(path, resolve); });
  t.after(() => {
    connected.forEach((socket) => socket.destroy());
    bus.close();
  });
  await broker.start({ env: { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${path}` } });
  const client = await broker.client();
  await client.call('session.list');
  assert.equal(connected.length, 0, 'with nothing stored there is nothing to listen for');
  await signIn(client);
  await until('a connection to the bus', () => connected.length > 0);
  const began = Date.now();
  await client.call('token.get', { provider: 'demo' });
  assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
});

// The daemon under libfaketime, whose wall clock a file moves.
async function clockWorld(t, accessTokenSeconds) {
  assert.ok(existsSync(preload), 'libfaketime is not installed');
  const { provider, broker } = await world(t, { start: false, provider: { accessTokenSeconds, graceSeconds: 0 } });
  const { opened, environment } = tripwire(broker);
  const clock = join(broker.home, 'clock');
  writeFileSync(clock, '+0');
  Object.assign(broker.environment, environment);
  await broker.start({ env: { LD_PRELOAD: preload, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_RESET: '1' } });
  const client = await broker.client();
  await signIn(client);
  provider.counters.reset();
  return { provider, broker, client, opened, jump: (offset) => writeFileSync(clock, offset) };
}

for (const [name, offset] of [['a day forward', '+1d'], ['a day back', '-1d'], ['ten years forward', '+10y']]) {
  test(`the wall clock jumps ${name}: no refresh for it, and the token is served on`, async (t) => {
    const { provider, broker, client, opened, jump } = await clockWorld(t, 600);
    const before = await client.call('token.get', { provider: 'demo' });
    jump(offset);
    for (let i = 0; i < 5; ++i) {
      const held = await client.call('token.get', { provider: 'demo', min_valid_seconds: i });
      assert.equal(held.access_token, before.access_token);
      assert.equal((await provider.userinfo(held.access_token)).status, 200);
    }
    assert.match(broker.daemon.stderr, /the wall clock jumped/, 'the clock did not move: the test shows nothing');
    assert.equal(provider.counters.requests.token ?? 0, 0, 'a jump of the clock is no reason to refresh');
    assert.equal(existsSync(opened), false);
  });
}

test('a clock that was put back does not make a token live longer', async (t) => {
  const { provider, client, jump } = await clockWorld(t, 6);
  jump('-1d');
  const served = new Set();
  const end = Date.now() + 8000;
  while (Date.now() < end) {
    const token = await client.call('token.get', { provider: 'demo' });
    if (!served.has(token.access_token))
      assert.equal((await provider.userinfo(token.access_token)).status, 200, 'an old token was handed out as fresh');
    served.add(token.access_token);
    await sleep(200);
  }
  assert.ok(served.size >= 2, `${served.size} tokens`);
  assert.ok(provider.counters.granted.refresh_token <= 4, `${provider.counters.granted.refresh_token} refreshes`);
});

test('while nobody answers nothing is lost, and whoever asked gets the token when the provider is back', async (t) => {
  const { provider, client } = await asleep(t, { accessTokenSeconds: 4 });
  provider.server.closeAllConnections();
  await new Promise((resolve) => { provider.server.close(resolve); });
  await sleep(5000);
  const failure = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(failure.errorName, 'provider_unavailable', failure.message);
  await new Promise((resolve) => { provider.server.listen(provider.port, '127.0.0.1', resolve); });
  await until('a token', () => client.call('token.get', { provider: 'demo' }).catch((error) => {
    assert.equal(error.errorName, 'provider_unavailable', error.message);
  }), { deadlineMilliseconds: 30000, pauseMilliseconds: 200 });
  assert.equal(provider.counters.reused, 0);
  assert.equal(provider.counters.requests.authorization ?? 0, 0);
});
