// The tokens that a program of a local service finds in its environment: released with an audit row, fresh, in no log.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { startProvider } from '../support/provider.mjs';
import { Broker } from './support/broker.mjs';
import { bridged } from './support/mcp_clients.mjs';
import { ask, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const program = fileURLToPath(new URL('support/stdio_program.mjs', import.meta.url));

test('a token in its environment, and a fresh one before it ends', { timeout: 90000 }, async (t) => {
  const provider = await startProvider({ accessTokenSeconds: 32 });
  t.after(() => provider.stop());
  const folder = mkdtempSync('/tmp/kb-local-');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const broker = Broker.forProvider(provider, { more: { services: { files: { command: [process.execPath, '--no-warnings', program, folder],
    env: { DEMO_TOKEN: 'demo' } } } } });
  t.after(() => broker.remove());
  await broker.start();
  const client = await bridged(broker, 'files');
  assert.match(await client.text('pid').catch((error) => error.message), /demo/, 'nobody has signed in');
  await signInByCommand(broker);
  const first = await client.text('environment', { name: 'DEMO_TOKEN' });
  assert.ok(first.length > 20 && first !== '(not set)');
  assert.ok(!broker.daemon.stderr.includes(first), 'it is not in the log');
  await until('its release is in the audit log', async () => (await ask(broker, 'audit', 'list', '--kind', 'token.released'))
    .rows.some((row) => JSON.stringify(row).includes('service:files')));
  await until('a fresh one', async () => await client.text('environment', { name: 'DEMO_TOKEN' }) !== first, { deadlineMilliseconds: 50000 });
});
