// Crowds and floods at the gateway's door and behind it: capped, and whoever behaves is served meanwhile.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { BareUpstream, bodyOf, startEvents } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { pour } from './support/hostile_mcp.mjs';
import { gatewayOf, residentBytes } from './support/mcp_processes.mjs';
import { RawConnection, lines } from './support/raw_http.mjs';
import { keptBySanitizers, patience } from './support/sanitizer.mjs';
import { until } from './support/wait.mjs';

const megabyte = 1024 * 1024;

async function floodWorld(t, options = {}) {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } }, ...options });
  const key = await world.key('robot', 'desk');
  const served = async () => {
    const started = Date.now();
    const { status, text } = await world.request('desk', { key, headers: modern('tools/list'), body: message('tools/list') });
    assert.equal(status, 200, text);
    return Date.now() - started;
  };
  await served();
  return { upstream, world, key, served };
}

// Both wait for what the door waits for.
describe('T-16 clients that are slow on purpose', { concurrency: true }, () => {
  test('T-16 slowloris: a head that never ends is cut off in ten seconds, others are served at once', { timeout: 60000 * patience }, async (t) => {
    const { upstream, world, served } = await floodWorld(t);
    const before = upstream.hits.length;
    const slow = await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(world.port)));
    t.after(() => slow.forEach((one) => one.destroy()));
    const started = Date.now();
    await Promise.all(slow.map((one) => one.write(`POST /desk/mcp HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nX-A: `)));
    const drip = setInterval(() => slow.forEach((one) => { if (!one.isClosed) one.socket.write('a'); }), 500);
    t.after(() => clearInterval(drip));
    let slowest = 0;
    while (slow.some((one) => !one.isClosed)) {
      slowest = Math.max(slowest, await served());
      assert.ok(Date.now() - started < 30000, `${slow.filter((one) => !one.isClosed).length} are still open`);
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    t.diagnostic(`closed within ${Date.now() - started} ms, the slowest answer to others ${slowest} ms`);
    assert.ok(slowest < 2000);
    assert.equal(upstream.hits.length - before, upstream.hits.filter((hit) => hit.headers['mcp-method'] === 'tools/list').length - 1);
  });

  test('T-16 a body that stops: cut off in thirty seconds, the server is told', { timeout: 60000 * patience }, async (t) => {
    const { upstream, world, key, served } = await floodWorld(t);
    let broken = false;
    upstream.answer('desk', async (request) => { await bodyOf(request).catch(() => { broken = true; }); });
    const slow = await RawConnection.open(world.port);
    t.after(() => slow.destroy());
    await slow.write(lines('POST /desk/mcp HTTP/1.1', `Host: 127.0.0.1:${world.port}`, `Authorization: Bearer ${key}`,
      'Content-Type: application/json',
      'Accept: application/json, text/event-stream', 'MCP-Protocol-Version: 2025-11-25', 'Content-Length: 10000000', ''));
    await slow.write('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"one","a":"');
    await slow.write('a'.repeat(2 * megabyte));
    assert.equal(await slow.isClosedWithin(45000), true);
    upstream.answers.clear();
    await served();
    await until('the server sees the end', () => broken || upstream.hits.filter((hit) => hit.headers['mcp-method'] !== 'tools/list').length === 0);
  });
});

test('T-26 5000 connections: the oldest idle ones go, others are served, nothing is left', { timeout: 60000 * patience }, async (t) => {
  const { world, served } = await floodWorld(t);
  const gateway = gatewayOf(world.broker);
  const before = residentBytes(gateway);
  const crowd = [];
  t.after(() => crowd.forEach((one) => one.destroy()));
  for (let count = 0; count < 5000; count += 100) {
    crowd.push(...(await Promise.all(Array.from({ length: 100 },
      () => RawConnection.open(world.port).catch(() => undefined)))).filter(Boolean));
    if (count % 1000 === 0)
      assert.ok(await served() < 3000);
  }
  await served();
  const open = crowd.filter((one) => !one.isClosed).length;
  t.diagnostic(`${crowd.length} came, ${open} are open, ${((residentBytes(gateway) - before) / megabyte).toFixed(1)} MiB more`);
  await until('all beyond the bound are closed', () => crowd.filter((one) => !one.isClosed).length <= 1024);
  assert.ok(residentBytes(gateway) - before < 64 * megabyte + keptBySanitizers);
  crowd.forEach((one) => one.destroy());
  await served();
  assert.equal(gatewayOf(world.broker), gateway, 'it is the same process');
});

test('heads without an end, on a hundred connections at once: refused, the memory is bounded', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, served } = await floodWorld(t);
  const gateway = gatewayOf(world.broker);
  const before = residentBytes(gateway);
  const hits = upstream.hits.length;
  const crowd = await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(world.port)));
  t.after(() => crowd.forEach((one) => one.destroy()));
  const piece = Buffer.from('X-Field: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n'.repeat(1000));
  await Promise.all(crowd.map(async (one, number) => {
    one.socket.write(number % 2 ? `POST /desk/mcp HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\n` : `POST /${'a'.repeat(100)}`);
    for (let count = 0; count < 64 && !one.isClosed; count += 1)
      one.socket.write(piece);
  }));
  await until('all are closed', () => crowd.every((one) => one.isClosed), { deadlineMilliseconds: 20000 });
  assert.ok(residentBytes(gateway) - before < 64 * megabyte + keptBySanitizers);
  assert.equal(upstream.hits.length, hits);
  await served();
});

test('SEC-G-16 an event of a server that never ends passes as it comes, and stops with the client', { timeout: 60000 * patience }, async (t) => {
  const { upstream, world, key, served } = await floodWorld(t);
  const gateway = gatewayOf(world.broker);
  const reached = upstream.next('desk');
  const opening = world.open('desk', { key, headers: modern('tools/call', 'one'), body: message('tools/call',
    { name: 'one', arguments: {} }) });
  const { response: sends } = await reached;
  startEvents(sends);
  let ended = false;
  sends.on('close', () => { ended = true; });
  const before = residentBytes(gateway);
  sends.write('data: ');
  pour(sends, Buffer.alloc(megabyte, 'a'));
  const { response } = await opening;
  let arrived = 0;
  let most = 0;
  for await (const chunk of response) {
    arrived += chunk.length;
    most = Math.max(most, arrived % (16 * megabyte) < chunk.length ? residentBytes(gateway) : 0);
    if (arrived > 300 * megabyte)
      break; // which destroys the response
  }
  await until('the server is let go', () => ended, { deadlineMilliseconds: 10000 });
  t.diagnostic(`${(arrived / megabyte).toFixed(0)} MiB in one line, ${((most - before) / megabyte).toFixed(1)} MiB more`);
  assert.ok(most - before < 32 * megabyte + keptBySanitizers);
  await served();
});

test('a port that another program has: the error names the program and offers the next', { timeout: 60000 * patience }, async (t) => {
  const holder = createServer();
  await new Promise((resolve) => { holder.listen(0, '127.0.0.1', resolve); });
  t.after(() => holder.close());
  const { port } = holder.address();
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' },
    services: { desk: { url: 'http://127.0.0.1:9/mcp' } },
    gateway: { enabled: false, port } } });
  t.after(() => broker.remove());
  await broker.start();
  const { status, stderr } = await broker.run(['gateway', 'start']);
  assert.notEqual(status, 0);
  assert.ok(stderr.includes(String(port)), stderr);
  assert.match(stderr, /node|MainThread/, 'the program that has it');
  const offered = [...stderr.matchAll(/\b(\d{4,5})\b/g)].map(([, number]) => Number(number))
    .filter((number) => number !== port && number !== process.pid);
  assert.ok(offered.length > 0, `the next free one: ${stderr}`);
  holder.close();
  const again = await until('it opens once the port is free', async () => {
    const tried = await broker.run(['gateway', 'start', '--json']);
    return tried.status === 0 ? tried : undefined;
  });
  assert.match(again.stdout, new RegExp(`127\\.0\\.0\\.1:${port}`));
});
