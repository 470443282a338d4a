// keybearer report: what helps is in it, and what is nobody else's business is not.

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { startProvider } from '../support/provider.mjs';
import { Broker } from './support/broker.mjs';
import { signInByCommand } from './support/operator.mjs';

const canaries = {
  clientSecret: 'canary-client-secret-4711-abcdefghijk',
  apiKey: 'sk-canary0123456789abcdefghij',
  apiKeyName: 'canarykeyname',
  clientName: 'canaryclient',
  privateHost: 'login.canary-corp.example',
  providerName: 'canarycorp',
  serviceName: 'canaryservice',
  loggedToken: 'gho_canary16C7e42F292c6912E7710c838347Ae178B4a',
  loggedMail: 'canary.person@canary-mail.example',
};

async function world(t) {
  const provider = await startProvider();
  t.after(() => provider.stop());
  const broker = Broker.forProvider(provider);
  t.after(() => broker.remove());
  return { provider, broker };
}

async function planted(t) {
  const { provider, broker } = await world(t);
  broker.writeConfigText(`# ${canaries.loggedMail}
store: {backend: memory}
access:
  mode: trusting
providers:
  demo:
    issuer: ${provider.issuer}
    client_id: ${provider.clientId}
    scopes: [openid, email, offline_access]
  ${canaries.providerName}:
    issuer: https://${canaries.privateHost}
    client_id: canary-client-id-0815
    client_secret: ${canaries.clientSecret}
services:
  ${canaries.serviceName}:
    url: https://mcp.${canaries.privateHost}/mcp
`);
  await broker.start();
  const session = await signInByCommand(broker);
  const token = (await broker.run(['token', 'demo'])).stdout.trim();
  const added = await broker.run(['apikey', 'add', canaries.apiKeyName, '--value-file', '-'], { input: canaries.apiKey });
  assert.equal(added.status, 0, added.stderr);
  const client = await broker.run(['client', 'add', canaries.clientName, '--allow', 'demo']);
  assert.equal(client.status, 0, client.stderr);
  mkdirSync(join(broker.home, 'state'), { recursive: true, mode: 0o700 });
  appendFileSync(join(broker.home, 'state', 'broker.log'),
    `refresh at https://${canaries.privateHost}/token?code=${canaries.loggedToken} for ${canaries.loggedMail} of ${canaries.providerName}\n`);
  const secrets = [token, canaries.clientSecret, canaries.apiKey, canaries.loggedToken, client.stdout.trim().split(/\s+/).at(-1)];
  const names = [canaries.apiKeyName, canaries.clientName, canaries.privateHost, 'canary-corp', canaries.providerName,
    canaries.serviceName, canaries.loggedMail, 'canary-mail', session.account.label, session.account.subject,
    session.session_id];
  return { broker, secrets, names: names.filter((name) => name?.length > 2) };
}

const holds = (text, word) => text.toLowerCase().includes(word.toLowerCase());

test('O2: a report has no secret and no name in it', async (t) => {
  const { broker, secrets, names } = await planted(t);
  const file = join(broker.home, 'report.json');
  const made = await broker.run(['report', '--output', file]);
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stderr, /findings: \d+ entries/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const text = readFileSync(file, 'utf8');
  for (const word of [...secrets, ...names])
    assert.ok(!holds(text, word) && !holds(made.stderr, word), `${word} is in the report`);
  const report = JSON.parse(text);
  assert.equal(report.report, 1);
  assert.ok(report.findings.some(({ name }) => name === 'access_trusting'));
  assert.ok(report.audit.some(({ kind, event_type: type }) => /token/.test(kind ?? type)), 'rows of the audit log');
  assert.ok(report.config.includes('  mode: trusting'), report.config.join('\n'));
  assert.ok(report.log.some((line) => line.includes('refresh at https://host-')), report.log.join('\n'));
  assert.equal(report.health.store.backend, 'memory');
  const programs = report.audit.map(({ caller }) => caller).filter(Boolean);
  assert.ok(programs.length > 1 && programs.every((one) => /^program-\d+$/.test(one)), programs.join());
});

test('O2: names stay in it for whoever wants that, secrets do not', async (t) => {
  const { broker, secrets, names } = await planted(t);
  const made = await broker.run(['report', '--include-names']);
  assert.equal(made.status, 0, made.stderr);
  for (const word of secrets)
    assert.ok(!holds(made.stdout, word), `${word} is in the report`);
  assert.ok(holds(made.stdout, names[0]) || holds(made.stdout, canaries.providerName));
});

test('a report is not written over a file that is there', async (t) => {
  const { broker } = await world(t);
  const file = join(broker.home, 'report.json');
  writeFileSync(file, 'mine');
  const refused = await broker.run(['report', '-o', file]);
  assert.equal(refused.status, 2, refused.stderr);
  assert.equal(readFileSync(file, 'utf8'), 'mine');
});

test('a report is made without a broker, too', async (t) => {
  const { broker } = await world(t);
  broker.writeConfigText('store: {backend: cellar}\n');
  const made = await broker.run(['--no-spawn', 'report']);
  assert.equal(made.status, 0, made.stderr);
  const report = JSON.parse(made.stdout);
  assert.ok(report.findings.some(({ name, level }) => name === 'config' && level === 'error'));
  assert.ok(!existsSync(broker.socket));
});
