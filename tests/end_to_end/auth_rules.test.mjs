// Which credential for which tool: rules of the configuration, asked over the socket and with the command line.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Broker, daemonProgram } from './support/broker.mjs';
import { run } from './support/children.mjs';

async function ruled(t, config, { keys = [], env } = {}) {
  const broker = new Broker({ env, config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...config } });
  t.after(() => broker.remove());
  await broker.start();
  for (const name of keys) {
    const added = await broker.run(['apikey', 'add', name, '--value-file', '-'], { input: `value-of-${name}\n` });
    assert.equal(added.status, 0, added.stderr);
  }
  return broker;
}

test('simple mode: the override of a service, else the default', async (t) => {
  const broker = await ruled(t, {
    auth: {
      mode: 'simple',
      default_auth: { type: 'oauth', provider: 'github', scopes: ['user:email'] },
      service_overrides: { admin_tools: { type: 'api_key', key_ref: 'admin_key' } },
    },
  }, { keys: ['admin_key'] });
  const client = await broker.client();
  const get = (params) => client.call('token.get', params);
  assert.equal((await get({ tool: 'admin_tools.delete' })).access_token, 'value-of-admin_key');
  assert.equal((await get({ tool: 'anything', service: 'admin_tools' })).access_token, 'value-of-admin_key');
  for (let i = 0; i < 3; i += 1)
    assert.equal((await get({ service: 'admin_tools' })).access_token, 'value-of-admin_key');
  const signIn = await client.callFails('token.get', { tool: 'read_file' });
  assert.equal(signIn.errorName, 'authorization_required');
  assert.equal(signIn.data.provider, 'github');
  assert.match(signIn.data.instructions, /keybearer login github --scope user:email/);
  const unknown = await client.callFails('token.get', { service: 'admin_tool' });
  assert.deepEqual([unknown.errorName, unknown.data.did_you_mean], ['not_found', 'admin_tools']);
  const other = await client.callFails('token.get', { provider: 'github', tool: 'admin_tools.delete' });
  assert.deepEqual([other.errorName, other.data.rule], ['policy_denied', 'auth.service_overrides.admin_tools']);

  const printed = await broker.run(['token', '--tool', 'admin_tools.delete']);
  assert.deepEqual([printed.status, printed.stdout], [0, 'value-of-admin_key\n'], printed.stderr);
  assert.equal((await broker.run(['token', 'admin_tools'])).stdout, 'value-of-admin_key\n');
  assert.equal((await broker.run(['token'])).status, 2);
  const rows = JSON.parse((await broker.run(['audit', 'list', '--json'])).stdout).rows;
  assert.ok(rows.some((row) => row.kind === 'policy.denied' && row.why === 'policy_denied'), JSON.stringify(rows));
});

test('auth explain says which rule wins, and why', async (t) => {
  const broker = await ruled(t, {
    services: { linear: { url: 'https://mcp.linear.app/mcp' } },
    auth: {
      default_auth: { provider: 'google' },
      rules: [
        { name: 'everything of GitHub', match: 'github.*', priority: 100, auth: { provider: 'github' } },
        { name: 'keys', match: '/^gh_[0-9]+$/', priority: 50, auth: { type: 'api_key', key_ref: 'nobody' } },
      ],
    },
  });
  const told = await broker.run(['auth', 'explain', 'github.create_issue']);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /^github\.create_issue: github\n/);
  assert.match(told.stdout, /capability github/);
  assert.match(told.stdout, /^> +pattern +github\.\*, priority 100 +github +config\.yaml:\d+$/m);
  assert.match(told.stdout, /^\* +default +everything +google/m);
  const key = JSON.parse((await broker.run(['auth', 'explain', 'gh_17', '--json'])).stdout);
  assert.deepEqual([key.rule.name, key.rule.auth.key_ref, key.mode], ['keys', 'nobody', 'rules']);
  assert.match(key.remark, /apikey add nobody/);
  const linear = await broker.run(['auth', 'explain', 'create', '--service', 'linear']);
  assert.match(linear.stdout, /not known yet/);
  assert.match(linear.stdout, /Add provider: to services\.linear/);
  assert.equal((await broker.run(['auth', 'explain', 'x', '--service', 'linea'])).status, 9);
  assert.equal((await broker.run(['auth', 'explain'])).status, 2);
  const program = await broker.client({ hello: false });
  await program.call('hello', { protocol: 1, client: { name: 'server', version: '1' }, role: 'agent' });
  const its = await program.call('auth.explain', { tool: 'gh_17' });
  assert.equal(its.rule.name, 'keys');
  assert.deepEqual(its.rules, [its.rule], 'others are not its business');
  await broker.stop();
  assert.match(broker.log, /There is no API key nobody yet/);
});

test('the environment alone is enough', async (t) => {
  const broker = await ruled(t, {}, { keys: ['k'], env: {
    KEYBEARER_AUTH_TOOLS: '{notes.read: {type: api_key, key_ref: k}}',
    KEYBEARER_AUTH_SERVER_LEVEL_PROVIDER: 'github',
  } });
  assert.equal((await broker.run(['token', '--tool', 'notes.read'])).stdout, 'value-of-k\n');
  const explained = JSON.parse((await broker.run(['auth', 'explain', 'notes.read', '--json'])).stdout);
  assert.equal(explained.rule.where, 'KEYBEARER_AUTH_TOOLS');
});

test('a reference to nothing ends the start with line and nearest name', async (t) => {
  const broker = new Broker();
  t.after(() => broker.remove());
  const started = async (text) => {
    broker.writeConfigText(text);
    const end = await run(daemonProgram, [], { env: broker.environment });
    assert.notEqual(end.status, 0);
    return end.stderr;
  };
  const store = 'store: {backend: memory}\n';
  assert.match(await started(`${store}auth:\n  default_auth: {provider: githb}\n`),
    /config\.yaml:3: auth\.default_auth\.provider: there is no provider githb; did you mean github\?/);
  assert.match(await started(`${store}auth:\n  rules:\n    - {match: '/(/', auth: {provider: github}}\n`),
    /config\.yaml:4: auth\.rules\[0\]\.match: is no regular expression/);
  assert.match(await started(`${store}services:\n  a: {url: 'http://example.com/mcp'}\n`), /config\.yaml:3: services\.a\.url/);
});
