// `keybearer mcp` as the process that a client starts: how it begins and ends, what it leaves alone, and what a
// person is asked before a browser opens.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { Broker, commandProgram } from './support/broker.mjs';
import { McpLines } from './support/mcp_lines.mjs';
import { gatewayOf, privateBytes } from './support/mcp_processes.mjs';
import { mcpWorld, openedBrowsers } from './support/mcp_world.mjs';
import { Prompter, ask } from './support/operator.mjs';
import { keptBySanitizers } from './support/sanitizer.mjs';
import { until } from './support/wait.mjs';

// The smallest legacy server: answers every request with what it got.
async function echoServer(t) {
  const server = createServer((request, response) => {
    if (request.method !== 'POST')
      return response.writeHead(405).end();
    const parts = [];
    request.on('data', (part) => parts.push(part));
    return request.on('end', () => {
      const message = JSON.parse(Buffer.concat(parts));
      if (message.id === undefined || message.method === undefined)
        return response.writeHead(202).end();
      if (message.method === 'tools/call' && message.params.name === 'never')
        return undefined;
      const result = message.method === 'initialize'
        ? { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'echo', version: '1' } }
        : message.method === 'tools/list' ? { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] }
          : { content: [{ type: 'text', text: String(message.params?.arguments?.text ?? '') }] };
      return response.writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${server.address().port}/mcp`;
}

async function trustingBroker(t) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' } } });
  t.after(() => broker.remove());
  await broker.start();
  return broker;
}

const text = (answer) => answer.result.content[0].text;
const call = (pipe, words, name = 'echo') => pipe.ask('tools/call', { name, arguments: { text: words } });

test('initialize, tools/list, tools/call through the whole chain; the end of the input is the end', async (t) => {
  const url = await echoServer(t);
  const broker = await trustingBroker(t);
  const pipe = new McpLines(broker, url);
  assert.equal((await pipe.initialize()).result.serverInfo.name, 'echo');
  assert.equal((await pipe.ask('tools/list')).result.tools[0].name, 'echo');
  assert.equal(text(await call(pipe, 'ä\u2028"')), 'ä\u2028"');
  const before = Date.now();
  assert.equal((await pipe.end()).status, 0);
  assert.ok(Date.now() - before < 4000, 'nothing is waited for');
  assert.equal(pipe.child.stderr, '');
  const { rows } = await ask(broker, 'audit', 'list');
  assert.ok(rows.some((row) => row.kind === 'exchange.opened') && rows.some((row) => row.kind === 'exchange.closed'));
});

test('long messages pass, and the memory of the pipe stays flat', async (t) => {
  const url = await echoServer(t);
  const broker = await trustingBroker(t);
  const pipe = new McpLines(broker, url);
  await pipe.initialize();
  const long = 'x'.repeat(16 * 1024 * 1024);
  assert.equal(text(await call(pipe, long)).length, long.length);
  const used = privateBytes(pipe.child.process.pid);
  assert.ok(used < 3 * 1024 * 1024 + keptBySanitizers, `${used} bytes of its own`);
  await pipe.end();
});

test('what cannot be is said to the client, to the person and by the exit status', async (t) => {
  const broker = await trustingBroker(t);
  for (const [target, status, code] of [['no-such-service', 9, -31011], ['http://mcp.example/mcp', 2, -32602]]) {
    const pipe = new McpLines(broker, target);
    const answer = await pipe.ask('initialize', {});
    assert.equal(answer.error.code, code, JSON.stringify(answer));
    assert.ok(answer.error.data.action.length > 10);
    const ended = await pipe.child.ended;
    assert.equal(ended.status, status);
    assert.match(pipe.child.stderr, /^keybearer: /);
  }
});

test('it ends with the program that started it', async (t) => {
  const url = await echoServer(t);
  const broker = await trustingBroker(t);
  // The shell waits; the standard input of the pipe is held open by this test, so only the parent's end can end it.
  const parent = spawn('/bin/sh', ['-c', `'${commandProgram}' mcp '${url}' <&3 >/dev/null & echo $!; wait`],
    { env: broker.environment, stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  t.after(() => parent.kill('SIGKILL'));
  const pid = Number(await new Promise((resolve) => { parent.stdout.once('data', resolve); }));
  const isThere = () => { try { process.kill(pid, 0); return true; } catch { return false; } };
  await until('the exchange', async () => (await ask(broker, 'health')).gateway.exchanges === 1);
  parent.kill('SIGKILL');
  await until('the end of the pipe', () => !isThere());
});

test('kill -9 of the gateway and of the daemon: what is open gets an error, and everything goes on', async (t) => {
  const url = await echoServer(t);
  const broker = await trustingBroker(t);
  const pipes = Array.from({ length: 10 }, () => new McpLines(broker, url));
  await Promise.all(pipes.map((pipe) => pipe.initialize()));
  for (const victim of ['gateway', 'daemon']) {
    const open = pipes.map((pipe) => call(pipe, 'x', 'never'));
    await Promise.all(pipes.map((pipe) => call(pipe, 'before')));
    process.kill(victim === 'gateway' ? gatewayOf(broker) : broker.pidFromFile(), 'SIGKILL');
    for (const answer of await Promise.all(open)) {
      assert.equal(answer.error.code, -31006, JSON.stringify(answer));
      assert.equal(answer.error.data.transient, true);
    }
    for (const answer of await Promise.all(pipes.map((pipe) => call(pipe, 'after'))))
      assert.equal(text(answer), 'after');
  }
  await Promise.all(pipes.map((pipe) => pipe.end()));
});

test('ask: one question before one browser, and the answer covers the use', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true, config: { access: { mode: 'ask' } } });
  const prompter = await Prompter.open(t, broker);
  const pipe = new McpLines(broker, server.url);
  await pipe.initialize();
  const answer = pipe.ask('tools/call', { name: 'echo', arguments: { text: 'hello' } }, { deadlineMilliseconds: 30000 });
  const asked = await prompter.question();
  assert.equal(asked.purpose, 'sign_in');
  assert.equal(asked.resource, server.url);
  assert.deepEqual(openedBrowsers(broker), [], 'no browser before the person has agreed');
  await prompter.answer('allow-once');
  assert.equal(text(await answer), 'hello');
  assert.equal(openedBrowsers(broker).length, 1);
  assert.equal(text(await call(pipe, 'again')), 'again');
  assert.equal(prompter.events.filter((one) => one.topic === 'consent.requested').length, 1);
  await pipe.end();
});

test('ask: who says no is not asked again, and no browser opens', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true, config: { access: { mode: 'ask' } } });
  const prompter = await Prompter.open(t, broker);
  const pipe = new McpLines(broker, server.url);
  await pipe.initialize();
  const first = call(pipe, 'x');
  await prompter.answer('deny');
  const refused = await first;
  assert.ok(refused.error ?? refused.result.isError, JSON.stringify(refused));
  const second = await call(pipe, 'x');
  assert.ok(second.error ?? second.result.isError);
  assert.equal(prompter.events.filter((one) => one.topic === 'consent.requested').length, 1);
  assert.deepEqual(openedBrowsers(broker), []);
  await pipe.end();
});

test('ask, and nobody can be asked: the call says so', async (t) => {
  const { server, broker } = await mcpWorld(t, 'legacy', { auth: true, config: { access: { mode: 'ask' } } });
  const pipe = new McpLines(broker, server.url);
  await pipe.initialize();
  const answer = await call(pipe, 'x');
  assert.ok(answer.error ?? answer.result.isError, JSON.stringify(answer));
  assert.deepEqual(openedBrowsers(broker), []);
  await pipe.end();
});
