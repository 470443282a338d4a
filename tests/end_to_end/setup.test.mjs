// keybearer setup: the first steps on a terminal, and plain words where there is none.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Broker, commandProgram } from './support/broker.mjs';
import { Terminal } from './support/terminal.mjs';

const secret = 'CANARY-weather-abcdef0123456789';

async function world(t) {
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' } } });
  t.after(() => broker.remove());
  await broker.start();
  const home = join(broker.home, 'home');
  const file = join(home, '.cursor', 'mcp.json');
  mkdirSync(join(home, '.cursor'), { recursive: true });
  const text = `{"mcpServers": {"w": {"command": "node", "env": {"WEATHER_API_KEY": "${secret}"}}}}\n`;
  writeFileSync(file, text);
  const env = { ...broker.environment, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), CLAUDE_CONFIG_DIR: '',
    MCP_REMOTE_CONFIG_DIR: '' };
  return { broker, file, text, env, terminal: () => new Terminal(t, commandProgram, ['setup'], { env }) };
}

async function say(terminal, question, answer) {
  await terminal.see(question);
  terminal.type(`${answer}\n`);
}

test('keys only, then the import, which shows the difference and asks', async (t) => {
  const { broker, file, env, terminal: open } = await world(t);
  const terminal = open();
  await say(terminal, '1 to 6: ', '9');
  await say(terminal, '1 to 6: ', '5');
  await say(terminal, 'Enter goes on: ', 'other');
  await say(terminal, 'Value of the API key other: ', 'value-of-other');
  await terminal.see('Stored.');
  terminal.type('\n');
  await say(terminal, 'Enter: no: ', 'd');
  await terminal.see('+++ ');
  terminal.type('y\n');
  await terminal.see('This is what comes next:');
  assert.equal((await terminal.child.ended).status, 0, terminal.text);
  assert.match(terminal.text, /Restart Cursor/);
  assert.doesNotMatch(terminal.text, /CANARY|value-of-other/);
  assert.match(readFileSync(file, 'utf8'), /WEATHER_API_KEY=apikey:cursor-w-weather-api-key/);
  assert.equal((await broker.run(['token', 'apikey:cursor-w-weather-api-key'], { env })).stdout, `${secret}\n`);
});

test('a provider without a client id is explained, and what is declined is not done', async (t) => {
  const { file, text, terminal: open } = await world(t);
  const terminal = open();
  await say(terminal, '1 to 6: ', '1');
  await say(terminal, 'Enter leaves it out: ', 'githb');
  await terminal.see('Did you mean github?');
  terminal.type('github\n');
  await terminal.see('Redirect address');
  await say(terminal, 'Enter leaves it for later: ', '');
  await say(terminal, 'Enter: no: ', '');
  await terminal.see('keybearer provider add github --client-id ID');
  assert.equal((await terminal.child.ended).status, 0, terminal.text);
  assert.equal(readFileSync(file, 'utf8'), text);
});

test('without a terminal it says what to use instead', async (t) => {
  const { broker, env } = await world(t);
  const refused = await broker.run(['setup'], { env });
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /no terminal to ask at\n.*keybearer import/);
  assert.equal(JSON.parse((await broker.run(['setup', '--json'], { env })).stderr).error.data.name, 'invalid_params');
});
