// What goes wrong once a minute while the broker works, one thing after another.

import { connect } from 'node:net';

import { gatewayOf } from '../../end_to_end/support/mcp_processes.mjs';
import { answerJson } from '../../end_to_end/support/bare_upstream.mjs';
import { signIn } from '../../end_to_end/support/journey.mjs';
import { sleep } from '../../end_to_end/support/wait.mjs';

const troubleMilliseconds = 15000;

async function providerTrouble({ provider }, fault) {
  provider.faults.add(fault);
  await sleep(troubleMilliseconds);
  provider.faults.clear();
}

async function signedInAgain({ broker }) {
  const client = await broker.client();
  try {
    await signIn(client);
  } finally {
    await client.close();
  }
}

export const soakFaults = [
  ['the gateway is killed', async ({ broker }) => process.kill(gatewayOf(broker), 'SIGKILL')],
  ['the provider answers 500', (world) => providerTrouble(world, { kind: 'status', status: 500 })],
  ['the provider is slow', (world) => providerTrouble(world, { kind: 'slow', milliseconds: 3000 })],
  ['the provider is down', (world) => providerTrouble(world, { kind: 'reset', route: 'any' })],
  ['half of 60 clients stay silent, half send half a line', async ({ broker }) => {
    const sockets = Array.from({ length: 60 }, (_, index) => {
      const socket = connect(broker.socket);
      socket.on('error', () => {});
      if (index % 2 === 0)
        socket.write('{"jsonrpc":');
      return socket;
    });
    await sleep(troubleMilliseconds);
    for (const socket of sockets)
      socket.destroy();
  }],
  ['the configuration is read again', async ({ broker }) => broker.daemon.process.kill('SIGHUP')],
  ['the store is locked for 5 s', async ({ broker }) => {
    await broker.run(['store', 'lock']);
    await sleep(5000);
    await broker.run(['store', 'unlock']);
  }],
  ['the sign-in is revoked at the provider', async (world) => {
    world.provider.revokeAll();
    await sleep(troubleMilliseconds);
    await signedInAgain(world);
  }],
  ['the MCP server answers 503', async ({ upstream, answers }) => {
    upstream.answer('desk', (request, response) => answerJson(response, { error: 'busy' }, 503));
    await sleep(troubleMilliseconds);
    upstream.answer('desk', answers);
  }],
  ['all streams are cut', async ({ streams }) => streams.cut()],
];
