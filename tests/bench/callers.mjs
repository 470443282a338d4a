// callers.mjs SOCKET COUNT: opens COUNT connections, says so, waits for a line, asks for 20 tokens at each in turn, and
// says how many that were. A part of scale.mjs.

import { LineClient } from '../end_to_end/support/line_client.mjs';

const [socket, count] = [process.argv[2], Number(process.argv[3])];
const clients = [];
for (let i = 0; i < count; i += 1)
  clients.push(await LineClient.open(socket));
await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
console.log('{}');
await new Promise((resolve) => { process.stdin.once('data', resolve); });
let requests = 0;
for (let round = 0; round < 20; round += 1) {
  await Promise.all(clients.map((client) => client.call('token.get', { provider: 'demo' })));
  requests += clients.length;
}
console.log(JSON.stringify({ requests }));
process.exit(0);
