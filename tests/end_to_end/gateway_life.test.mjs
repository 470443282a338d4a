// What dies and comes back: the gateway process, the daemon. Clients of the gateway keep their address and their
// tokens; nobody signs in again.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { startProvider } from '../support/provider.mjs';
import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { LocalClient } from './support/local_client.mjs';
import { gatewayOf } from './support/mcp_processes.mjs';
import { McpCounterpart } from './support/mcp_servers.mjs';
import { SdkOverHttp } from './support/sdk_over_http.mjs';
import { until } from './support/wait.mjs';

const list = { headers: modern('tools/list'), body: message('tools/list') };

// Asks without end on a few connections until it is told to stop: what became of each request.
function load(world, key, { connections = 8 } = {}) {
  const outcomes = { good: 0, refused: 0, other: [] };
  let going = true;
  const one = async () => {
    while (going) {
      await world.request('desk', { key, ...list }).then(({ status, text }) => {
        if (status === 200)
          outcomes.good += 1;
        else if (status >= 502 && status <= 504)
          outcomes.refused += 1;
        else
          outcomes.other.push(`${status} ${text}`);
      }, async () => { // the connection was lost: nobody answers while the processes are exchanged
        outcomes.refused += 1;
        await new Promise((resolve) => { setTimeout(resolve, 5); });
      });
    }
  };
  const all = Array.from({ length: connections }, one);
  return { outcomes, stop: () => { going = false; return Promise.all(all); } };
}

const moreGood = async (outcomes, count = 50) => {
  const from = outcomes.good;
  await until('requests are answered', () => outcomes.good >= from + count, { deadlineMilliseconds: 20000 });
};

test('kill -9 of the gateway under load, three times: requests under way fail, all others are served, the port stays',
  { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } } });
  const key = await world.key('robot', 'desk');
  const { outcomes, stop } = load(world, key);
  for (let round = 0; round < 3; round += 1) {
    await moreGood(outcomes);
    const gateway = gatewayOf(world.broker);
    process.kill(gateway, 'SIGKILL');
    await until('another gateway', () => ![undefined, gateway].includes(gatewayOf(world.broker)));
  }
  await moreGood(outcomes);
  await stop();
  t.diagnostic(`${outcomes.good} answered, ${outcomes.refused} failed`);
  assert.deepEqual(outcomes.other, [], 'no key and no token is refused because a process has died');
  const { base } = world;
  await world.learnAddress();
  assert.equal(world.base, base);
});

// Grants and refresh tokens have to survive the daemon: a store on the disk.
async function lastingWorld(t, services) {
  const world = await GatewayWorld.start(t, { services, store: { backend: 'file', key: 'key_file', key_file: '../store.key' },
    prepare: (broker) => writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 }) });
  return world;
}

test('kill -9 of the daemon under load and a new start: the port, grants, refresh tokens and keys survive',
  { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const world = await lastingWorld(t, { desk: { url: upstream.url('desk') } });
  const key = await world.key('robot', 'desk');
  const client = await LocalClient.register(world, 'desk');
  const tokens = await client.signIn();
  const { base } = world;
  for (let round = 0; round < 2; round += 1) {
    const { outcomes, stop } = load(world, key);
    await moreGood(outcomes);
    await world.broker.kill();
    await world.broker.start();
    await world.learnAddress();
    assert.equal(world.base, base, 'the address is the same');
    await moreGood(outcomes);
    await stop();
    assert.deepEqual(outcomes.other, []);
  }
  assert.equal((await world.request('desk', { key: tokens.access_token, ...list })).status, 200, 'an access token of before is good');
  const refreshed = await client.refresh();
  assert.equal(refreshed.status, 200, refreshed.text);
  const stale = await client.refresh('somebody-else');
  assert.equal(stale.body.error, 'invalid_grant');
  assert.equal((await world.request('desk', { key: refreshed.body.access_token, ...list })).status, 200);
});

test('an orderly restart of the daemon: an SDK client goes on without a browser', { timeout: 60000 }, async (t) => {
  const provider = await startProvider({ registration: true });
  t.after(() => provider.stop());
  const server = await McpCounterpart.start('modern', { provider });
  t.after(() => server.stop());
  const world = await lastingWorld(t, { desk: { url: server.url } });
  const client = await SdkOverHttp.connect(t, world, 'desk', { kind: 'newer' });
  assert.equal(await client.text('add', { a: 1, b: 1 }), '2');
  await world.broker.restart();
  await world.learnAddress();
  await until('it works again', () => client.text('add', { a: 20, b: 22 }).then((text) => text === '42', () => false));
  assert.equal(client.person.visits, 1);
  assert.equal(provider.counters.granted.authorization_code, 1);
});

test('gateway stop closes the door, start opens it at the same address', { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } } });
  const key = await world.key('robot', 'desk');
  assert.equal((await world.request('desk', { key, ...list })).status, 200);
  const stopped = await world.broker.run(['gateway', 'stop']);
  assert.equal(stopped.status, 0, stopped.stderr);
  await until('nobody answers', () => world.request('desk', { key, ...list }).then(() => false, (error) => error.code === 'ECONNREFUSED'));
  const started = await world.broker.run(['gateway', 'start', '--json']);
  assert.equal(started.status, 0, started.stderr);
  const { base } = world;
  await world.learnAddress();
  assert.equal(world.base, base);
  assert.equal((await world.request('desk', { key, ...list })).status, 200);
});
