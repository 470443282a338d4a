// Several brokers over one Vault: with the least policy, the store's key wrapped by transit, and what happens to such a
// server - it is sealed, it takes tokens back. The server is tests/support/vault_server.mjs, which is strict.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { startVault } from '../support/vault_server.mjs';
import { endedEverywhere, memberOf, oneTokenForBoth, ready, refreshedOnceForAll, servedFromMemory, settling, signedIn,
  startTeam, tokenOf, wellAgain } from './support/team.mjs';
import { sleep, until } from './support/wait.mjs';

// The policies that the page shows: the records', and the one for transit.
function leastPolicy() {
  const page = readFileSync(new URL('../../docs/vault.md', import.meta.url), 'utf8');
  return [...page.matchAll(/```hcl\n([^`]+)```/g)].map(([, text]) => text).join('\n');
}

const storeOf = (server, vault) => ({ backend: 'vault', vault: { url: server.url, auth: 'approle', role_id: 'the-role',
  secret_id: 'the-secret-id', poll_seconds: 1, ...vault } });

async function team(t, count, { vault, provider } = {}) {
  const server = await startVault({ policy: leastPolicy() });
  t.after(() => server.close());
  return { server, ...await startTeam(t, count, storeOf(server, vault), provider) };
}

test('S4: signed in at one broker, a token at the other; the least policy is enough, and nothing there is readable',
  async (t) => {
    const { provider, server, brokers } = await team(t, 2, { vault: { transit_key: 'keybearer' } });
    const [atA, atB] = await signedIn(brokers);
    const { session, token } = await oneTokenForBoth(provider, atA, atB);

    const keys = server.vault.kv.dump();
    const text = JSON.stringify(keys);
    const sealed = Object.values(keys).flat().map(({ data }) => Buffer.from(data.sealed ?? '', 'base64url').toString('latin1'));
    for (const canary of [token, token.slice(0, 20), 'ana@example.com', 'demo', provider.issuer])
      for (const place of [text, ...sealed]) assert.ok(!place.includes(canary), canary);
    assert.ok(Object.values(keys).every((versions) => versions.length === 1 || versions[0].data.sequence !== undefined),
      'no old version stays');
    assert.deepEqual(server.vault.violations, []);

    const status = await brokers[1].run(['store', 'status']);
    assert.equal(status.status, 0, status.stderr);
    assert.match(status.stdout, /vault/);

    // Whoever has the key file alone opens nothing.
    const thief = await memberOf(t, provider, storeOf(server)).start();
    const atThief = await thief.client();
    const refused = await until('the refusal', async () => {
      const found = await atThief.call('store.status');
      return found.state !== 'ready' && found.problem?.includes('transit') ? found : undefined;
    });
    assert.ok(refused.action.length > 0);

    await endedEverywhere(atA, atB, session);
  });

test('S4: brokers that share Vault refresh once', async (t) => {
  const { provider, server, brokers } = await team(t, 3, { provider: { accessTokenSeconds: 20 } });
  await refreshedOnceForAll(provider, brokers, 2);
  assert.deepEqual(server.vault.violations, []);
});

test('S4: sealed, tokens are served from memory and the state says what to do; unsealed, all is well', async (t) => {
  const { provider, server, brokers } = await team(t, 2);
  const clients = await signedIn(brokers);
  const token = await tokenOf(clients[1]);
  assert.equal(await tokenOf(clients[0]), token);
  server.vault.command({ do: 'seal' });
  const status = await servedFromMemory(clients, token);
  assert.match(status.problem, /is sealed/);
  assert.match(status.action, /Unseal/);
  server.vault.command({ do: 'unseal' });
  await Promise.all(clients.map(ready));
  await sleep(settling);
  // Its tokens are taken back meanwhile: the brokers sign in to Vault anew, and nobody notices.
  server.vault.command({ do: 'revoke' });
  await wellAgain(provider, clients, token);
  assert.deepEqual(server.vault.violations, []);
});
