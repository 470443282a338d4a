// A program of the person's, as an MCP server would be: asks the broker for a token, and prints what it got.
//   ask.mjs PROVIDER
import { Broker } from '../../../../clients/node/keybearer.js';

try {
  const broker = new Broker({ name: 'notes-server', version: '1.0.0' });
  const token = await broker.getToken({ provider: process.argv[2], minValid: 60, reason: 'to read your notes' });
  process.stdout.write(`${JSON.stringify({ token: token.accessToken })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: error.errorName ?? String(error) })}\n`);
}
process.exit(0);
