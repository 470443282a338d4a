// keybearer import with the real broker: what clients keep is shown masked, moved, and put back byte for byte.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync,
  writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram } from './support/broker.mjs';

const CANARY = 'ghp_CANARYabcdefghijklmnopqrstuvwxyz4f';
const WEATHER = 'CANARY-weather-abcdef0123456789';
const SLACK = 'xoxb-CANARY-123456789012-abcdefgh';
const TOKENS = 'CANARYrefreshtokenabcdef0123456789';
const remote = 'https://mcp.example/v1/mcp';

const cursorFile = `\uFEFF{
\t// my servers
\t"zoo": 1,
\t"mcpServers": {
\t\t"github": {
\t\t\t"command": "${process.execPath}", // runs
\t\t\t"args": [
\t\t\t\t"-e",
\t\t\t\t"process.stdout.write(process.env.GITHUB_TOKEN + ' ' + process.env.LOG)"
\t\t\t],
\t\t\t"env": {
\t\t\t\t"GITHUB_TOKEN": "${CANARY}", // the one of May
\t\t\t\t"LOG": "debug"
\t\t\t},
\t\t},
\t\t/* for later */
\t\t"linear": { "url": "${remote}" },
\t},
\t"apple": true,
}
`;
const desktopFile = '{\r\n  "globalShortcut": "",\r\n  "mcpServers": {\r\n    "remote": {\r\n      "command": "npx",\r\n' +
  `      "args": ["-y", "mcp-remote@latest", "${remote}", "--debug"]\r\n    },\r\n` +
  `    "one": {"command":"uvx","args":["x"],"env":{"WEATHER_API_KEY":"${WEATHER}"}}\r\n  }\r\n}`;
const codeFile = `{
  "servers": {
    "gh": {"type": "http", "url": "https://mcp.example/code"},
    "strange": 5,
    "asks": {"command": "node", "args": ["s.js"], "env": {"API_KEY": "\${input:k}"}}
  },
  "inputs": [{"id": "k", "type": "promptString", "password": true}]
}
`;
const claudeFile = `{
  "numStartups": 3,
  "primaryApiKey": "sk-ant-CANARY-abcdefghijklmnop",
  "projects": {
    "/home/ana/x": {"mcpServers": {"slack": {"type": "stdio", "command": "npx", "args": [], "env": {"SLACK_BOT_TOKEN": "${SLACK}"}}}}
  }
}
`;
const tokenFile = `{\n  "access_token": "CANARYaccesstokenabcdef0123456789",\n  "refresh_token": "${TOKENS}"\n}\n`;
const canary = /CANARY/;

function write(path, text, mode = 0o600) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
}

// A broker, and a home of a person with an empty working directory.
function world(t, { config = 'store: {backend: memory}\naccess: {mode: trusting}\n' } = {}) {
  const broker = new Broker();
  t.after(() => broker.remove());
  broker.writeConfigText(config);
  const home = join(broker.home, 'home');
  const working = join(home, 'work');
  mkdirSync(working, { recursive: true });
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), CLAUDE_CONFIG_DIR: '', MCP_REMOTE_CONFIG_DIR: '' };
  const files = {
    cursor: join(home, '.cursor', 'mcp.json'),
    desktop: join(home, '.config', 'Claude', 'claude_desktop_config.json'),
    code: join(home, '.config', 'Code', 'User', 'mcp.json'),
    claude: join(home, '.claude.json'),
    tokens: join(home, '.mcp-auth', 'mcp-remote-0.1.37',
      `${createHash('md5').update(remote).digest('hex')}_tokens.json`),
  };
  const run = (words, options = {}) => broker.run(['import', ...words], { cwd: working, env, ...options });
  const json = async (words) => JSON.parse((await run([...words, '--json'])).stdout);
  return { broker, home, working, files, env, run, json };
}

function everything(t) {
  const w = world(t);
  const before = { cursor: cursorFile, desktop: desktopFile, code: codeFile, claude: claudeFile, tokens: tokenFile };
  for (const [name, text] of Object.entries(before))
    write(w.files[name], text, name === 'cursor' ? 0o640 : 0o600);
  return { ...w, before };
}

function texts(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'latin1')]);
}

test('a preview shows five clients masked, and changes nothing', async (t) => {
  const w = everything(t);
  const shown = await w.run([]);
  assert.equal(shown.status, 0, shown.stderr);
  assert.doesNotMatch(shown.stdout + shown.stderr, canary);
  for (const words of [/Cursor .*mcp\.json/, /ghp_\.\.\.4f/, /keybearer mcp instead of mcp-remote/,
    /strange\n.*not understood/, /claude-code-slack-bot-token/, /-.*xoxb-\.\.\.gh/])
    assert.match(shown.stdout, words);
  const report = await w.json([]);
  assert.doesNotMatch(JSON.stringify(report), canary);
  assert.deepEqual(report.files.map((file) => [file.source, file.state, file.changes]), [
    ['claude-desktop', 'found', 2], ['claude-code', 'found', 1], ['vscode', 'found', 1], ['cursor', 'found', 2],
    ['mcp-remote', 'found', 1]]);
  assert.equal(report.files[4].servers[0].address, remote, 'the name of the file says which server it is');
  assert.deepEqual(report.summary, { files: 5, servers: 9, secrets: 5, changes: 7 });
  for (const [name, text] of Object.entries(w.before))
    assert.equal(readFileSync(w.files[name], 'utf8'), text, name);
  assert.equal(existsSync(join(w.broker.home, 'run', 'broker.sock')), false, 'a preview starts no broker');
});

test('apply moves, a program gets its secret, undo puts every byte back', async (t) => {
  const w = everything(t);
  await w.broker.start();
  const applied = await w.run(['--apply']);
  assert.equal(applied.status, 0, applied.stderr);
  assert.doesNotMatch(applied.stdout + applied.stderr, canary);
  assert.match(applied.stderr, /hold the old secrets in plain text/);

  const cursor = readFileSync(w.files.cursor, 'utf8');
  assert.equal(statSync(w.files.cursor).mode & 0o777, 0o640);
  assert.doesNotMatch(cursor, canary);
  for (const kept of ['\uFEFF{\n\t// my servers\n\t"zoo": 1,', '// the one of May', '/* for later */', '"apple": true,\n}\n',
    `"command": ${JSON.stringify(commandProgram)}, // runs`, '"LOG": "debug"'])
    assert.ok(cursor.includes(kept), kept);
  const desktop = readFileSync(w.files.desktop, 'utf8');
  assert.equal(desktop.match(/\r\n/g).length, desktopFile.match(/\r\n/g).length);
  assert.deepEqual(JSON.parse(desktop).mcpServers.remote, { command: commandProgram, args: ['mcp', remote] });
  assert.match(readFileSync(w.files.claude, 'utf8'), /sk-ant-CANARY/, 'what is no server of MCP stays');
  assert.equal(existsSync(w.files.tokens), false);

  // What the client would start: the entry as it stands in the file.
  const { command, args } = JSON.parse(desktop).mcpServers.one;
  assert.equal(command, commandProgram);
  assert.deepEqual(args.slice(0, 4), ['run', '--env', 'WEATHER_API_KEY=apikey:claude-desktop-one-weather-api-key', '--']);
  const entry = JSON.parse(cursor.slice(1).replace(/\/\/.*$/gm, (line) => (line.includes('mcp.example') ? line : ''))
    .replace(/\/\*.*\*\//g, '').replace(/,(\s*[}\]])/g, '$1')).mcpServers.github;
  const started = await w.broker.run(entry.args, { env: { ...w.env, ...entry.env } });
  assert.deepEqual([started.status, started.stdout], [0, `${CANARY} debug`], started.stderr);

  for (const [path, text] of texts(w.broker.home)) {
    if (path.includes('/state/backups/')) {
      assert.equal(statSync(path).mode & 0o777, 0o600, path);
      assert.equal(statSync(dirname(path)).mode & 0o777, 0o700, path);
    } else if (path !== w.files.claude) {
      assert.doesNotMatch(text, canary, path);
    }
  }
  assert.equal((await w.json([])).summary.changes, 0, 'a second time there is nothing to do');

  const undone = await w.run(['--undo']);
  assert.equal(undone.status, 0, undone.stderr);
  for (const [name, text] of Object.entries(w.before))
    assert.equal(readFileSync(w.files[name], 'utf8'), text, name);
  assert.equal(statSync(w.files.cursor).mode & 0o777, 0o640);
  assert.deepEqual((await w.json(['--undo'])).files, [], 'nothing is undone twice');

  // The same once more: keys are not stored a second time under another name.
  const again = await w.json(['--apply']);
  assert.equal(again.summary.applied, 5);
  assert.equal(JSON.parse((await w.broker.run(['apikey', 'list', '--json'])).stdout).apikeys.length, 3);
  const forgotten = await w.json(['--forget-backups']);
  assert.equal(forgotten.removed.length, 10);
  assert.deepEqual(readdirSync(join(w.broker.home, 'state', 'backups')), []);
});

test('undo refuses what was changed since, and --force keeps that too', async (t) => {
  const w = world(t);
  write(w.files.cursor, cursorFile);
  assert.equal((await w.run(['cursor', '--apply'])).status, 0);
  const newer = readFileSync(w.files.cursor, 'utf8').replace('debug', 'trace');
  writeFileSync(w.files.cursor, newer);
  const refused = await w.run(['cursor', '--undo', '--json']);
  assert.equal(refused.status, 1);
  assert.equal(JSON.parse(refused.stdout).files[0].error.name, 'changed_since');
  assert.equal(readFileSync(w.files.cursor, 'utf8'), newer);
  const forced = (await w.json(['cursor', '--undo', '--force'])).files[0];
  assert.equal(readFileSync(w.files.cursor, 'utf8'), cursorFile);
  assert.equal(readFileSync(join(w.broker.home, 'state', 'backups', forced.kept, 'content'), 'utf8'), newer);
});

test('one server of one client; a project file; a link stays a link', async (t) => {
  const w = world(t);
  const real = write(join(w.home, 'dotfiles', 'cursor.json'), cursorFile);
  mkdirSync(dirname(w.files.cursor), { recursive: true });
  symlinkSync(real, w.files.cursor);
  const project = write(join(w.working, '.vscode', 'mcp.json'), codeFile);
  assert.equal((await w.run(['--apply', '--only', 'linear'])).status, 0);
  assert.ok(lstatSync(w.files.cursor).isSymbolicLink());
  const changed = readFileSync(real, 'utf8');
  assert.match(changed, /"mcp", "https:/);
  assert.match(changed, canary, 'what was not selected stays');
  assert.equal(readFileSync(project, 'utf8'), codeFile);
  const report = await w.json(['.vscode/mcp.json']);
  assert.equal(report.files[0].scope, 'project');
  assert.match(report.remarks[0], /shared with others/);
  assert.equal((await w.run(['--undo'])).status, 0);
  assert.equal(readFileSync(real, 'utf8'), cursorFile);
  assert.equal((await w.run(['--only', 'nobody'])).status, 9);
});

test('a key in a header is shown masked, and stays with the reason', async (t) => {
  const w = world(t);
  const text = `{"mcpServers": {"hub": {"url": "${remote}", "headers": {"Authorization": "Bearer ${CANARY}"}}}}\n`;
  const file = write(join(w.working, '.cursor', 'mcp.json'), text);
  const server = (await w.json(['.cursor/mcp.json'])).files[0].servers[0];
  assert.deepEqual(server.secrets, [{ where: 'headers.Authorization', kind: 'bearer', masked: 'Bearer ghp_...4f', key: null }]);
  assert.equal(server.left_alone.kind, 'cannot');
  assert.match(server.left_alone.reason, /stands in a header/);
  assert.equal((await w.json(['.cursor/mcp.json', '--apply'])).files[0].result, 'unchanged');
  assert.equal(readFileSync(file, 'utf8'), text);
});

test('what cannot be read or written is named, and the others are done all the same', async (t) => {
  const w = world(t);
  write(w.files.cursor, cursorFile, 0o400);
  write(w.files.code, '{\n  "servers": {\n    "a" {}\n  }\n}\n');
  write(w.files.claude, '[1, 2]\n');
  write(w.files.desktop, desktopFile);
  mkdirSync(w.files.tokens, { recursive: true });
  const report = await w.json([]);
  const of = (source) => report.files.find((file) => file.source === source);
  assert.deepEqual([of('vscode').state, of('vscode').problem.line, of('vscode').problem.column], ['unreadable', 3, 9]);
  assert.deepEqual([of('cursor').state, of('cursor').servers.length], ['read_only', 2]);
  assert.equal(of('claude-code').state, 'unknown_shape');
  assert.equal(of('mcp-remote').state, 'unreadable');
  const applied = await w.run(['--apply', '--json']);
  assert.equal(applied.status, 1);
  const results = Object.fromEntries(JSON.parse(applied.stdout).files.map((file) => [file.source, file.result]));
  assert.deepEqual(results, { 'claude-desktop': 'applied', 'claude-code': 'failed', vscode: 'failed', cursor: 'failed',
    'mcp-remote': 'failed' });
  assert.equal(readFileSync(w.files.cursor, 'utf8'), cursorFile);
  assert.equal((await w.run(['nowhere/mcp.json'])).status, 9);
  assert.equal((await w.run(['cursr'])).status, 2);
  assert.match((await w.run(['cursr'])).stderr, /no client and no file\nName one of: .*cursor/);
});

test('without a broker nothing is half done: files that need no key are changed, the others stay', async (t) => {
  const w = everything(t);
  const applied = await w.run(['--apply', '--no-spawn', '--json']);
  assert.equal(applied.status, 3, applied.stderr);
  const files = JSON.parse(applied.stdout).files;
  assert.deepEqual(files.filter((file) => file.result === 'applied').map((file) => file.source), ['vscode']);
  for (const name of ['cursor', 'desktop', 'claude'])
    assert.equal(readFileSync(w.files[name], 'utf8'), w.before[name], name);
});

test('hostile names and five thousand servers', async (t) => {
  const w = world(t);
  const servers = { '\u202Egnp.exe\u001B[31m': { command: 'x\u001B]0;t\u0007', env: { API_KEY: CANARY } },
    ['n'.repeat(10240)]: { url: remote } };
  for (let i = 0; i < 5000; i += 1)
    servers[`s${i}`] = { command: 'npx', args: ['-y', `p${i}`], env: { TOKEN: `CANARY-${i}-abcdefghijkl0123456789` } };
  write(w.files.cursor, JSON.stringify({ mcpServers: servers }, null, 2));
  const start = Date.now();
  const shown = await w.run(['cursor']);
  assert.equal(shown.status, 0, shown.stderr);
  assert.ok(Date.now() - start < 20000, 'in proportion to the file');
  assert.doesNotMatch(shown.stdout, canary);
  assert.doesNotMatch(shown.stdout, /[\u0000-\u0009\u000B-\u001F\u202E]/);
  assert.match(shown.stdout, /the difference is cut here/);
  assert.equal((await w.json(['cursor'])).summary.changes, 5002);
});

const gatewayFile = `# of another gateway
oauth_providers:
  Corp:
    client_id: desk
    client_secret: CANARY-gateway-secret-0123456789
    auth_url: http://127.0.0.1:9/authorize
    token_url: http://127.0.0.1:9/token
    scopes: [openid, offline_access]
    pkce: true
mcp_services:
  calculator: {url: "http://localhost:3001/mcp", oauth_provider: Corp, auth_required: true, scopes: [read], timeout: 1500}
  local: {command: node}
logging: {level: debug}
`;

test('the settings of a gateway become entries of config.yaml, and go again byte for byte', async (t) => {
  const broker = new Broker({ config: {} });
  t.after(() => broker.remove());
  const before = '# mine\nstore: {backend: memory}   # for a test\n';
  broker.writeConfigText(before);
  await broker.start();
  const file = join(broker.home, 'gateway.yaml');
  const config = join(broker.home, 'config', 'config.yaml');
  writeFileSync(file, gatewayFile);
  const preview = await broker.run(['import', file]);
  assert.equal(preview.status, 0, preview.stderr);
  assert.doesNotMatch(preview.stdout + preview.stderr, /CANARY-gateway-secret/, 'a secret is shown masked');
  assert.match(preview.stdout, /\+ {2}calculator:/);
  assert.match(preview.stdout, /\+ {4}timeout_seconds: 2/);
  assert.match(preview.stdout + preview.stderr, /pkce/, 'what is not taken over is named');
  assert.match(preview.stderr, /logging/);
  assert.equal(readFileSync(config, 'utf8'), before, 'a preview changes nothing');
  const shown = JSON.parse((await broker.run(['import', file, '--json'])).stdout);
  assert.equal(shown.files[0].config, config);
  assert.deepEqual(shown.files[0].servers.map((one) => one.change?.kind ?? one.left_alone.kind),
    ['provider', 'service', 'cannot']);
  assert.doesNotMatch(JSON.stringify(shown), /CANARY-gateway-secret/);

  const applied = await broker.run(['import', file, '--apply', '--json']);
  assert.equal(applied.status, 0, applied.stderr);
  assert.ok(readFileSync(config, 'utf8').startsWith(before));
  assert.equal(statSync(config).mode & 0o777, 0o600);
  assert.equal(readFileSync(file, 'utf8'), gatewayFile, 'the other gateway may still need it');
  const client = await broker.client();
  const { services } = JSON.parse((await broker.run(['service', 'list', '--json'])).stdout);
  assert.ok(services.some((one) => one.name === 'calculator'), 'the broker that runs has taken it up');
  await client.close();
  const again = JSON.parse((await broker.run(['import', file, '--json'])).stdout);
  assert.equal(again.summary.changes, 0, 'what is there already is left alone');

  const undone = await broker.run(['import', '--undo', '--json']);
  assert.equal(undone.status, 0, undone.stderr);
  assert.equal(readFileSync(config, 'utf8'), before);
});

test('a gateway whose settings the broker would not take leaves config.yaml as it is', async (t) => {
  const broker = new Broker();
  t.after(() => broker.remove());
  const config = join(broker.home, 'config', 'config.yaml');
  const before = 'store:\n  backend: memory\n';
  broker.writeConfigText(before);
  const file = join(broker.home, 'gateway.yml');
  writeFileSync(file, 'oauth_providers:\n  corp: {client_id: x, auth_url: "http://not-this-machine.example/a", token_url: "https://a/t"}\n');
  const applied = await broker.run(['import', file, '--apply', '--json']);
  assert.notEqual(applied.status, 0);
  assert.match(JSON.parse(applied.stdout).files[0].error.message, /https/);
  assert.equal(readFileSync(config, 'utf8'), before);
  writeFileSync(file, 'something: else\n');
  const strange = await broker.run(['import', file]);
  assert.match(strange.stdout, /neither oauth_providers nor mcp_services/);
});

test('where there is no config.yaml yet, an import makes it and --undo takes it away', async (t) => {
  const broker = new Broker();
  t.after(() => broker.remove());
  const config = join(broker.home, 'config', 'config.yaml');
  rmSync(config);
  const file = join(broker.home, 'gateway.yaml');
  writeFileSync(file, 'mcp_services:\n  notes: {url: "http://localhost:3002/mcp"}\n');
  assert.equal((await broker.run(['import', file, '--apply'])).status, 0);
  assert.match(readFileSync(config, 'utf8'), /notes:/);
  assert.equal((await broker.run(['import', '--undo'])).status, 0);
  assert.equal(existsSync(config), false);
});
