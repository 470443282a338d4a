// Whoever has a token finds the key that it was signed with, also when the token is the first one of all: the broker makes
// that key while it answers, and the gateway, which publishes it, has it before it passes the answer on.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld } from './support/gateway_world.mjs';
import { LocalClient } from './support/local_client.mjs';
import { gatewayOf } from './support/mcp_processes.mjs';

// From now on the broker runs while nobody else has anything to do: of what it does after it has written an answer, nothing
// is done when that answer is read. This test and the gateway get the same processor, and come first.
function letTheBrokerComeLast(world) {
  const [processor] = /^Cpus_allowed_list:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')).slice(1);
  const broker = world.broker.pidFromFile();
  for (const pid of [broker, gatewayOf(world.broker), process.pid])
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', processor, String(pid)]);
  execFileSync('chrt', ['--all-tasks', '--idle', '--pid', '0', String(broker)]);
}

test('the key of the first token is published before the token is given out', async (t) => {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } } });
  const client = await LocalClient.register(world, 'desk');
  const code = (await client.authorize()).get('code');
  assert.deepEqual((await (await fetch(client.metadata.jwks_uri)).json()).keys, [], 'no key before it is needed');
  letTheBrokerComeLast(world);
  const { body } = await client.exchange(code);
  const { keys } = await (await fetch(client.metadata.jwks_uri)).json();
  const { kid } = JSON.parse(Buffer.from(body.access_token.split('.')[0], 'base64url'));
  assert.deepEqual(keys.map((key) => key.kid), [kid]);
});
