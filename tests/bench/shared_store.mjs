#!/usr/bin/env node
// Many brokers over one Redis that is restarted and fails over, many credentials, tokens of a minute, and a provider that
// ends every session whose refresh token comes twice:
//
//   KEYBEARER_BIN_DIR=build/bin node tests/bench/shared_store.mjs --brokers 10 --credentials 1000 --seconds 60 --periods 4
//
// Prints what it cost; exits with 1 if anybody had to sign in again.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

import { Broker } from '../end_to_end/support/broker.mjs';
import { Child, run } from '../end_to_end/support/children.mjs';
import { sleep, until } from '../end_to_end/support/wait.mjs';
import { StrictProvider } from '../support/strict_provider.mjs';
import { signInOne } from './people.mjs';

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

class Redis {
  static async make(more = []) {
    const one = new Redis();
    one.folder = mkdtempSync('/tmp/kb-redis-');
    one.port = await freePort();
    one.more = more;
    return one.start();
  }

  async start() {
    this.child = new Child('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder,
      '--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec', '--repl-diskless-sync-delay', '0', ...this.more],
      { env: { PATH: process.env.PATH } });
    await until('redis-server', async () => (await this.command('PING')) === 'PONG', { deadlineMilliseconds: 30000 });
    return this;
  }

  async command(...words) {
    return (await run('redis-cli', ['-p', String(this.port), ...words], { env: { PATH: process.env.PATH } })).stdout.trim();
  }

  kill() {
    return this.child.kill('SIGKILL');
  }

  async remove() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function brokerOf(provider, url, key) {
  const broker = new Broker({ config: {
    store: { backend: 'redis', key: 'key_file', key_file: '../team.key', redis: { url, replicas: 1 } },
    access: { mode: 'trusting' },
    providers: { demo: { issuer: provider.issuer, client_id: provider.clientId,
      scopes: ['openid', 'email', 'offline_access'] } },
  } });
  writeFileSync(join(broker.home, 'team.key'), key, { mode: 0o600 });
  return broker;
}

// Asks every broker for every token, again and again, until told to end. What goes wrong is counted by its name.
async function crowd(clients, names, errors, state) {
  await Promise.all(clients.map(async (client, number) => {
    for (let i = number; !state.over; i += 1) {
      const account = `${names[i % names.length]}@example.com`;
      try {
        await client.call('token.get', { provider: 'demo', account });
        state.served += 1;
      } catch (error) {
        const name = error.errorName ?? error.message;
        errors.set(name, (errors.get(name) ?? 0) + 1);
      }
      await sleep(state.pause);
    }
  }));
}

async function trouble(primary, replica, report) {
  await primary.kill();
  await sleep(2000);
  await primary.start();
  report('Redis was restarted');
  await sleep(15000);
  await until('the replica is up to date', async () => (await replica.command('INFO', 'replication'))
    .includes('master_link_status:up'), { deadlineMilliseconds: 30000 });
  await primary.kill();
  await replica.command('REPLICAOF', 'NO', 'ONE');
  report('Redis failed over to its replica');
}

export async function runCrowd({ brokers: many, credentials, seconds, periods, report = () => {} }) {
  const provider = await new StrictProvider({ accessTokenSeconds: seconds }).start();
  const primary = await Redis.make();
  const replica = await Redis.make(['--replicaof', '127.0.0.1', String(primary.port)]);
  const url = `redis://127.0.0.1:${primary.port},127.0.0.1:${replica.port}`;
  const key = randomBytes(32);
  const brokers = [];
  try {
    for (let i = 0; i < many; i += 1)
      brokers.push(await brokerOf(provider, url, key).start());
    const clients = await Promise.all(brokers.map((broker) => broker.client()));
    for (const client of clients)
      await until('the store', async () => (await client.call('store.status')).state === 'ready', { deadlineMilliseconds: 30000 });
    const names = Array.from({ length: credentials }, (_, i) => `person${i}`);
    await Promise.all(clients.map(async (client, number) => {
      for (let i = number; i < credentials; i += many)
        await signInOne(client, names[i]);
    }));
    report(`${provider.signIns} people signed in at ${many} brokers`);
    for (const client of clients)
      await until('everybody knows everybody', async () => (await client.call('session.list')).sessions.length === credentials,
        { deadlineMilliseconds: 60000, pauseMilliseconds: 500 });
    const errors = new Map();
    const state = { over: false, served: 0, pause: Math.max(2, Math.floor(1000 * many * seconds / (8 * credentials))) };
    const begun = Date.now();
    const asking = crowd(clients, names, errors, state);
    await sleep(seconds * 250);
    await trouble(primary, replica, report);
    await sleep(Math.max(0, begun + periods * seconds * 1000 - Date.now()));
    state.over = true;
    await asking;
    const elapsed = (Date.now() - begun) / 1000;
    const refreshes = [...provider.families.values()].map((family) => family.refreshes.length);
    const total = refreshes.reduce((sum, one) => sum + one, 0);
    // A token is renewed when half of its life is over, at the earliest: what comes sooner was for nothing.
    const early = [...provider.families.values()].reduce((sum, family) => sum + family.refreshes
      .filter((time, i) => i > 0 && time - family.refreshes[i - 1] < seconds * 400).length, 0);
    const dead = [...provider.families.values()].filter((family) => family.dead).length;
    if (process.env.KEYBEARER_TEST_GAPS)
      for (const family of provider.families.values())
        report(`${family.account}: ${family.refreshes.map((time) => ((time - begun) / 1000).toFixed(1)).join(' ')}`);
    return { brokers: many, credentials, token_seconds: seconds, measured_seconds: Math.round(elapsed),
      tokens_served: state.served, errors: Object.fromEntries(errors), refreshes: total,
      refreshes_a_credential: Number((total / credentials).toFixed(2)), most_of_one_credential: Math.max(...refreshes),
      too_early: early, refresh_tokens_used_twice: provider.reused, refused: provider.refused, sessions_ended: dead,
      sign_ins_again: provider.signIns - credentials };
  } finally {
    await Promise.all(brokers.map((broker) => broker.remove()));
    await primary.remove();
    await replica.remove();
    await provider.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { brokers: { type: 'string', default: '10' },
    credentials: { type: 'string', default: '1000' }, seconds: { type: 'string', default: '60' },
    periods: { type: 'string', default: '4' } } });
  const figures = await runCrowd({ brokers: Number(values.brokers), credentials: Number(values.credentials),
    seconds: Number(values.seconds), periods: Number(values.periods), report: (line) => console.error(line) });
  console.log(JSON.stringify(figures, null, 2));
  process.exit(figures.sessions_ended + figures.refresh_tokens_used_twice > 0 ? 1 : 0);
}
