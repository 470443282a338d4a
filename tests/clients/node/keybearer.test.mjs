// The Node library against a broker that says what a test tells it to say.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inspect } from 'node:util';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Broker, BrokerUnreachable, Denied, KeybearerError, SignInNeeded, TimedOut, TryLater, getToken }
  from '../../../clients/node/keybearer.js';

for (const name of Object.keys(process.env).filter((one) => one.startsWith('KEYBEARER_')))
  delete process.env[name];

const result = { access_token: 'tok-1', token_type: 'Bearer', expires_at: '2026-05-01T09:30:00Z', scopes: ['repo'],
  account: 'ana@example.com', issuer: 'https://a' };

// script(request, say, socket): what to do with a token.get; greet(request, say, socket) with a hello.
class ScriptedBroker {
  static async start(t, script, home = mkdtempSync('/tmp/kb-node-')) {
    const broker = new ScriptedBroker();
    broker.home = home;
    broker.received = [];
    broker.sockets = new Set();
    broker.script = script;
    broker.greet = (request, say) => say({ id: request.id, result: { server: 'keybearerd' } });
    mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
    broker.server = createServer((socket) => broker.serve(socket));
    await new Promise((resolve) => { broker.server.listen(join(home, 'run', 'broker.sock'), resolve); });
    process.env.KEYBEARER_HOME = home;
    t.after(async () => {
      await broker.stop();
      rmSync(home, { recursive: true, force: true });
    });
    return broker;
  }

  serve(socket) {
    this.sockets.add(socket);
    socket.on('error', () => {});
    const say = (message) => socket.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    createInterface({ input: socket }).on('line', (line) => {
      const request = JSON.parse(line);
      this.received.push(request);
      (request.method === 'hello' ? this.greet : this.script)(request, say, socket);
    }).on('error', () => {});
  }

  asked(method) {
    return this.received.filter((one) => one.method === method);
  }

  stop() {
    for (const socket of this.sockets)
      socket.destroy();
    return new Promise((resolve) => { this.server.close(resolve); });
  }
}

const answers = (request, say) => say({ id: request.id, result });
const refuses = (name, more = {}) => (request, say) =>
  say({ id: request.id, error: { code: -31000, message: 'no', data: { name, action: 'Do it.', ...more } } });

test('a token, who asks for it, and how it goes into a request', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  const broker = new Broker({ name: 'notes', version: '2' });
  t.after(() => broker.close());
  const token = await broker.getToken({ provider: 'github:ana@example.com', scopes: ['repo'], minValid: 60, reason: 'r' });
  assert.equal(token.accessToken, 'tok-1');
  assert.deepEqual({ ...token.headers }, { Authorization: 'Bearer tok-1' });
  assert.equal(token.expiresAt.toISOString(), '2026-05-01T09:30:00.000Z');
  assert.ok(!inspect(token).includes('tok-1') && !JSON.stringify(token).includes('tok-1'), 'it is not printed');
  assert.deepEqual(scripted.asked('hello')[0].params, { protocol: 1, client: { name: 'notes', version: '2' } });
  assert.deepEqual(scripted.asked('token.get')[0].params, { provider: 'github', account: 'ana@example.com',
    reason: 'r', scopes: ['repo'], min_valid_seconds: 60 });
  scripted.script = (request, say) => say({ id: request.id, result: { access_token: 'k', token_type: 'ApiKey',
    expires_at: null, header: { name: 'X-Api-Key', value: 'k' } } });
  const key = await broker.getToken({ tool: 'weather.now' });
  assert.deepEqual({ ...key.headers }, { 'X-Api-Key': 'k' });
  assert.equal(key.expiresAt, undefined);
});

test('requests share a connection and find their answers, in whatever order and pieces these come', async (t) => {
  const waiting = [];
  const scripted = await ScriptedBroker.start(t, (request, say, socket) => {
    waiting.push(request);
    if (waiting.length < 3)
      return;
    const text = waiting.reverse().map(({ id, params }) =>
      `${JSON.stringify({ jsonrpc: '2.0', id, result: { ...result, access_token: `für ${params.provider}` } })}\n`).join('');
    say({ method: 'event', params: { topic: 'alert' } });
    for (const byte of Buffer.from(text))
      socket.write(Buffer.of(byte));
  });
  const broker = new Broker();
  t.after(() => broker.close());
  const tokens = await Promise.all(['a', 'b', 'c'].map((provider) => broker.getToken(provider)));
  assert.deepEqual(tokens.map(({ accessToken }) => accessToken), ['für a', 'für b', 'für c']);
  assert.equal(scripted.asked('hello').length, 1);
});

test('errors have a kind, a name, an action and what the person needs', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  const broker = new Broker();
  t.after(() => broker.close());
  for (const [name, kind] of [['authorization_required', SignInNeeded], ['consent_denied', Denied],
    ['rate_limited', TryLater], ['timed_out', TimedOut], ['not_found', KeybearerError]]) {
    scripted.script = refuses(name, { retry_after_seconds: 7, authorization_url: 'https://a/b', user_code: 'AB' });
    const error = await broker.getToken('demo').catch((one) => one);
    assert.equal(error.constructor, kind, name);
    assert.deepEqual([error.errorName, error.code, error.action, error.retryAfter, error.authorizationUrl, error.userCode],
      [name, -31000, 'Do it.', 7, 'https://a/b', 'AB']);
  }
  assert.equal(scripted.asked('hello').length, 1, 'a refusal costs no connection');
});

test('a refused greeting is the error of the request', async (t) => {
  const scripted = await ScriptedBroker.start(t, refuses('invalid_request'));
  scripted.greet = (request, say, socket) => {
    refuses('client_unknown')(request, say);
    socket.end();
  };
  for (let i = 0; i < 20; ++i) {
    const error = await new Broker({ clientKey: 'kbk_x' }).getToken('demo').catch((one) => one);
    assert.equal(error.errorName, 'client_unknown');
  }
  assert.equal(scripted.asked('hello')[0].params.client_key, 'kbk_x');
});

test('no answer ends at the deadline; the late one is passed over', async (t) => {
  let late;
  const scripted = await ScriptedBroker.start(t, (request) => { late = request; });
  const broker = new Broker();
  t.after(() => broker.close());
  await assert.rejects(broker.getToken({ provider: 'demo', timeout: 0.2 }), TimedOut);
  scripted.script = (request, say) => {
    say({ id: late.id, result: { ...result, access_token: 'stale' } });
    answers(request, say);
  };
  assert.equal((await broker.getToken('demo')).accessToken, 'tok-1');
});

test('a broker that was restarted is asked again; one that closes each time is not asked forever', async (t) => {
  const first = await ScriptedBroker.start(t, answers);
  const broker = new Broker();
  t.after(() => broker.close());
  await broker.getToken('demo');
  await first.stop();
  const again = broker.getToken('demo');
  const second = await ScriptedBroker.start(t, answers, first.home);
  assert.equal((await again).accessToken, 'tok-1');
  assert.equal(second.asked('hello').length, 1);
  second.script = (request, say, socket) => socket.destroy();
  await assert.rejects(broker.getToken('demo'), BrokerUnreachable);
  assert.ok(second.asked('token.get').length <= 3);
});

test('nonsense and endless lines are not believed', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  for (const text of ['hello\n', '[]x\n', '1\n', 'x'.repeat((1 << 20) + 10)]) {
    scripted.script = (request, say, socket) => socket.write(text);
    await assert.rejects(new Broker().getToken('demo'), BrokerUnreachable, text.slice(0, 20));
  }
  for (const wrong of [1, {}, { access_token: 5 }]) {
    scripted.script = (request, say) => say({ id: request.id, result: wrong });
    await assert.rejects(new Broker().getToken('demo'), BrokerUnreachable);
  }
});

test('no broker, and a directory that others may write to or that is a link', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  chmodSync(join(scripted.home, 'run'), 0o770);
  await assert.rejects(new Broker().getToken('demo'), /others may write/);
  chmodSync(join(scripted.home, 'run'), 0o700);
  renameSync(join(scripted.home, 'run'), join(scripted.home, 'real'));
  symlinkSync(join(scripted.home, 'real'), join(scripted.home, 'run'));
  await assert.rejects(new Broker().getToken('demo'), /is a link/);
  assert.equal(scripted.received.length, 0);
  process.env.KEYBEARER_HOME = join(scripted.home, 'nowhere');
  await assert.rejects(new Broker().getToken('demo'), /keybearer status/);
  process.env.KEYBEARER_HOME = `/${'x'.repeat(200)}`;
  await assert.rejects(new Broker().getToken('demo'), /shorter/);
});

test('keys from a file, a capability before a key, and a descriptor that is none', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  t.after(() => { delete process.env.KEYBEARER_CLIENT_KEY; delete process.env.KEYBEARER_CAPABILITY; });
  writeFileSync(join(scripted.home, 'key'), 'kbk_file\n');
  process.env.KEYBEARER_CLIENT_KEY = `@${join(scripted.home, 'key')}`;
  await new Broker().getToken('demo');
  assert.equal(scripted.asked('hello').at(-1).params.client_key, 'kbk_file');
  process.env.KEYBEARER_CAPABILITY = 'kbc_1';
  await new Broker().getToken('demo');
  assert.deepEqual(Object.keys(scripted.asked('hello').at(-1).params).sort(), ['capability', 'client', 'protocol']);
  delete process.env.KEYBEARER_CAPABILITY;
  process.env.KEYBEARER_CLIENT_KEY = '@/nowhere';
  await assert.rejects(new Broker().getToken('demo'), /KEYBEARER_CLIENT_KEY/);
  process.env.KEYBEARER_FD = '900';
  await assert.rejects(new Broker().getToken('demo'), /KEYBEARER_FD/);
  delete process.env.KEYBEARER_FD;
});

test('an idle connection does not keep the program alive', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  const library = fileURLToPath(new URL('../../../clients/node/keybearer.js', import.meta.url));
  const program = `import { getToken } from ${JSON.stringify(library)}; console.log((await getToken('demo')).account);`;
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, ['--input-type=module', '-e', program],
    { env: { ...process.env, KEYBEARER_HOME: scripted.home }, timeout: 30000 });
  let said = '';
  child.stdout.on('data', (chunk) => { said += chunk; });
  const status = await new Promise((resolve) => { child.on('close', resolve); });
  assert.deepEqual([status, said], [0, 'ana@example.com\n']);
  assert.equal(spawnSync(process.execPath, ['--input-type=module', '-e', program],
    { env: { ...process.env, KEYBEARER_HOME: '/nowhere' } }).status, 1);
});

test('the function for the whole program asks one broker', async (t) => {
  const scripted = await ScriptedBroker.start(t, answers);
  await Promise.all([getToken('a'), getToken('b')]);
  assert.equal(scripted.asked('hello').length, 1);
});
