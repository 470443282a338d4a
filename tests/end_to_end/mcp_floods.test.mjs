// What hostile bytes do to the bridge: servers that flood or never answer, clients that write no MCP. An error in
// bounded time and memory, and others are served meanwhile.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { HostileHome, startJson, assertNamed, floods, forEach, hostileWorld, pour } from './support/hostile_mcp.mjs';
import { McpLines } from './support/mcp_lines.mjs';
import { gatewayOf, residentBytes } from './support/mcp_processes.mjs';
import { keptBySanitizers, patience } from './support/sanitizer.mjs';
import { until } from './support/wait.mjs';

const megabyte = 1024 * 1024;
const deep = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const sse = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const answerFloods = { ...floods,
  'an event without end': (request, response) => { sse(response); response.write('data: '); pour(response, Buffer.alloc(megabyte, 'a')); },
  'a comment without end': (request, response) => { sse(response); response.write(': '); pour(response, Buffer.alloc(megabyte, 'a')); },
  'a name of an event without end': (request, response) => { sse(response); response.write('event: '); pour(response, Buffer.alloc(megabyte, 'a')); },
};

test('T-26 floods in place of an MCP answer: an error, and the gateway is bounded by what a message may be',
  { timeout: 60000 * patience }, async (t) => {
    const { home, broker } = await hostileWorld(t);
    const good = new McpLines(broker, home.pair('good', { open: true }).url);
    await good.initialize();
    for (const [name, flood] of Object.entries(answerFloods)) {
      const spoil = { open: true };
      const pair = home.pair(`f${Object.keys(answerFloods).indexOf(name)}`, spoil);
      const bridge = new McpLines(broker, pair.url);
      await bridge.initialize();
      spoil.mcpRaw = flood;
      const { error } = await bridge.ask('tools/list', undefined, { deadlineMilliseconds: 30000 });
      assert.ok(error !== undefined, name);
      assertNamed(error, name);
      bridge.child.kill('SIGKILL');
      assert.equal((await good.ask('tools/list')).result.tools.length, 1, 'others are served');
      assert.ok(residentBytes(gatewayOf(broker)) < 160 * megabyte + keptBySanitizers, `${name}: ${residentBytes(gatewayOf(broker))} bytes`);
    }
    await good.end();
  });

test('T-26 a server that never answers, or a byte at a time: an error when its time is over', { timeout: 60000 * patience },
  async (t) => {
    const slow = {
      silent: () => {},
      'silent after the head': (request, response) => { startJson(response); response.write('{'); },
      closing: (request, response) => response.destroy(),
      'half of an answer': (request, response) => { startJson(response, { 'content-length': 100 }); response.end('{"jsonrpc"'); },
    };
    const home = await HostileHome.start(t);
    const spoils = Object.values(slow).map(() => ({ open: true }));
    const pairs = spoils.map((spoil, number) => home.pair(`s${number}`, spoil));
    const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' },
      services: Object.fromEntries(pairs.map((pair) => [pair.name, { url: pair.url, timeout_seconds: 2 }])) } });
    t.after(() => broker.remove());
    await broker.start();
    await forEach(Object.entries(slow), async ([name, answer], number) => {
      const bridge = new McpLines(broker, pairs[number].name);
      await bridge.initialize();
      spoils[number].mcpRaw = answer;
      const asked = Date.now();
      const { error } = await bridge.ask('tools/list', undefined, { deadlineMilliseconds: 45000 });
      assert.equal(error?.code, -31006, `${name}: ${JSON.stringify(error)}`);
      assert.ok(Date.now() - asked < 40000, name);
      bridge.child.kill('SIGKILL');
    });
  });

test('malformed messages on standard input: an error each, and the conversation goes on', async (t) => {
  const { home, broker } = await hostileWorld(t);
  const bridge = new McpLines(broker, home.pair('open', { open: true }).url);
  await bridge.initialize();
  const lines = ['what?', '{"jsonrpc":"2.0"', '42', '"text"', 'null', '{}', '{"jsonrpc":"2.0","id":{},"method":"ping"}',
    '{"jsonrpc":"1.0","id":"old","method":"ping"}', '{"jsonrpc":"2.0","id":"a","id":"b","method":"ping"}', '[]',
    deep(100000), '{"jsonrpc":"2.0","id":"number","method":42}'];
  for (const [number, line] of lines.entries()) {
    await bridge.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
    await until(`an error for ${line.slice(0, 50)}`, () =>
      bridge.received().filter((one) => [-32700, -32600].includes(one.error?.code)).length > number);
  }
  await bridge.write(Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('\n')]));
  await bridge.write('\n\r\n');
  assert.equal((await bridge.ask('tools/list')).result.tools.length, 1);
  const told = Date.now();
  const { status } = await bridge.end();
  assert.equal(status, 0);
  assert.ok(Date.now() - told < 10000, 'nothing that was refused is waited for');
});

test('a line of 1 GiB: an error, the pipe and the gateway stay small, the conversation goes on', { timeout: 60000 * patience },
  async (t) => {
    const { home, broker } = await hostileWorld(t);
    const bridge = new McpLines(broker, home.pair('open', { open: true }).url);
    await bridge.initialize();
    await bridge.ask('tools/list');
    const pids = [bridge.child.pid, broker.daemon.pid, gatewayOf(broker)];
    const before = pids.map(residentBytes);
    let most = [...before];
    const chunk = Buffer.alloc(4 * megabyte, 'a');
    await bridge.write('{"jsonrpc":"2.0","id":"long","method":"tools/call","params":{"a":"');
    for (let written = 0; written < 1024 * megabyte; written += chunk.length) {
      await bridge.write(chunk);
      most = most.map((size, number) => Math.max(size, residentBytes(pids[number])));
    }
    await bridge.write('"}}\n');
    const refused = await bridge.message('the refusal of the line', (one) => one.error?.code === -32600, { deadlineMilliseconds: 20000 });
    assert.ok(refused.id === 'long' || refused.id === null);
    assert.equal((await bridge.ask('tools/list')).result.tools.length, 1);
    const [pipe, daemon, gateway] = most.map((size, number) => size - before[number]);
    t.diagnostic(`grown: pipe ${pipe}, daemon ${daemon}, gateway ${gateway} bytes`);
    assert.ok(pipe < 4 * megabyte + keptBySanitizers, `pipe ${pipe}`);
    assert.ok(daemon < 4 * megabyte + keptBySanitizers, `daemon ${daemon}`);
    assert.ok(gateway < 160 * megabyte + keptBySanitizers, `gateway ${gateway}`);
    await bridge.end();
  });
