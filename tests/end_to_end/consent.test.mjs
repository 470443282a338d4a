// Who may have a token: the modes, the question to the person, what is remembered, and the audit row of each release.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { signIn, world } from './support/journey.mjs';
import { commandProgram } from './support/broker.mjs';
import { Child } from './support/children.mjs';
import { ask, Prompter, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

test('ask, and nobody can be asked: consent_unavailable at once, with what to do', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const started = Date.now();
  const failure = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(failure.errorName, 'consent_unavailable', failure.message);
  assert.equal(failure.code, -31005);
  assert.ok(failure.data.action.length > 10);
  assert.ok(Date.now() - started < 5000);
  const command = await broker.run(['token', 'demo']);
  assert.equal(command.status, 5, command.stderr);
  assert.equal(command.stdout, '');
});

test('ask: once is once, and the question says who asks for what', async (t) => {
  const { provider, broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);

  const waiting = client.call('token.get', { provider: 'demo', reason: 'to try it' });
  const asked = await prompter.answer('allow-once');
  assert.equal(asked.caller.pid, process.pid);
  assert.equal(asked.caller.executable, process.execPath);
  assert.equal(asked.provider, 'demo');
  assert.equal(asked.account.label, 'ana@example.com');
  assert.match(asked.reason, /to try it/);
  assert.equal((await provider.userinfo((await waiting).access_token)).status, 200);

  const second = client.callFails('token.get', { provider: 'demo' });
  await prompter.answer('deny');
  const failure = await second;
  assert.equal(failure.errorName, 'consent_denied', failure.message);
});

test('ask: a session consent is not asked again until it is revoked', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  const waiting = client.call('token.get', { provider: 'demo' });
  await prompter.answer('allow-session');
  await waiting;
  await client.call('token.get', { provider: 'demo' });

  const { consents } = await ask(broker, 'consent', 'list');
  assert.equal(consents.length, 1);
  assert.equal(consents[0].duration, 'session');
  await ask(broker, 'consent', 'revoke', consents[0].consent_id);
  const again = client.callFails('token.get', { provider: 'demo' });
  await prompter.answer('deny');
  assert.equal((await again).errorName, 'consent_denied');
});

test('ask: no program can answer for the person', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  const waiting = client.callFails('token.get', { provider: 'demo' });
  const asked = await prompter.question();
  const refused = await client.callFails('consent.answer', { consent_id: asked.consent_id, decision: 'allow' });
  assert.equal(refused.errorName, 'policy_denied', refused.message);
  await prompter.answer('deny');
  assert.equal((await waiting).errorName, 'consent_denied');
});

test('ask: a question is withdrawn when the asker goes away', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  const asker = await broker.client();
  asker.call('token.get', { provider: 'demo' }).catch(() => {});
  const asked = await prompter.question();
  await asker.close();
  const withdrawn = await until('the withdrawal', () =>
    prompter.events.find((one) => one.topic === 'consent.withdrawn'));
  assert.equal(withdrawn.consent_id, asked.consent_id);
  assert.deepEqual((await ask(broker, 'consent', 'pending')).pending, []);
});

test('trusting: every program of this user gets a token without a question', async (t) => {
  const { broker } = await world(t, { mode: 'trusting' });
  const client = await broker.client();
  await signIn(client);
  await client.call('token.get', { provider: 'demo' });
  assert.equal((await broker.run(['token', 'demo'])).status, 0);
});

test('locked: nobody gets a token who was not approved before, and nobody is asked', async (t) => {
  const { broker } = await world(t, { mode: 'locked' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  const failure = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(failure.code, -31005, failure.message);
  assert.equal(prompter.events.filter((one) => one.topic === 'consent.requested').length, 0);
  assert.equal((await broker.run(['token', 'demo'])).status, 5);
});

for (const mode of ['ask', 'locked']) {
  test(`${mode}: a program that the configuration approves gets a token, another does not`, async (t) => {
    const { broker } = await world(t, { mode,
      more: { callers: [{ match: { exe: commandProgram }, allow: ['demo'] }] } });
    const client = await broker.client();
    await signInByCommand(broker);
    const command = await broker.run(['token', 'demo']);
    assert.equal(command.status, 0, command.stderr);
    assert.equal((await client.callFails('token.get', { provider: 'demo' })).code, -31005);
  });
}

test('every release has an audit row with the caller, no token, and the chain is intact', async (t) => {
  const { broker } = await world(t, { mode: 'trusting' });
  const client = await broker.client();
  await signIn(client);
  for (let i = 0; i < 3; i += 1)
    await client.call('token.get', { provider: 'demo' });
  const { rows } = await client.call('audit.query', { limit: 100 });
  const mine = rows.filter((row) => row.pid === process.pid && row.provider === 'demo');
  assert.ok(mine.length >= 3, JSON.stringify(rows));
  const token = await client.call('token.get', { provider: 'demo' });
  assert.ok(!JSON.stringify(rows).includes(token.access_token));
  assert.equal((await client.call('audit.verify')).intact, true);
});

test('T-07: a thousand asks are one question; whoever finds no room is told at once', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  const clients = await Promise.all(Array.from({ length: 20 }, () => broker.client()));
  const started = Date.now();
  const outcomes = Array.from({ length: 1000 }, (_, i) =>
    clients[i % clients.length].call('token.get', { provider: 'demo' }).then(() => 'token', (error) => error));
  const settled = [];
  for (const outcome of outcomes)
    outcome.then((one) => settled.push(one));
  await until('the refusals', () => settled.length >= 1000 - 32);
  assert.ok(Date.now() - started < 30000);
  for (const refused of settled) {
    assert.equal(refused.errorName, 'rate_limited', refused.message);
    assert.ok(refused.data.retry_after_seconds >= 1);
  }
  assert.equal(prompter.events.filter((one) => one.topic === 'consent.requested').length, 1);
  await prompter.answer('deny');
  const all = await Promise.all(outcomes);
  assert.equal(all.filter((one) => one === 'token').length, 0);
  assert.equal(all.filter((one) => one.errorName === 'consent_denied').length > 0, true);
  assert.equal(prompter.events.filter((one) => one.topic === 'consent.requested').length, 1);
});

test('T-07: after three times No the program is not asked about, and the audit log says so', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  for (let i = 0; i < 3; i += 1) {
    const waiting = client.callFails('token.get', { provider: 'demo' });
    await prompter.answer('deny');
    assert.equal((await waiting).errorName, 'consent_denied');
  }
  const quiet = await client.callFails('token.get', { provider: 'demo' });
  assert.equal(quiet.errorName, 'consent_denied', quiet.message);
  assert.ok(quiet.data.retry_after_seconds > 500, JSON.stringify(quiet.data));
  assert.equal(prompter.events.filter((one) => one.topic === 'consent.requested').length, 3);
  const { rows } = await ask(broker, 'audit', 'list');
  assert.equal(rows.filter((row) => row.kind === 'consent.quarantined').length, 1, JSON.stringify(rows));
});

// A program of its own, in a file that can be changed.
function writeAsker(path, remark) {
  writeFileSync(path, `// ${remark}
import { connect } from 'node:net';
const socket = connect(process.argv[2]);
socket.write(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, client: { name: 'asker', version: '1' } } }) + '\\n');
socket.write(JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'token.get', params: { provider: 'demo' } }) + '\\n');
let text = '';
socket.on('data', (chunk) => {
  text += chunk;
  for (const line of text.split('\\n').slice(0, -1)) {
    const message = JSON.parse(line);
    if (message.id === 2) {
      console.log(message.result ? 'token' : message.error.data.name);
      process.exit(0);
    }
  }
});
`);
}

test('R3: a script may be allowed for its session; a changed one is asked about anew, and the question says what changed',
  async (t) => {
    const { broker } = await world(t, { mode: 'ask' });
    await signInByCommand(broker);
    const prompter = await Prompter.open(t, broker);
    const script = join(broker.home, 'asker.mjs');
    const start = () => {
      const asker = new Child(process.execPath, [script, broker.socket], { env: broker.environment });
      t.after(() => asker.kill('SIGKILL'));
      return asker;
    };
    writeAsker(script, 'first');
    const first = start();
    const asked = await prompter.question();
    assert.equal(asked.class, 'D', JSON.stringify(asked));
    assert.deepEqual(asked.choices, ['allow-once', 'allow-session', 'deny']);
    assert.deepEqual(asked.changed, []);
    const refused = await broker.run(['consent', 'answer', asked.consent_id, 'allow']);
    assert.notEqual(refused.status, 0, 'longer than a script may be allowed');
    await prompter.answer('allow-session');
    await first.ended;
    assert.match(first.stdout, /^token/);
    await until('the end of the session', async () => (await ask(broker, 'consent', 'list')).consents.length === 0);

    writeAsker(script, 'second');
    const second = start();
    const again = await prompter.question();
    assert.deepEqual(again.changed.map((one) => one.what), ['script_sha256'], JSON.stringify(again.changed));
    assert.notEqual(again.changed[0].before, again.changed[0].now);
    await prompter.answer('deny');
    await second.ended;
    assert.match(second.stdout, /^consent_denied/);
    const { rows } = await ask(broker, 'audit', 'list');
    assert.ok(rows.some((row) => row.kind === 'consent.ended'), JSON.stringify(rows));
  });

test('a revoked consent ends within a second, also for a connection that has its answer prepared', async (t) => {
  const { broker } = await world(t, { mode: 'ask' });
  const client = await broker.client();
  await signInByCommand(broker);
  const prompter = await Prompter.open(t, broker);
  const waiting = client.call('token.get', { provider: 'demo' });
  await prompter.answer('allow-session');
  await waiting;
  for (let i = 0; i < 50; i += 1)
    await client.call('token.get', { provider: 'demo' });
  const { consents } = await ask(broker, 'consent', 'list');
  assert.equal(consents.length, 1);
  assert.ok(consents[0].uses >= 50, JSON.stringify(consents));
  await ask(broker, 'consent', 'revoke', consents[0].consent_id);
  const denied = client.callFails('token.get', { provider: 'demo' });
  await prompter.answer('deny');
  assert.equal((await denied).errorName, 'consent_denied');
});
