// What a hostile MCP server and its authorization server can do to whoever talks to them through the bridge: a named
// error in bounded time, nothing started, nothing connected to, no secret where it does not belong.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';

import { startJson, assertNamed, floods, forEach, hostileWorld } from './support/hostile_mcp.mjs';
import { McpLines } from './support/mcp_lines.mjs';
import { residentBytes } from './support/mcp_processes.mjs';
import { openedBrowsers } from './support/mcp_world.mjs';
import { keptBySanitizers } from './support/sanitizer.mjs';

const megabyte = 1024 * 1024;

// What a request that needs a sign-in ends with.
async function refusal(broker, url, { deadlineMilliseconds = 30000 } = {}) {
  const bridge = new McpLines(broker, url);
  await bridge.initialize({ deadlineMilliseconds });
  const { error, result } = await bridge.ask('tools/list', undefined, { deadlineMilliseconds });
  assert.equal(result, undefined, `${url} was served`);
  await bridge.end();
  return error;
}

const command = 'touch${IFS}/tmp/kb-launched';
const authorizationAddresses = (pair) => [
  'javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,hello', 'vbscript:msgbox', 'about:blank',
  'ftp://127.0.0.1/x', 'mailto:a@example.com', 'ms-settings:', 'smb://host/share', 'ssh://host', 'x-terminal://run',
  'chrome://settings', 'view-source:http://127.0.0.1', 'jar:http://127.0.0.1!/x', 'ws://127.0.0.1/x',
  '-version', '--help', '-o/tmp/x', '', ' ', '/authorize', '//evil.example/authorize', 'authorize',
  'http://login.example.com/authorize', 'http://10.0.0.1/authorize', 'http://169.254.169.254/authorize',
  'https://user:secret@login.example.com/authorize', 'https://login.example.com@evil.example/authorize',
  'https://login.example.com/authorize#fragment', 'https:///authorize', 'https://', 'https:login.example.com',
  'https://login.example.com:99999/authorize', 'https://login.example.com/a b', 'https://login.example.com/\nx',
  'https://login.example.com/\u0000', 'https://login.example.com/\u001b[31m', `https://login.example.com/$(${command})`.replaceAll('$(', '\t$('),
  `${pair.issuer}/authorize"; ${command}; "`, `${pair.issuer}/\u202egpj.exe`, `http://[::ffff:10.0.0.1]/authorize`,
  `https://${'a'.repeat(5000)}.example/authorize`, 42, null, ['https://login.example.com'], { url: 'https://login.example.com' },
];

test('T-21 forty hostile authorization addresses: each is refused by name, nothing is launched', { timeout: 60000 },
  async (t) => {
    const { home, broker } = await hostileWorld(t);
    const addresses = authorizationAddresses(home.pair('none'));
    assert.ok(addresses.length >= 40);
    await forEach(addresses, async (address, number) => {
      const pair = home.pair(`p${number}`, { metadata: (honest) => ({ ...honest, authorization_endpoint: address }) });
      assertNamed(await refusal(broker, pair.url), JSON.stringify(address));
      assert.equal(pair.asked('token').length, 0);
    });
    assert.deepEqual(openedBrowsers(broker), []);
  });

test('T-21 a good address is handed to the browser once, as one argument, with the bytes that were checked', async (t) => {
  const { home, broker } = await hostileWorld(t);
  const pair = home.pair('good', { metadata: (honest) => ({ ...honest,
    authorization_endpoint: `${honest.issuer}/authorize?tenant=$(id)%20;%27&x=y` }) });
  const bridge = new McpLines(broker, pair.url);
  await bridge.initialize();
  assert.equal((await bridge.ask('tools/list')).result?.tools.length, 1);
  await bridge.end();
  const [asked] = pair.asked('authorize');
  assert.ok(asked.url.includes('tenant=$(id)%20;%27&x=y'), asked.url);
  assert.deepEqual(openedBrowsers(broker), [`${home.origin}${asked.url}`]);
  assert.equal(pair.asked('authorize').length, 1);
});

// A listener that must never be reached.
async function trap(t) {
  const caught = [];
  const server = createServer((socket) => { caught.push(socket.remotePort); socket.destroy(); });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => new Promise((resolve) => { server.close(resolve); }));
  return { caught, origin: `http://127.0.0.1:${server.address().port}` };
}

test('T-20 a server cannot send the broker to other machines of the network, nor redirect it elsewhere',
  { timeout: 60000 }, async (t) => {
    const { home, broker } = await hostileWorld(t);
    const { caught, origin: elsewhere } = await trap(t);
    const hosts = ['10.0.0.1', '192.168.1.1', '172.16.3.4', '169.254.169.254', '100.64.0.1', '0.0.0.0', '[::]',
      '[fe80::1]', '[fd00::1]', '[::ffff:10.0.0.1]', '[64:ff9b::a00:1]', '0x7f.1', '2130706433', '0177.0.0.1'];
    const started = Date.now();
    const places = [
      ...hosts.map((host) => ({ prm: (honest) => ({ ...honest, authorization_servers: [`https://${host}/as`] }) })),
      ...hosts.slice(0, 6).map((host) => ({ metadata: (honest) => ({ ...honest, token_endpoint: `https://${host}/token` }) })),
      ...hosts.slice(0, 3).map((host) => ({ metadata: (honest) => ({ ...honest, registration_endpoint: `https://${host}/register` }) })),
      ...['prmRaw', 'metadataRaw', 'registerRaw', 'tokenRaw'].flatMap((part) => [301, 302, 307, 308].map((status) => ({
        [part]: (request, response) => response.writeHead(status, { location: `${elsewhere}/x` }).end() }))),
    ];
    await forEach(places, async (spoil, number) => {
      assertNamed(await refusal(broker, home.pair(`p${number}`, spoil).url), `${number} ${Object.keys(spoil)}`);
    });
    // Where the metadata lie is no secret: what the challenge says instead of it is left alone.
    await forEach(hosts, async (host, number) => {
      const pair = home.pair(`c${number}`, { challenge: () => `Bearer resource_metadata="https://${host}/prm"` });
      const bridge = new McpLines(broker, pair.url);
      await bridge.initialize();
      assert.equal((await bridge.ask('tools/list')).result?.tools.length, 1, host);
      assert.equal(pair.asked('prm').length, 1);
      await bridge.end();
    });
    assert.deepEqual(caught, []);
    assert.ok(Date.now() - started < 45000, 'nobody waited for an address that does not answer');
  });

test('T-23 another server\'s login page and an evil token endpoint: the code stays at home', async (t) => {
  const { home, broker } = await hostileWorld(t);
  const honest = home.pair('honest');
  const evil = home.pair('evil', { metadata: (metadata) => ({ ...metadata,
    authorization_endpoint: `${honest.issuer}/authorize` }) });
  assertNamed(await refusal(broker, evil.url), 'mix-up');
  assert.equal(honest.asked('authorize').length, 1);
  assert.equal(evil.asked('token').length, 0);
});

test('T-24 SEC-C-14 an issuer that is nearly equal is refused before anybody registers', { timeout: 60000 }, async (t) => {
  const { home, broker } = await hostileWorld(t);
  const near = [(issuer) => `${issuer}/`, (issuer) => issuer.toUpperCase(), (issuer) => issuer.replace('127.0.0.1', 'localhost'),
    (issuer) => `${issuer}?x`, (issuer) => `${issuer}#`, (issuer) => `${issuer}/.`, (issuer) => issuer.replace('http:', 'https:'),
    (issuer) => issuer.replace('//', '//user@'), (issuer) => ` ${issuer}`, (issuer) => issuer.replace('/p', '/%70'),
    (issuer) => issuer.slice(0, -1), () => undefined, () => 7];
  await forEach(near, async (change, number) => {
    const pair = home.pair(`p${number}`, { metadata: (honest) => ({ ...honest, issuer: change(honest.issuer) }) });
    assertNamed(await refusal(broker, pair.url), String(change));
    assert.equal(pair.asked('register').length, 0);
  });
  assert.deepEqual(openedBrowsers(broker), []);
});

test('T-25 SEC-C-16 protected resource metadata of another resource is refused before anybody signs in', async (t) => {
  const { home, broker } = await hostileWorld(t);
  const victim = home.pair('victim');
  const foreign = ['https://mcp.example.com/mcp', victim.url, `${home.origin}/other`, 'x', '', undefined, 5];
  await forEach(foreign, async (resource, number) => {
    const pair = home.pair(`p${number}`, { prm: (honest) => ({ ...honest, resource }) });
    assertNamed(await refusal(broker, pair.url), String(resource));
    assert.equal(pair.asked('register').length + pair.asked('authorize').length, 0);
  });
  assert.deepEqual(openedBrowsers(broker), []);
});

test('T-26 floods in place of metadata: an error, and the daemon stays small', { timeout: 60000 }, async (t) => {
  const { home, broker } = await hostileWorld(t);
  const before = residentBytes(broker.daemon.pid);
  for (const part of ['prmRaw', 'metadataRaw', 'registerRaw', 'tokenRaw']) {
    await forEach(Object.entries(floods), async ([name, flood]) => {
      const pair = home.pair(`${part}${Object.keys(floods).indexOf(name)}`, { [part]: flood });
      assertNamed(await refusal(broker, pair.url), `${part}: ${name}`);
    });
  }
  const grown = residentBytes(broker.daemon.pid) - before;
  assert.ok(grown < 16 * megabyte + keptBySanitizers, `the daemon grew by ${grown} bytes`);
});

const deep = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const bombs = (part) => [deep(100000), `{"a":${deep(2000)}}`, `{${Array.from({ length: 100000 }, (_, n) => `"k${n}":1`).join(',')}}`,
  '{"issuer":"a","issuer":"b"}', '{"resource":"\\ud800"}', '{"a":1e999999}', '{"a":"\\u0000"}', '[]', '"text"', 'null', '42',
  'true', '', '{', '{"a":}', "{'a':1}", '\ufeff{}', '{} {}', '<html></html>', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])]
  .map((body) => ({ [part]: (request, response) => { startJson(response); response.end(body); } }));

test('T-27 documents that are no documents: refused, and the broker goes on', { timeout: 60000 }, async (t) => {
  const { home, broker } = await hostileWorld(t);
  const spoils = ['prmRaw', 'metadataRaw', 'registerRaw', 'tokenRaw'].flatMap(bombs);
  await forEach(spoils, async (spoil, number) => {
    assertNamed(await refusal(broker, home.pair(`b${number}`, spoil).url), `${Object.keys(spoil)} ${number % 20}`);
  });
  assert.ok(broker.daemon.isRunning);
});

test('T-28 SEC-C-38 tokens and client ids that are more than one word never reach a header', { timeout: 60000 }, async (t) => {
  const { home, broker } = await hostileWorld(t);
  const bad = ['x\r\nX-Evil: 1', 'x\nX-Evil: 1', 'x\u0000y', 'tökén', ' x', 'x y', '', 7, null, 'x'.repeat(40000)];
  const spoils = [
    ...bad.map((access_token) => ({ token: (honest) => ({ ...honest, access_token }) })),
    ...['Bearer\r\nX-Evil: 1', 'mac', '', 7].map((token_type) => ({ token: (honest) => ({ ...honest, token_type }) })),
    ...['x\r\nX-Evil: 1', 'x\u0000', '', 7].map((client_id) => ({ register: (honest) => ({ ...honest, client_id }) })),
  ];
  const pairs = spoils.map((spoil, number) => home.pair(`p${number}`, spoil));
  await forEach(pairs, async (pair) => {
    assertNamed(await refusal(broker, pair.url), JSON.stringify(Object.values(pair.spoil)[0]({})));
  });
  const seen = pairs.flatMap((pair) => pair.requests.flatMap((request) => Object.keys(request.headers)));
  assert.ok(!seen.includes('x-evil'));
  assert.deepEqual(pairs.flatMap((pair) => pair.asked('mcp').filter((request) => request.headers.authorization)), []);
});

test('T-30 what a server writes for terminals and logs arrives escaped', async (t) => {
  const { home, broker } = await hostileWorld(t);
  const evil = 'a\u001b[31mred\u0007\r\nkeybearerd: forged line\u202e<script>alert(1)</script>';
  const pair = home.pair('evil', { tokenRaw: (request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'invalid_grant', error_description: evil, error_uri: 'javascript:alert(1)' }));
  } });
  const { status, stdout, stderr } = await broker.run(['login', pair.url]);
  assert.notEqual(status, 0);
  assert.doesNotMatch(stdout + stderr, /[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
  assert.doesNotMatch(stdout + stderr, /^keybearerd: forged/m);
  const error = await refusal(broker, pair.url);
  assert.doesNotMatch(error.message + error.data.action, /[\u0000-\u001f\u007f\u202e]/);
  await broker.stop();
  assert.doesNotMatch(broker.log, /[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
  assert.doesNotMatch(broker.log, /^keybearerd: forged/m);
});

test('T-31 SEC-C-37 a server that always wants more scope: two more sign-ins at most, then an error that stays', async (t) => {
  const { home, broker } = await hostileWorld(t);
  let wanted = 0;
  const pair = home.pair('greedy', { mcpRaw: async (request, response, self) => {
    const { body } = self.requests.at(-1);
    const { method, id } = JSON.parse(body || '{}');
    if (method === 'tools/call' && request.headers.authorization !== undefined) {
      wanted += 1;
      response.writeHead(403, { 'www-authenticate': `Bearer error="insufficient_scope", scope="read more${wanted}", `
        + `resource_metadata="${self.prmUrl}"` });
      return response.end();
    }
    self.spoil.open = id === undefined;
    return self.mcp(request, response, { body });
  } });
  const bridge = new McpLines(broker, pair.url);
  await bridge.initialize();
  assert.equal((await bridge.ask('tools/list')).result.tools.length, 1);
  for (let round = 0; round < 3; round += 1) {
    const { error, result } = await bridge.ask('tools/call', { name: 'tool', arguments: {} });
    assert.ok(error?.code === -31004 || result?.isError === true, JSON.stringify({ error, result }));
  }
  assert.ok(openedBrowsers(broker).length <= 3, `${openedBrowsers(broker).length} browsers`);
  await bridge.end();
});
