// The way from the bridge to a server: TLS with an authority of the configuration, HTTP/2, proxies.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSecureServer } from 'node:http2';
import { createServer as createProxy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker } from './support/broker.mjs';
import { bridged } from './support/mcp_clients.mjs';
import { McpLines } from './support/mcp_lines.mjs';
import { McpCounterpart } from './support/mcp_servers.mjs';

const remoteName = 'mcp.example.test'; // no name server knows it: only a proxy can lead there

// An authority and a certificate for this machine and for the name above.
function certificates(t) {
  const folder = mkdtempSync('/tmp/kb-tls-');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name) => join(folder, name);
  const openssl = (...parameters) => execFileSync('openssl', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=test authority', '-days', '2');
  openssl('req', ...key, '-keyout', at('key'), '-out', at('csr'), '-subj', '/CN=server');
  writeFileSync(at('names'), `subjectAltName=IP:127.0.0.1,DNS:${remoteName}\n`);
  openssl('x509', '-req', '-in', at('csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2',
    '-extfile', at('names'), '-out', at('certificate'));
  return { ca: at('ca.pem'), key: readFileSync(at('key')), cert: readFileSync(at('certificate')) };
}

const overTls = (port) => `https://127.0.0.1:${port}`;
const remotely = () => `https://${remoteName}`;

async function brokerWith(t, config, env = {}) {
  const broker = new Broker({ env, config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...config } });
  t.after(() => broker.remove());
  return broker.start();
}

async function counterpart(t, kind, options) {
  const server = await McpCounterpart.start(kind, options);
  t.after(() => server.stop());
  return server;
}

// Leads CONNECT for the remote name to a port of this machine; every other wish is noted and refused.
async function proxy(t, port) {
  const seen = [];
  const tunnels = new Set();
  const server = createProxy((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, client) => {
    seen.push(`CONNECT ${request.url}`);
    client.on('error', () => {});
    if (request.url !== `${remoteName}:443`)
      return client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    return tunnels.add(client);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(async () => {
    for (const client of tunnels)
      client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
  });
  return { seen, url: `http://127.0.0.1:${server.address().port}` };
}

async function works(t, broker, url, kind = 'older') {
  const client = await bridged(broker, url, { kind });
  assert.equal(await client.text('add', { a: 20, b: 22 }), '42');
  const together = await Promise.all(Array.from({ length: 30 }, (_, number) => client.text('add', { a: number, b: 1 })));
  assert.deepEqual(together, Array.from({ length: 30 }, (_, number) => String(number + 1)));
  assert.equal((await client.text('big', { bytes: 3_000_000 })).length, 3_000_000);
  await client.close();
}

for (const [kind, era] of [['older', 'legacy'], ['newer', 'modern']]) {
  test(`HTTP/2 is spoken where a ${era} server speaks it`, { timeout: 60000 }, async (t) => {
    const tls = certificates(t);
    const server = await counterpart(t, era, { server: createSecureServer({ key: tls.key, cert: tls.cert, allowHTTP1: true }),
      origin: overTls });
    const broker = await brokerWith(t, { network: { ca_file: tls.ca } });
    await works(t, broker, server.url, kind);
    assert.deepEqual([...new Set(server.requests.map((request) => request.httpVersion))], ['2.0']);
    assert.ok(server.requests.length > 30);
  });
}

test('a certificate that nobody vouches for is refused, and nothing is sent', { timeout: 60000 }, async (t) => {
  const tls = certificates(t);
  const server = await counterpart(t, 'legacy', { server: createTlsServer({ key: tls.key, cert: tls.cert }), origin: overTls });
  const broker = await brokerWith(t, {});
  const bridge = new McpLines(broker, server.url);
  const greeting = await bridge.initialize();
  const { error } = greeting.error ? greeting : await bridge.ask('tools/list');
  assert.equal(error.code, -31006);
  assert.match(`${error.message} ${error.data.action}`, /certificate/i);
  assert.deepEqual(server.requests, []);
  await bridge.end();
});

test('a server behind a company\'s proxy: from the configuration, and from the environment', { timeout: 60000 }, async (t) => {
  const tls = certificates(t);
  const server = await counterpart(t, 'legacy', { server: createTlsServer({ key: tls.key, cert: tls.cert }), origin: remotely });
  const way = await proxy(t, server.port);
  const network = { ca_file: tls.ca };
  for (const [config, env] of [[{ network: { ...network, proxy: way.url } }, {}], [{ network }, { HTTPS_PROXY: way.url }]]) {
    way.seen.length = 0;
    const broker = await brokerWith(t, config, env);
    await works(t, broker, server.url);
    assert.deepEqual([...new Set(way.seen)], [`CONNECT ${remoteName}:443`]);
    await broker.stop();
  }
});

test('this machine is reached without the proxy', { timeout: 60000 }, async (t) => {
  const server = await counterpart(t, 'legacy');
  const way = await proxy(t, server.port);
  const broker = await brokerWith(t, { network: { proxy: way.url } }, { HTTP_PROXY: way.url, ALL_PROXY: way.url });
  await works(t, broker, server.url);
  assert.deepEqual(way.seen, []);
});
