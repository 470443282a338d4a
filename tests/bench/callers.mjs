// callers.mjs SOCKET COUNT ROUNDS: opens COUNT connections, says so, and for each line that comes asks for ROUNDS tokens
// at each in turn, and says how many that were. A part of scale.mjs.

import { createInterface } from 'node:readline';

import { LineClient } from '../end_to_end/support/line_client.mjs';

const socket = process.argv[2];
const [count, rounds] = process.argv.slice(3).map(Number);
const clients = [];
for (let i = 0; i < count; i += 1)
  clients.push(await LineClient.open(socket));
await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
console.log('{}');
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'go')
    break;
  let requests = 0;
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
    requests += clients.length;
  }
  console.log(JSON.stringify({ requests }));
}
process.exit(0);
