// Runs keybearer_bench against the real broker: a provider, a broker in mode trusting, one person signed in.
// The store is the keychain, so that the audit log lies on the disk as it does for a person:
//   KEYBEARER_BIN_DIR=build/bin tests/support/with_keyring node tests/bench/with_broker.mjs OPTIONS_OF_keybearer_bench

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { startProvider } from '../support/provider.mjs';
import { Broker, programs } from '../end_to_end/support/broker.mjs';
import { signIn } from '../end_to_end/support/journey.mjs';
import { startOidcAgent } from './oidc_agent.mjs';

const provider = await startProvider({ accessTokenSeconds: 24 * 3600 });
const broker = Broker.forProvider(provider, { store: 'keychain' });
const peer = await startOidcAgent('demo');
let status = 1;
try {
  await broker.start();
  const client = await broker.client();
  await signIn(client);
  const bench = spawn(join(programs, 'keybearer_bench'), [
    '--socket', broker.socket, '--server-pid', String(broker.daemon.pid), '--provider', 'demo',
    '--cli', join(programs, 'keybearer'), '--daemon', join(programs, 'keybearerd'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, ...peer?.environment } });
  status = await new Promise((resolve) => { bench.on('exit', (code) => resolve(code ?? 1)); });
} finally {
  peer?.stop();
  await broker.remove();
  await provider.stop();
}
process.exit(status);
