// The budgets of the bridge, B9 to B12: keybearer mcp in front of an MCP server that costs next to nothing, and beside
// it mcp-remote if it is installed (npm ci --prefix tests/bench). Figures of one run, in turn; ratios are what counts.
//   KEYBEARER_BIN_DIR=build/bin node tests/bench/bridges.mjs [--calls N] [--rounds N]

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startProvider } from '../support/provider.mjs';
import { Broker, commandProgram, programs } from '../end_to_end/support/broker.mjs';
import { McpLines } from '../end_to_end/support/mcp_lines.mjs';
import { McpCounterpart } from '../end_to_end/support/mcp_servers.mjs';
import { gatewayOf, privateBytes } from '../end_to_end/support/mcp_processes.mjs';
import { playBrowserFor } from '../end_to_end/support/mcp_world.mjs';
import { median, say } from './results.mjs';

const { values: options } = parseArgs({ options: { calls: { type: 'string', default: '20000' },
  rounds: { type: 'string', default: '5' } } });
const calls = Number(options.calls);
const rounds = Number(options.rounds);
const bridges = 10;
const peer = fileURLToPath(new URL('node_modules/mcp-remote/dist/proxy.js', import.meta.url));
const mebibyte = 1024 * 1024;

async function caller(env, ...parameters) {
  const child = spawn(join(programs, 'bench_mcp_caller'), parameters.map(String), { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (chunk) => { said += chunk; });
  const [status] = await once(child, 'close');
  if (status !== 0)
    throw new Error(`bench_mcp_caller ${parameters.join(' ')} ended with ${status}`);
  return JSON.parse(said);
}

async function startFloor() {
  const child = spawn(join(programs, 'bench_mcp_upstream'), [], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  return { port: Number(said), stop: () => child.kill('SIGKILL') };
}

// One bridge: from its start to the answer, and what a call costs more than over HTTP.
async function one(broker, url, port) {
  const starts = [];
  const added = [];
  const others = [];
  const peerStarts = [];
  let last;
  const config = mkdtempSync(join(tmpdir(), 'mcp-remote-'));
  const peerEnvironment = { ...process.env, MCP_REMOTE_CONFIG_DIR: config };
  await caller(broker.environment, 20, '--bridges', 1, commandProgram, 'mcp', url); // the gateway is warm
  for (let round = 0; round < rounds; round += 1) {
    const direct = await caller(broker.environment, calls, '--direct', port);
    last = await caller(broker.environment, calls, '--bridges', 1, commandProgram, 'mcp', url);
    starts.push(last.ready_ms);
    added.push(last.p50_us - direct.p50_us);
    if (existsSync(peer)) {
      const remote = await caller(peerEnvironment, Math.min(calls, 2000), '--bridges', 1, process.execPath, peer, url, '--allow-http');
      peerStarts.push(remote.ready_ms);
      others.push(remote.p50_us - direct.p50_us);
    }
  }
  rmSync(config, { recursive: true, force: true });
  const beside = (values, unit) => (values.length === 0 ? '' : `mcp-remote ${median(values).toFixed(0)} ${unit}`);
  say('B9', 'keybearer mcp: start to initialize answered', `${median(starts).toFixed(1)} ms`,
    { beside: beside(peerStarts, 'ms'), budget: '<= 10 ms', met: median(starts) <= 10 });
  say('B9', 'private memory of a bridge', `${(last.after_kib / 1024).toFixed(2)} MiB`, { budget: '<= 3 MiB', met: last.after_kib <= 3072 });
  say('B9', `grown over ${calls} calls`, `${last.after_kib - last.before_kib} KiB`, { budget: '<= 64 KiB', met: last.after_kib - last.before_kib <= 64 });
  say('B10', 'added p50 a call, C upstream', `${median(added).toFixed(0)} us`,
    { beside: beside(others, 'us'), budget: '<= 100 us', met: median(added) <= 100 });
}

async function ten(broker, url) {
  const ready = [];
  let memory = 0;
  for (let round = 0; round < rounds; round += 1) {
    const all = await caller(broker.environment, 100, '--bridges', bridges, commandProgram, 'mcp', url);
    ready.push(all.ready_ms);
    memory = all.private_kib / 1024;
  }
  const gateway = gatewayOf(broker);
  const shared = gateway === undefined ? 0 : privateBytes(gateway) / mebibyte;
  say('B11', `${bridges} bridges at once: all ready`, `${median(ready).toFixed(0)} ms`, { budget: '<= 100 ms', met: median(ready) <= 100 });
  say('B11', `private memory of ${bridges} bridges and the gateway`, `${(memory + shared).toFixed(1)} MiB`, { budget: '<= 40 MiB', met: memory + shared <= 40 });
}

// Rounds of bridges that find an access token that the server does not take any more.
async function expired(count) {
  const provider = await startProvider({ registration: true, graceSeconds: 0 });
  const server = await McpCounterpart.start('legacy', { provider });
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' } } });
  playBrowserFor(broker);
  let good = 0;
  try {
    await broker.start();
    const first = new McpLines(broker, server.url);
    await first.initialize();
    await first.ask('tools/list');
    for (let round = 0; round < count; round += 1) {
      provider.store.forgetAccessTokens();
      provider.counters.reset();
      const all = Array.from({ length: bridges }, () => new McpLines(broker, server.url));
      const answers = await Promise.all(all.map(async (bridge) => {
        await bridge.initialize();
        return bridge.ask('tools/list');
      }));
      if (answers.every((answer) => answer.result !== undefined) && provider.counters.granted.refresh_token === 1)
        good += 1;
      await Promise.all(all.map((bridge) => bridge.end()));
    }
  } finally {
    await broker.remove();
    await server.stop();
    await provider.stop();
  }
  say('B12', `${bridges} bridges, refused token, rotation: all served by 1 refresh`, `${good} of ${count} rounds`, { budget: `${count}`, met: good === count });
}

const floor = await startFloor();
const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' } } });
try {
  await broker.start();
  const url = `http://127.0.0.1:${floor.port}/mcp`;
  await one(broker, url, floor.port);
  await ten(broker, url);
} finally {
  await broker.remove();
  floor.stop();
}
await expired(20);
process.exit(0);
