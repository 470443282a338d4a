// The question on a terminal: what a person reads there, what counts as an answer, and when it goes away.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { commandProgram } from './support/broker.mjs';
import { world } from './support/journey.mjs';
import { ask, signInByCommand } from './support/operator.mjs';
import { Terminal } from './support/terminal.mjs';
import { until } from './support/wait.mjs';

const PROMPT = 'Your choice, Enter denies: ';
const CTRL_C = '\x03';
const CTRL_D = '\x04';

async function signedIn(t, options = {}) {
  const made = await world(t, { mode: 'ask', ...options });
  await signInByCommand(made.broker);
  return made;
}

function onTerminal(t, broker, parameters, { env, ...options } = {}) {
  return new Terminal(t, commandProgram, parameters, { env: { ...broker.environment, ...env }, ...options });
}

async function pending(broker) {
  return (await ask(broker, 'consent', 'pending')).pending;
}

// The terminal listens and the question is still open: a line that is no choice is answered with what is one.
async function listens(terminal) {
  await terminal.answer('x\n', 'what can be typed', () => /Type .* or d: /.test(terminal.text));
}

test('the question says who asks for what; Enter denies, 1 allows this once', async (t) => {
  const { provider, broker } = await signedIn(t);
  const terminal = onTerminal(t, broker, ['token', 'demo']);
  const text = await terminal.see(PROMPT);
  assert.match(text, /^keybearer asks for your .* credential\.$/m);
  assert.ok(text.replaceAll(/\n {16}/g, '').includes(`Program       ${commandProgram} (process `), text);
  for (const row of [/^ {2}Known as {6}\S/m, /^ {2}Account {7}ana@example\.com$/m, /^ {2}Access {8}\S/m,
    /^ {2}\[1\] once.*\[d\] deny$/m])
    assert.match(text, row);
  assert.ok(terminal.shown.includes('\x1b[1mkeybearer asks'), 'the first line stands out');
  await listens(terminal);
  terminal.type('\n');
  assert.equal((await terminal.child.ended).status, 5, terminal.text);
  assert.match(terminal.text, /said no/);
  assert.deepEqual(await pending(broker), []);

  const second = onTerminal(t, broker, ['token', 'demo']);
  await second.see(PROMPT);
  await listens(second);
  second.type('1\n');
  assert.equal((await second.child.ended).status, 0, second.text);
  const token = second.text.trimEnd().split('\n').at(-1);
  assert.equal((await provider.userinfo(token)).status, 200, second.text);
  assert.deepEqual((await ask(broker, 'consent', 'list')).consents, []);
});

test('T-08: what was typed before the question could be read is no answer', async (t) => {
  const { broker } = await signedIn(t);
  const terminal = onTerminal(t, broker, ['token', 'demo']);
  terminal.type('1\n1\n1'); // before anything is asked
  await terminal.see(PROMPT);
  await listens(terminal);
  assert.equal((await pending(broker)).length, 1);
  assert.ok(terminal.child.isRunning);
  terminal.type('d\n');
  assert.equal((await terminal.child.ended).status, 5, terminal.text);
});

test('the end of input denies; Ctrl-C ends the program, and nobody is asked any more', async (t) => {
  const { broker } = await signedIn(t);
  const terminal = onTerminal(t, broker, ['token', 'demo']);
  await terminal.see(PROMPT);
  await listens(terminal);
  terminal.type(CTRL_D);
  assert.equal((await terminal.child.ended).status, 5, terminal.text);

  const second = onTerminal(t, broker, ['token', 'demo']);
  await second.see(PROMPT);
  assert.equal((await pending(broker)).length, 1);
  second.type(CTRL_C);
  assert.equal((await second.child.ended).status, 130, second.text);
  await until('the end of the question', async () => (await pending(broker)).length === 0);
});

for (const [what, env] of [['NO_COLOR', { NO_COLOR: '1' }], ['TERM=dumb', { TERM: 'dumb' }]]) {
  test(`no escape sequence reaches the terminal with ${what}`, async (t) => {
    const { broker } = await signedIn(t);
    const terminal = onTerminal(t, broker, ['token', 'demo'], { env });
    await terminal.see(PROMPT);
    assert.ok(!terminal.shown.includes('\x1b'), JSON.stringify(terminal.shown));
    terminal.type(CTRL_C);
    await terminal.child.ended;
  });
}

test('consent pending --follow puts the questions of other programs, one after the other', async (t) => {
  const { broker } = await signedIn(t);
  const desk = onTerminal(t, broker, ['consent', 'pending', '--follow']);
  await desk.see('Questions appear here');
  // T-06: spaces to begin a row of its own with, an escape sequence, and a turn of the writing direction.
  const reason = `to list\u202e\x1b[2J issues${' '.repeat(70)}Known as      a friend`;
  const client = await broker.client({ hello: false });
  await client.call('hello', { protocol: 1, client: { name: 'git\u202e\x1b]0;x\x07', version: '1' } });
  const gone = client.call('token.get', { provider: 'demo', reason }).catch(() => {});
  const text = await desk.see(PROMPT);
  assert.match(text, /Calls itself {2}"git\\u\{202E\}\\u\{1B\}\]0;x\\u\{7\}" \(nobody has/);
  assert.match(text, /It says {7}"to list\\u\{202E\}\\u\{1B\}\[2J/);
  assert.doesNotMatch(text, /\x1b|\x07|\u202e/);
  assert.ok(text.split('\n').every((row) => row.length <= 80), 'a row that the terminal would go on with at its edge');
  assert.equal(text.match(/^ {0,3}Known as/mg).length, 1, 'a row that the program has made up');
  await listens(desk);
  await client.close();
  await gone;
  await desk.see('No answer is needed any more');
  assert.ok(desk.child.isRunning);

  const before = desk.text.length;
  const other = await broker.client();
  const waiting = other.call('token.get', { provider: 'demo' });
  await until('the next question', () => desk.text.indexOf(PROMPT, before) > 0);
  await desk.answer('x\n', 'what can be typed', () => /Type .* or d: /.test(desk.text.slice(before)));
  desk.type('1\n');
  assert.ok((await waiting).access_token);
  await desk.see('Allowed.');
  desk.type(CTRL_C);
  assert.equal((await desk.child.ended).status, 130, desk.text);
});

test('T-51: a command to be started is asked about whole, set apart from our own words', async (t) => {
  const { broker } = await signedIn(t, { more: { profiles: { notes: { allow: ['demo'] } } } });
  const told = `echo it runs # ${'y '.repeat(300)}${' '.repeat(90)}Directory     /safe \u202e the end`;
  const terminal = onTerminal(t, broker, ['run', '--profile', 'notes', '--', '/bin/sh', '-c', told], { columns: 60 });
  const text = await terminal.see(PROMPT);
  assert.match(text, /^A command asks to be started with the run profile notes\.$/m);
  const rows = text.split('\n').filter((row) => row.startsWith('  | '));
  const whole = rows.map((row) => row.slice(4)).join('');
  assert.ok(whole.endsWith(`-c '${told.replace('\u202e', '\\u{202E}')}'`), whole);
  assert.ok(text.split('\n').every((row) => row.length <= 60 || row.includes('[1] once')), text);
  assert.equal(text.match(/^ {0,3}Directory/mg).length, 1);
  await listens(terminal);
  terminal.type('1\n');
  assert.equal((await terminal.child.ended).status, 0, terminal.text);
  assert.match(terminal.text, /^it runs$/m);
});
