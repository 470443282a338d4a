// The libraries in clients/ and their example servers, started by an MCP client, against the real broker.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { commandProgram, programs } from './support/broker.mjs';
import { world } from './support/journey.mjs';
import { ask, Prompter, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

const top = fileURLToPath(new URL('../..', import.meta.url));
// The SDK is installed beside the conformance suite.
const packages = join(top, 'tests', 'conformance', 'node_modules');
const require = createRequire(join(packages, '..', 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { Client } = await load('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = await load('@modelcontextprotocol/sdk/client/stdio.js');

const real = (program) => execFileSync('readlink', ['-f',
  execFileSync('sh', ['-c', `command -v '${program}'`], { encoding: 'utf8' }).trim()], { encoding: 'utf8' }).trim();

// How each example is started. Node's finds the SDK beside a copy of the library, as in somebody's project.
const examples = {
  node: (home) => {
    const copy = join(home, 'node');
    cpSync(join(top, 'clients', 'node'), copy, { recursive: true });
    symlinkSync(packages, join(copy, 'node_modules'));
    return [process.execPath, join(copy, 'example', 'whoami_server.mjs')];
  },
  python: () => [real('python3'), join(top, 'clients', 'python', 'example', 'whoami_server.py')],
  c: () => [join(programs, 'whoami_server')],
};

// A broker in mode `mode` with somebody signed in, and what starts the example.
async function library(t, language, { mode = 'ask', provider: options } = {}) {
  const made = await world(t, { mode, start: false, provider: options });
  const command = examples[language](made.broker.home);
  const config = JSON.parse(readFileSync(join(made.broker.home, 'config', 'config.yaml'), 'utf8'));
  made.broker.writeConfig({ ...config, profiles: { notes: { allow: ['demo'], command, fallback: true },
    asked: { allow: ['demo'] } } });
  await made.broker.start();
  await signInByCommand(made.broker);
  return { ...made, command };
}

// An MCP client that has started the command: whoami() is {text, isError}.
async function connected(t, { broker, provider }, command, env = {}) {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({ command: command[0], args: command.slice(1), stderr: 'pipe',
    env: { ...broker.environment, WHOAMI_URL: `${provider.issuer}/me`, WHOAMI_PROVIDER: 'demo', ...env } });
  t.after(() => client.close());
  await client.connect(transport);
  return { client, transport, async whoami() {
    const { content, isError } = await client.callTool({ name: 'whoami', arguments: {} });
    return { text: content[0].text, isError: isError === true };
  } };
}

const byRun = (command, profile = 'notes') => [commandProgram, 'run', '--profile', profile, '--', ...command];

async function rows(broker, kind) {
  return (await ask(broker, 'audit', 'list')).rows.filter((row) => row.kind === kind);
}

const each = (language) => describe(language, () => {
  test('through keybearer run the tool calls its API, and nobody is asked', async (t) => {
    const made = await library(t, language, { provider: { accessTokenSeconds: 62 } });
    const server = await connected(t, made, byRun(made.command));
    const { tools } = await server.client.listTools();
    assert.deepEqual(tools.map(({ name }) => name), ['whoami']);
    const first = await server.whoami();
    assert.equal(first.isError, false, first.text);
    assert.equal(JSON.parse(first.text).sub, 'ana');
    const [released] = await rows(made.broker, 'token.released');
    assert.equal(released.why, 'run:notes');

    // The server wants 60 seconds; soon the token of the beginning has less, and a fresh one comes.
    const before = made.provider.counters.requests.token;
    await until('a fresh token', async () => {
      assert.equal((await server.whoami()).isError, false);
      return made.provider.counters.requests.token > before;
    }, { pauseMilliseconds: 200 });

    assert.equal((await made.broker.run(['logout', 'demo'])).status, 0);
    const out = await server.whoami();
    assert.equal(out.isError, true);
    assert.match(out.text, /^authorization_required: .*keybearer login/s);
    await signInByCommand(made.broker);
    assert.equal((await server.whoami()).isError, false, 'the same server goes on');

    await made.broker.restart();
    const orphan = await server.whoami();
    assert.equal(orphan.isError, true);
    assert.match(orphan.text, /^broker_unreachable: /);
    assert.match((await server.whoami()).text, /Start this program again/);
  });

  test('keybearer run does not start what was not allowed', async (t) => {
    const made = await library(t, language);
    await assert.rejects(connected(t, made, byRun(made.command, 'asked')));
    const prompter = await Prompter.open(t, made.broker);
    const refused = assert.rejects(connected(t, made, byRun(made.command, 'asked')));
    await prompter.answer('deny');
    await refused;
    const starting = connected(t, made, byRun(made.command, 'asked'));
    await prompter.answer('allow-once');
    assert.equal((await (await starting).whoami()).isError, false);
  });

  test('over the socket the person is asked, and No is an error that says so', async (t) => {
    const made = await library(t, language);
    const server = await connected(t, made, made.command);
    const nobody = await server.whoami();
    assert.equal(nobody.isError, true);
    assert.match(nobody.text, /^consent_unavailable: /);
    const prompter = await Prompter.open(t, made.broker);
    const denied = server.whoami();
    assert.equal((await prompter.answer('deny')).reason, 'to ask who you are');
    assert.match((await denied).text, /^consent_denied: /);
    const allowed = server.whoami();
    await prompter.answer('allow-once');
    assert.equal((await allowed).isError, false);
  });

  test('a broker that was restarted is asked again; one that is not there is named', async (t) => {
    const made = await library(t, language, { mode: 'trusting' });
    const server = await connected(t, made, made.command);
    assert.equal((await server.whoami()).isError, false);
    await made.broker.restart(); // which forgets the sign-in, having it in memory
    assert.match((await server.whoami()).text, /^authorization_required: /);
    await signInByCommand(made.broker);
    assert.equal((await server.whoami()).isError, false);
    await made.broker.kill();
    assert.match((await server.whoami()).text, /^broker_unreachable: .*keybearer status/s);
    await made.broker.start();
    assert.match((await server.whoami()).text, /^authorization_required: /);
  });

  test('a client key, also from a file, and a secret of keybearer run', async (t) => {
    const made = await library(t, language);
    const { key } = await ask(made.broker, 'client', 'add', 'ci', '--allow', 'demo');
    const server = await connected(t, made, made.command, { KEYBEARER_CLIENT_KEY: key });
    assert.equal((await server.whoami()).isError, false);
    const file = join(made.broker.home, 'ci.key');
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    const fromFile = await connected(t, made, made.command, { KEYBEARER_CLIENT_KEY: `@${file}` });
    assert.equal((await fromFile.whoami()).isError, false);
    const run = await connected(t, made, [commandProgram, 'run', '--profile', 'notes', '--capability-env', '--',
      ...made.command]);
    assert.equal((await run.whoami()).isError, false);
    assert.equal((await made.broker.run(['client', 'disable', 'ci'])).status, 0);
    assert.match((await server.whoami()).text, /^client_disabled: /);
    const wrong = await connected(t, made, made.command, { KEYBEARER_CLIENT_KEY: `${key.slice(0, -1)}_` });
    assert.match((await wrong.whoami()).text, /^client_unknown: /);
  });
});

// Side by side: most of the time is spent waiting.
describe('client libraries', { concurrency: 3 }, () => Object.keys(examples).forEach(each));
