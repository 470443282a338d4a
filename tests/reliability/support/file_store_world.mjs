// A real provider and a broker whose sessions lie in a sealed file under a key file.

import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startProvider } from '../../support/provider.mjs';
import { Broker } from '../../end_to_end/support/broker.mjs';

export const fileStore = { backend: 'file', key: 'key_file', key_file: '../store.key' };

export async function fileStoreWorld({ provider: providerOptions, more = {}, env } = {}) {
  const provider = await startProvider(providerOptions);
  const broker = Broker.forProvider(provider, { env, more: { store: fileStore, ...more } });
  writeFileSync(join(broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  return { provider, broker, async remove() {
    await broker.remove();
    await provider.stop();
  } };
}
