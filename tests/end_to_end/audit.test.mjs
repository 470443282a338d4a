// The audit log from outside: what is in it, who changed it, what happens without room, alerts and metrics.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { commandProgram } from './support/broker.mjs';
import { Child, run } from './support/children.mjs';
import { signIn, world } from './support/journey.mjs';
import { ask, signInByCommand } from './support/operator.mjs';
import { until } from './support/wait.mjs';

// On the disk, because the log of a store in memory stays there; the seal lies in the store file.
async function auditWorld(t, options = {}) {
  const made = await world(t, { more: { store: { backend: 'file', key: 'key_file', key_file: '../store.key' } },
    start: false, ...options });
  writeFileSync(join(made.broker.home, 'store.key'), randomBytes(32), { mode: 0o600 });
  await made.broker.start();
  const client = await made.broker.client();
  await signIn(client);
  return { ...made, client, state: join(made.broker.home, 'state') };
}

async function verify(broker) {
  const { status, stdout, stderr } = await broker.run(['audit', 'verify', '--json']);
  assert.ok(status === 0 || status === 1, stderr);
  const verdict = JSON.parse(stdout);
  assert.equal(status, verdict.intact ? 0 : 1);
  return verdict;
}

const segments = (state) => readdirSync(join(state, 'audit')).filter((name) => name.endsWith('.jsonl')).sort()
  .map((name) => join(state, 'audit', name));
const newestSegment = (state) => segments(state).at(-1);
// Beyond the row `after`, which is there already.
const imported = (broker, after = 0) => until('the rows are in SQLite', async () => {
  const verdict = await verify(broker);
  return verdict.sealed_by === 'store' && verdict.sealed_through > after ? verdict : undefined;
});

test('A7: export has the fields of log collectors, for every row, the oldest first', async (t) => {
  const { broker, client } = await auditWorld(t);
  await client.call('token.get', { provider: 'demo', tool: 'files.read' });
  await client.callFails('token.get', { provider: 'demo', scopes: ['nobody-granted-this'] });
  const { status, stdout, stderr } = await broker.run(['audit', 'export', '--format', 'jsonl']);
  assert.equal(status, 0, stderr);
  const rows = stdout.trim().split('\n').map((line) => JSON.parse(line));
  const fields = ['timestamp', 'event_type', 'caller', 'client_id', 'provider', 'account', 'tool', 'action', 'result',
    'reason', 'latency', 'sequence', 'pid', 'session_id', 'scopes', 'token_fingerprint', 'caller_class', 'hash'];
  for (const row of rows)
    assert.deepEqual(Object.keys(row).sort(), [...fields].sort());
  assert.deepEqual(rows.map((row) => row.sequence), rows.map((row, index) => index + 1));
  const released = rows.find((row) => row.event_type === 'token.released');
  assert.equal(released.result, 'success');
  assert.equal(released.action, 'token.get');
  assert.equal(released.tool, 'files.read');
  assert.equal(released.provider, 'demo');
  assert.ok(released.latency > 0 && released.latency < 60, released.latency);
  assert.match(released.token_fingerprint, /^[0-9a-f]{32}$/);
  const denied = rows.find((row) => row.event_type === 'token.denied');
  assert.equal(denied.result, 'denied');
  assert.match(denied.reason, /insufficient_scope/);
  const filtered = await broker.run(['audit', 'export', '--kind', 'token', '--since', '1h']);
  assert.deepEqual(filtered.stdout.trim().split('\n').map((line) => JSON.parse(line).event_type),
    rows.map((row) => row.event_type).filter((kind) => kind.startsWith('token.')));
  const none = await broker.run(['audit', 'export', '--caller', 'nobody']);
  assert.equal(none.status, 0);
  assert.equal(none.stdout, '');
});

test('A7: a summary counts what the rows say, by day, program and provider', async (t) => {
  const { broker, client } = await auditWorld(t);
  for (let i = 0; i < 4; ++i)
    await client.call('token.get', { provider: 'demo' });
  await client.callFails('token.get', { provider: 'demo', scopes: ['nobody-granted-this'] });
  const counted = await client.call('audit.summary', { utc_offset_minutes: 0 });
  const { rows } = await client.call('audit.query', { limit: 1000 });
  const ofKind = (kind) => rows.filter((row) => row.kind === kind).length;
  assert.equal(counted.total.released, 4);
  assert.equal(counted.total.released, ofKind('token.released'));
  assert.equal(counted.total.denied, ofKind('token.denied'));
  assert.equal(counted.complete, true);
  const sum = (list) => list.reduce((all, { released }) => all + released, 0);
  for (const list of [counted.days, counted.programs, counted.providers, counted.kinds])
    assert.equal(sum(list), 4);
  assert.equal(counted.providers[0].provider, 'demo');
  assert.deepEqual(counted.days.map(({ day }) => day), [...new Set(rows.map(({ at }) => at.slice(0, 10)))].sort());
  const none = await client.call('audit.summary', { provider: 'elsewhere' });
  assert.equal(none.total.released, 0);
  for (const params of [{ utc_offset_minutes: 841 }, { most: 0 }, { since: 'yesterday' }, { by: 'day' }])
    assert.equal((await client.callFails('audit.summary', params)).code, -32602);
  const { status, stdout } = await broker.run(['audit', 'summary', '--by', 'provider']);
  assert.equal(status, 0);
  assert.match(stdout, /demo +4 +\d+ +\d+ +#+/);
});

test('A7: follow shows what comes, and ends with its reader or with Ctrl-C', async (t) => {
  const { broker, client } = await auditWorld(t);
  const follower = new Child(commandProgram, ['audit', 'list', '--follow', '--kind', 'token', '--json'],
    { env: broker.environment });
  t.after(() => follower.kill('SIGKILL'));
  for (let i = 0; i < 3; ++i) // the second and third are warm: their rows come all the same
    await client.call('token.get', { provider: 'demo' });
  await until('three rows', () => follower.stdout.split('\n').length > 3);
  follower.process.kill('SIGINT');
  assert.equal((await follower.ended).status, 0, follower.stderr);
  const sequences = follower.stdout.trim().split('\n').map((line) => JSON.parse(line).seq);
  assert.deepEqual(sequences, [...new Set(sequences)].sort((a, b) => a - b), 'each once, in order');
  const closed = await run('sh', ['-c', `"${commandProgram}" audit list --follow | head -n 1`],
    { env: broker.environment });
  assert.equal(closed.status, 0, closed.stderr);
});

test('T-50: an edited byte, a deleted row and a cut end are named', async (t) => {
  const { broker, client, state } = await auditWorld(t);
  for (let i = 0; i < 5; ++i)
    await client.call('token.get', { provider: 'demo' });
  assert.equal((await verify(broker)).intact, true);
  const file = newestSegment(state);
  const sound = readFileSync(file, 'utf8');
  const lines = sound.split('\n');
  const third = JSON.parse(lines[2]).seq;
  const check = async (content, what, seq) => {
    writeFileSync(file, content);
    const verdict = await verify(broker);
    assert.equal(verdict.intact, false, what);
    assert.equal(verdict.first_bad, seq, what);
    const { status, stdout } = await broker.run(['audit', 'verify']);
    assert.equal(status, 1);
    assert.match(stdout, new RegExp(`row ${seq}\\b`));
  };
  await check(sound.replace(lines[2], lines[2].replace('"kind":"', '"kind":"x')), 'an edited byte', third);
  await check(sound.replace(`${lines[2]}\n`, ''), 'a deleted row', third);
  await check(lines.slice(0, 2).join('\n') + '\n', 'a cut end', third);
  const { alerts } = await client.call('audit.alerts');
  assert.deepEqual(alerts.map((alert) => alert.name), ['audit_tampered'], 'once, however often it is looked at');
});

test('T-50: an older copy of the whole log is noticed, the store remembers better', async (t) => {
  const { broker, client, state } = await auditWorld(t);
  const early = await imported(broker);
  await broker.stop(); // the store's memory of the log is written at the end
  const copy = join(broker.home, 'copy');
  const files = ['audit.sqlite', 'audit.sqlite-wal', 'audit.sqlite-shm', 'audit'];
  const move = (from, to) => {
    for (const name of files) {
      rmSync(join(to, name), { recursive: true, force: true });
      cpSync(join(from, name), join(to, name), { recursive: true, force: true, filter: () => true });
    }
  };
  const present = files.filter((name) => { try { return statSync(join(state, name)); } catch { return false; } });
  files.splice(0, files.length, ...present);
  move(state, copy);
  await broker.start();
  const again = await broker.client();
  await again.call('token.get', { provider: 'demo' });
  const before = await imported(broker, early.sealed_through);
  assert.equal(before.intact, true, JSON.stringify(before));
  await broker.stop();
  for (const name of ['audit.sqlite-wal', 'audit.sqlite-shm'])
    rmSync(join(state, name), { force: true });
  move(copy, state);
  await broker.start();
  const verdict = await until('the check with the seal', async () => {
    const found = await verify(broker);
    return found.intact ? undefined : found;
  });
  assert.ok(verdict.findings.some((finding) => ['rolled_back', 'seal'].includes(finding.what)),
    JSON.stringify(verdict));
  assert.ok(client !== again);
});

test('T-50: a damaged audit.sqlite is set aside, tokens go on, and it is said', async (t) => {
  const { broker, state } = await auditWorld(t);
  await imported(broker);
  await broker.stop();
  for (const name of ['audit.sqlite-wal', 'audit.sqlite-shm'])
    rmSync(join(state, name), { force: true });
  writeFileSync(join(state, 'audit.sqlite'), randomBytes(30000));
  await broker.start();
  const client = await broker.client();
  assert.ok((await client.call('token.get', { provider: 'demo' })).access_token);
  assert.ok(readdirSync(state).some((name) => name.startsWith('audit.sqlite.damaged-')));
  const verdict = await verify(broker);
  assert.ok(verdict.findings.some((finding) => finding.what === 'set_aside'), JSON.stringify(verdict));
  assert.match((await broker.run(['audit', 'list', '--kind', 'audit.set_aside'])).stdout, /audit\.set_aside/);
});

test('T-50: without room for the row no token leaves, and with room it does again', async (t) => {
  const { broker, client, state } = await auditWorld(t);
  await client.call('token.get', { provider: 'demo' });
  const limit = (bytes) => run('prlimit', ['--pid', String(broker.daemon.pid), `--fsize=${bytes}`]);
  const set = await limit(`${statSync(newestSegment(state)).size}:unlimited`);
  assert.equal(set.status, 0, set.stderr);
  const events = await broker.client();
  await events.call('events.subscribe', { topics: ['alert'] });
  const refused = await broker.run(['token', 'demo']);
  assert.notEqual(refused.status, 0);
  assert.equal(refused.stdout, '', 'no token');
  const health = JSON.parse((await broker.run(['health'])).stdout);
  assert.ok(health.alerts.some((alert) => alert.name === 'audit_unwritable'), JSON.stringify(health.alerts));
  assert.equal((await limit('unlimited:unlimited')).status, 0);
  const given = await broker.run(['token', 'demo']);
  assert.equal(given.status, 0, given.stderr);
  const verdict = await verify(broker);
  assert.equal(verdict.intact, true, JSON.stringify(verdict));
});

// The rules of the text exposition format 0.0.4, as a collector would apply them.
function parseExposition(text) {
  const types = new Map();
  const samples = new Map();
  assert.ok(text.endsWith('\n'));
  for (const line of text.trimEnd().split('\n')) {
    const meta = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (meta) {
      if (meta[1] === 'TYPE') {
        assert.ok(!types.has(meta[2]), `${meta[2]} twice`);
        assert.ok(['counter', 'gauge', 'histogram'].includes(meta[3]), line);
        types.set(meta[2], meta[3]);
      }
      continue;
    }
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (\S+)$/
      .exec(line);
    assert.ok(sample, `no sample: ${line}`);
    const family = sample[1].replace(/_(bucket|sum|count)$/, (end) =>
      types.get(sample[1].slice(0, -end.length)) === 'histogram' ? '' : end);
    assert.ok(types.has(family), `${sample[1]} before its type`);
    if (types.get(family) === 'counter')
      assert.match(family, /_total$/, 'counters end in _total');
    const key = sample[1] + (sample[2] ?? '');
    assert.ok(!samples.has(key), `${key} twice`);
    samples.set(key, sample[3] === '+Inf' ? Infinity : Number(sample[3]));
    assert.ok(!Number.isNaN(samples.get(key)), line);
  }
  for (const [name, type] of types) {
    if (type !== 'histogram')
      continue;
    const counts = [...samples].filter(([key]) => key.startsWith(`${name}_bucket`)).map(([, value]) => value);
    assert.deepEqual(counts, [...counts].sort((a, b) => a - b), `${name} is cumulative`);
    assert.equal(counts.at(-1), samples.get(`${name}_count`));
  }
  return samples;
}

test('O2: the metrics are valid, count, and name no program and no account', async (t) => {
  const { broker, client } = await auditWorld(t);
  const read = async () => {
    const { status, stdout, stderr } = await broker.run(['metrics']);
    assert.equal(status, 0, stderr);
    return { text: stdout, samples: parseExposition(stdout) };
  };
  const find = (samples, name, ...labels) => [...samples].find(([key]) => key.startsWith(name) &&
    labels.every((label) => key.includes(label)))?.[1] ?? 0;
  const before = (await read()).samples;
  for (let i = 0; i < 5; ++i)
    await client.call('token.get', { provider: 'demo' });
  await client.callFails('token.get', { provider: 'nobody-has-this-provider' });
  const { text, samples } = await read();
  const released = (page) => find(page, 'keybearer_token_requests_total', 'result="released"', 'provider="demo"');
  assert.equal(released(samples) - released(before), 5);
  assert.equal(find(samples, 'keybearer_token_requests_total', 'result="not_found"', 'provider="unknown"'), 1);
  assert.equal(find(samples, 'keybearer_sessions', 'state="active"'), 1);
  assert.equal(find(samples, 'keybearer_store_state', 'state="ready"'), 1);
  assert.ok(find(samples, 'keybearer_audit_rows_total') > find(before, 'keybearer_audit_rows_total'));
  assert.ok(find(samples, 'process_resident_memory_bytes') > 1e6);
  const stranger = await broker.client({ hello: false });
  await stranger.callFails('hello', { protocol: 1, client: { name: 'x', version: '1' }, client_key: 'kbk_wrong' });
  stranger.close();
  const after = (await read()).samples;
  assert.equal(find(after, 'keybearer_client_keys_total', 'result="malformed"'), 1);
  for (const name of ['keybearer_capabilities', 'keybearer_rate_limited_total', 'keybearer_rule_lookups_total',
    'keybearer_consent_prompts_open', 'keybearer_audit_left_out_total'])
    assert.ok([...after.keys()].some((key) => key === name), `${name} is missing`);
  for (const word of ['nobody-has-this-provider', 'ana', broker.home, process.execPath])
    assert.ok(!text.includes(word), `${word} is a label`);
  const json = JSON.parse((await broker.run(['metrics', '--json'])).stdout);
  const family = json.families.find((one) => one.name === 'keybearer_token_requests_total');
  assert.equal(family.type, 'counter');
  assert.ok(family.metrics.some((metric) => metric.labels.provider === 'demo' && metric.value >= 5));
  const health = await client.call('health.get');
  assert.ok(health.counters.tokens_released >= 5);
});

test('A7: five refusals make one alert: in the list, in the log, in the counters and in health', async (t) => {
  const { broker } = await world(t, { mode: 'locked' });
  await signInByCommand(broker);
  const client = await broker.client();
  for (let i = 0; i < 8; ++i)
    await client.callFails('token.get', { provider: 'demo' });
  const { alerts } = await ask(broker, 'audit', 'alerts');
  assert.deepEqual(alerts.map((alert) => alert.name), ['repeated_denials']);
  assert.ok(alerts[0].action && alerts[0].at && alerts[0].caller);
  const { rows } = await ask(broker, 'audit', 'list', '--kind', 'alert.raised');
  assert.equal(rows.length, 1);
  assert.equal(rows[0].why, 'repeated_denials');
  const { stdout } = await broker.run(['metrics']);
  assert.match(stdout, /^keybearer_alerts_total\{name="repeated_denials"\} 1$/m);
  assert.equal((await ask(broker, 'health')).alerts.length, 1);
  assert.match((await broker.run(['status'])).stdout, /was refused 5 times/);
});
