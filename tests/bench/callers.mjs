// callers.mjs SOCKET COUNT ROUNDS: opens COUNT connections, says so, waits for a line, asks for ROUNDS tokens at each in
// turn, and says how many that were. A part of scale.mjs.

import { LineClient } from '../end_to_end/support/line_client.mjs';

const socket = process.argv[2];
const [count, rounds] = process.argv.slice(3).map(Number);
const clients = [];
for (let i = 0; i < count; i += 1)
  clients.push(await LineClient.open(socket));
await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
console.log('{}');
await new Promise((resolve) => { process.stdin.once('data', resolve); });
let requests = 0;
for (let round = 0; round < rounds; round += 1) {
  await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
  requests += clients.length;
}
console.log(JSON.stringify({ requests }));
process.exit(0);
