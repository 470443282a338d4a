// Ten bridges that never stop calling: tokens of five seconds from a provider that rotates, and processes that are
// killed under them. Nobody signs in twice, nothing is lost, nothing arrives twice.
// KEYBEARER_TEST_LIFE_SECONDS says how long the first test lasts (20).

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bridged } from './support/mcp_clients.mjs';
import { gatewayOf } from './support/mcp_processes.mjs';
import { mcpWorld, openedBrowsers } from './support/mcp_world.mjs';
import { sleep, until } from './support/wait.mjs';

const seconds = Number(process.env.KEYBEARER_TEST_LIFE_SECONDS ?? 20);
const tokenLife = 5;
const bridges = 10;
const pauseMilliseconds = 100;
const providerUnavailable = -31006;

// One client that calls until it is told to stop. Every call has a text of its own.
class Caller {
  constructor(client, number) {
    Object.assign(this, { client, number, sent: [], answered: [], failed: [], stopped: false });
  }

  async run() {
    for (let count = 0; !this.stopped; count += 1) {
      const text = `${this.number}/${count}`;
      this.sent.push(text);
      try {
        assert.equal(await this.client.text('echo', { text }), text);
        this.answered.push(text);
      } catch (error) {
        if (error.code === undefined)
          throw error;
        this.failed.push(error);
      }
      await sleep(pauseMilliseconds);
    }
  }
}

async function callers(broker, url) {
  const clients = await Promise.all(Array.from({ length: bridges }, () => bridged(broker, url, { timeout: 30000 })));
  const all = clients.map((client, number) => new Caller(client, number));
  all.running = Promise.all(all.map((one) => one.run()));
  all.running.catch(() => {}); // looked at in finish()
  all.finish = async () => {
    for (const one of all)
      one.stopped = true;
    await all.running;
    await Promise.all(clients.map((client) => client.close()));
    assert.deepEqual(clients.flatMap((client) => client.errors).map(String), [], 'nothing was answered twice');
  };
  return all;
}

// What the server got of a caller, oldest first.
const arrivedOf = (server, number) => server.behaviour.calls.map((call) => call.arguments.text)
  .filter((text) => text?.startsWith(`${number}/`));

// Everybody has had an answer after this moment.
const everybodyIsServed = async (all) => {
  const before = all.map((one) => one.answered.length);
  const waiting = () => all.filter((one, number) => one.answered.length <= before[number] + 1);
  await until('everybody is served again', () => waiting().length === 0, { deadlineMilliseconds: 20000 }).catch((error) => {
    error.message += waiting().map((one) => `\n${one.number}: ${one.sent.length} sent, ${one.answered.length} answered, `
      + `last failure ${one.failed.at(-1)}, ${one.client.stderr()}`).join('');
    throw error;
  });
};

test(`ten bridges with tokens of ${tokenLife} s for ${seconds} s`, { timeout: (seconds + 60) * 1000 }, async (t) => {
  const { provider, server, broker } = await mcpWorld(t, 'legacy',
    { auth: { accessTokenSeconds: tokenLife, graceSeconds: 0 } });
  const all = await callers(broker, server.url);
  await everybodyIsServed(all);
  const { granted: before } = provider.counters;
  assert.equal(before.authorization_code, 1);
  provider.counters.reset();
  const started = Date.now();
  await sleep(seconds * 1000);
  const lives = (Date.now() - started) / 1000 / tokenLife;
  const { granted, reused } = provider.counters;
  await all.finish();
  assert.deepEqual(all.flatMap((one) => one.failed), []);
  for (const one of all)
    assert.deepEqual(arrivedOf(server, one.number), one.sent, 'all arrived, once, in order');
  t.diagnostic(`${server.behaviour.calls.length} calls, ${granted.refresh_token} refreshes, ${server.door.refused} refused`);
  assert.equal(openedBrowsers(broker).length, 1);
  assert.equal(granted.authorization_code, undefined);
  assert.equal(reused, 0);
  // Three quarters of a life, with jitter down to a half: between one a life and two.
  assert.ok(granted.refresh_token >= Math.floor(lives), `${granted.refresh_token} refreshes`);
  assert.ok(granted.refresh_token <= Math.ceil(lives) * 2, `${granted.refresh_token} refreshes`);
});

// A call that was under way when something died may have been carried out or not; no other is lost, none comes twice.
function onlyOpenCallsFailed(all, server) {
  for (const one of all) {
    assert.deepEqual(one.failed.map((error) => error.code).filter((code) => code !== providerUnavailable), []);
    const arrived = arrivedOf(server, one.number);
    assert.deepEqual(arrived, [...new Set(arrived)], 'nothing arrives twice');
    assert.deepEqual(one.answered.filter((text) => !arrived.includes(text)), []);
    assert.equal(one.answered.length + one.failed.length, one.sent.length, 'every call has an answer');
  }
}

test('kill -9 of the gateway: ten bridges go on, nobody signs in again', { timeout: 60000 }, async (t) => {
  const { provider, server, broker } = await mcpWorld(t, 'legacy', { auth: true });
  const all = await callers(broker, server.url);
  for (let round = 0; round < 3; round += 1) {
    await everybodyIsServed(all);
    process.kill(gatewayOf(broker), 'SIGKILL');
  }
  await everybodyIsServed(all);
  await all.finish();
  onlyOpenCallsFailed(all, server);
  t.diagnostic(`${all.flatMap((one) => one.failed).length} of ${server.behaviour.calls.length} calls failed`);
  assert.ok(all.every((one) => one.failed.length <= 3));
  assert.equal(openedBrowsers(broker).length, 1);
  assert.equal(provider.counters.granted.authorization_code, 1);
});

test('kill -9 of the daemon: ten bridges start another and go on', { timeout: 60000 }, async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy');
  const all = await callers(broker, server.url);
  for (let round = 0; round < 2; round += 1) {
    await everybodyIsServed(all);
    const gateway = gatewayOf(broker);
    process.kill(broker.pidFromFile(), 'SIGKILL');
    await until('the end of its gateway', () => gatewayOf(broker) !== gateway);
    await until('another daemon', () => broker.pidFromFile());
  }
  await everybodyIsServed(all);
  await all.finish();
  onlyOpenCallsFailed(all, server);
  assert.ok(all.every((one) => one.failed.length <= 2));
});

test('ten bridges at once and an expired token: one refresh', { timeout: 60000 }, async (t) => {
  const { provider, server, broker } = await mcpWorld(t, 'modern', { auth: { graceSeconds: 0 } });
  const first = await bridged(broker, server.url, { kind: 'newer' });
  assert.equal(await first.text('add', { a: 1, b: 1 }), '2');
  await first.close();
  for (let round = 1; round <= 3; round += 1) {
    provider.store.forgetAccessTokens();
    const clients = await Promise.all(Array.from({ length: bridges }, () => bridged(broker, server.url, { kind: 'newer' })));
    const sums = await Promise.all(clients.map((client) => client.text('add', { a: round, b: 1 })));
    assert.deepEqual(sums, Array(bridges).fill(String(round + 1)));
    await Promise.all(clients.map((client) => client.close()));
    assert.equal(provider.counters.granted.refresh_token, round);
  }
  assert.equal(provider.counters.reused, 0);
  assert.equal(openedBrowsers(broker).length, 1);
});
