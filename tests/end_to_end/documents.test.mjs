// What the documents tell a reader to write and to run: every YAML snippet is a configuration, the samples of README
// fetch a token after the person said yes, what it has clients start is a bridge, and every metric is described.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, daemonProgram, programs } from './support/broker.mjs';
import { Child, run } from './support/children.mjs';
import { fencesOf, readersPages, textOf } from './support/documents.mjs';
import { world } from './support/journey.mjs';
import { mcpWorld } from './support/mcp_world.mjs';
import { ask, Prompter, signInByCommand } from './support/operator.mjs';

// A block marked `foreign` is somebody else's configuration.
const blocks = (name, language) => fencesOf(textOf(name))
  .filter((one) => one.language === language && !one.words.includes('foreign')).map((one) => one.text);
const topKeys = (yaml) => [...yaml.matchAll(/^([a-z_]+):/gm)].map((one) => one[1]);

// A block that says the same key twice offers alternatives, one a line.
function configurations(block) {
  const keys = topKeys(block);
  return new Set(keys).size === keys.length ? [block] : block.split('\n').filter((line) => line.trim() !== '').map((line) => `${line}\n`);
}

// What a snippet takes for granted because an earlier one of the page has said it.
function completed(yaml) {
  const keys = topKeys(yaml);
  let text = yaml;
  if (!keys.includes('providers'))
    text += 'providers: {github: {client_id: x}, corp: {issuer: "https://login.example.com", client_id: desk}}\n';
  if (!keys.includes('services'))
    text += 'services: {linear: {url: "https://mcp.linear.app/mcp"}}\n';
  return text;
}

for (const name of readersPages.filter((page) => blocks(page, 'yaml').length > 0)) {
  test(`${name}: every configuration is accepted by keybearerd --check-config`, async (t) => {
    const variables = textOf(name).match(/(?<=\$\{)[A-Z0-9_]+(?=\})/g) ?? [];
    const broker = new Broker({ env: Object.fromEntries(variables.map((one) => [one, 'x'])) });
    t.after(() => broker.remove());
    // The files that the snippets name.
    writeFileSync(join(broker.home, 'config', 'key.pem'),
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    execFileSync('openssl', ['req', '-x509', '-key', 'key.pem', '-out', 'desk.pem', '-subj', '/CN=desk'],
      { cwd: join(broker.home, 'config'), stdio: ['ignore', 'ignore', 'pipe'] });
    const found = blocks(name, 'yaml').flatMap(configurations);
    assert.ok(found.length > 0);
    for (const yaml of found) {
      broker.writeConfigText(completed(yaml).replace('/etc/ssl/corp.pem', join(broker.home, 'config', 'desk.pem')));
      const { status, stderr } = await run(daemonProgram, ['--check-config'],
        { env: broker.environment, timeoutMilliseconds: 10000 });
      assert.equal(status, 0, `${yaml}\n${stderr}`);
    }
  });
}

// The servers that the pages write into the settings of MCP clients.
function entriesIn(page) {
  return blocks(page, 'json').filter((one) => /"(mcpServers|servers)": \{/.test(one)).map((one) => JSON.parse(one))
    .flatMap((one) => Object.values(one.mcpServers ?? (Array.isArray(one.servers) ? {} : one.servers)));
}

test('what the pages tell to write into the settings of a client starts a bridge, and so does the line of the shell of README.md',
  async (t) => {
    const { server, broker } = await mcpWorld(t, 'modern');
    const here = (text) => text.replaceAll('https://mcp.linear.app/mcp', server.url);
    const ping = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`;
    const entries = readersPages.flatMap(entriesIn)
      .filter((entry) => entry.command === 'keybearer' && entry.args[0] === 'mcp' && entry.args[1].startsWith('https:'));
    assert.ok(entries.length >= 6, `${entries.length} entries`);
    const added = readersPages.flatMap((page) => blocks(page, 'sh')).flatMap((one) => one.match(/^claude mcp add .* -- .*$/gm) ?? [])
      .map((line) => line.split(' -- ')[1].split(' ')).map(([command, ...args]) => ({ command, args }));
    assert.ok(added.length >= 2, `${added.length} lines`);
    for (const { command, args } of [...entries, ...added]) {
      assert.equal(command, 'keybearer');
      const { status, stdout, stderr } = await broker.run(args.map(here), { input: ping });
      assert.deepEqual([status, JSON.parse(stdout)], [0, { jsonrpc: '2.0', id: 1, result: {} }], stderr);
    }
    const line = here(blocks('README.md', 'sh').find((one) => one.includes('| keybearer mcp')));
    const { status, stdout, stderr } = await run('sh', ['-c', line],
      { env: { ...broker.environment, PATH: `${programs}:${process.env.PATH}` } });
    assert.deepEqual([status, JSON.parse(stdout)], [0, { jsonrpc: '2.0', id: 1, result: {} }], stderr);
  });

test('the addresses that the pages tell to write into the settings of a client are those of the gateway', () => {
  const addresses = readersPages.flatMap(entriesIn).filter((entry) => entry.url !== undefined).map((entry) => entry.url);
  assert.ok(addresses.length >= 3);
  assert.deepEqual(addresses.filter((one) => one !== 'http://127.0.0.1:4180/linear/mcp'), []);
});

const samples = [
  ['python', 'sample.py', 'print(token)\n', process.env.KEYBEARER_TEST_PYTHON ?? 'python3'],
  ['js', 'sample.mjs', 'console.log(access_token);\nbroker.end();\n', process.execPath],
];

for (const [language, file, print, program] of samples) {
  test(`README.md: the ${language} sample prints a token once the person has allowed it`, async (t) => {
    const { provider, broker } = await world(t, { mode: 'ask' });
    await signInByCommand(broker);
    const prompter = await Prompter.open(t, broker);
    const [sample] = blocks('README.md', language);
    assert.match(sample, /github/);
    const path = join(broker.home, file);
    writeFileSync(path, sample.replaceAll('github', 'demo') + print);
    mkdirSync(join(broker.home, 'runtime'));
    symlinkSync(join(broker.home, 'run'), join(broker.home, 'runtime', 'keybearer'));
    const child = new Child(program, [path],
      { env: { ...broker.environment, XDG_RUNTIME_DIR: join(broker.home, 'runtime') } });
    t.after(() => child.kill('SIGKILL'));
    const asked = await prompter.answer('allow-once');
    assert.equal(asked.class, 'D', JSON.stringify(asked));
    assert.equal(asked.caller.script, path);
    const { status } = await child.ended;
    assert.equal(status, 0, child.stderr);
    assert.equal((await provider.userinfo(child.stdout.trim())).status, 200, child.stdout);
    const { rows } = await ask(broker, 'audit', 'list', '--kind', 'token.released');
    assert.match(rows[0].detail, new RegExp(`script: ${path}`));
  });
}

test('docs/metrics.md describes every family that metrics.get prints, with its type and labels', async (t) => {
  const { broker } = await world(t, { mode: 'ask', more: { policy: { opa_url: 'http://127.0.0.1:9/v1/data/keybearer/allow' } } });
  const session = await signInByCommand(broker);
  await ask(broker, 'session', 'refresh', session.session_id);
  const client = await broker.client();
  for (let count = 0; count < 5; ++count) // five refusals are an alert
    await client.callFails('session.list');
  await client.callFails('token.get', { provider: 'demo' });
  const { families } = await ask(broker, 'metrics');
  const printed = families.map(({ name, type, metrics }) =>
    [name, type, [...new Set(metrics.flatMap((one) => Object.keys(one.labels ?? {})))].sort().join(' ')].join('; '));
  const described = [...textOf('docs/metrics.md').matchAll(/^\| `(\w+)` \| (\w+) \| ([^|]*)\|/gm)].map((row) =>
    [row[1], row[2], [...row[3].matchAll(/\w+/g)].map(String).sort().join(' ')].join('; '));
  // Printed of servers that have been asked; here there are none.
  const unasked = described.filter((row) => !row.startsWith('keybearer_service_up;'));
  assert.equal(unasked.length, described.length - 1);
  assert.deepEqual(unasked.sort(), printed.sort());
});
