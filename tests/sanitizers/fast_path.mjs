// The fast path under valgrind: a real broker that signs a person in, gives tokens warm and anew, and ends. Not one error of
// memory may be found in it. KEYBEARER_BIN_DIR=build-ci/bin node tests/sanitizers/fast_path.mjs [REQUESTS]

import assert from 'node:assert/strict';
import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Broker, daemonProgram } from '../end_to_end/support/broker.mjs';
import { signIn } from '../end_to_end/support/journey.mjs';
import { until } from '../end_to_end/support/wait.mjs';
import { startProvider } from '../support/provider.mjs';

const requests = Number(process.argv[2] ?? 500);
const provider = await startProvider({ accessTokenSeconds: 24 * 3600 });
const broker = Broker.forProvider(provider, { more: { sandbox: false } }); // valgrind knows no seccomp(2)
try {
  const program = join(broker.home, 'keybearerd-under-valgrind');
  const log = join(broker.home, 'valgrind.%p.log');
  writeFileSync(program, `#!/bin/sh\nexec valgrind --quiet --vgdb=no --error-exitcode=99 --trace-children=no '--log-file=${log}' '${daemonProgram}' "$@"\n`);
  chmodSync(program, 0o700);
  await broker.start({ program });
  // Who calls is looked at before anything is said, and to digest the program of this test takes valgrind longer than the
  // broker waits for anybody.
  const client = await until('the broker knows this program', () => broker.client().catch(() => undefined),
    { deadlineMilliseconds: 240000, pauseMilliseconds: 1000 });
  await signIn(client);
  for (let i = 0; i < requests; i += 1)
    assert.equal((await client.call('token.get', { provider: 'demo' })).token_type, 'Bearer');
  const crowd = await Promise.all(Array.from({ length: 16 }, () => broker.client()));
  await Promise.all(crowd.map((one) => one.call('token.get', { provider: 'demo', force_refresh: true }).catch(() => one.call('token.get', { provider: 'demo' }))));
  await client.call('session.list', {});
  const end = await broker.daemon.stop(120000);
  const reports = readdirSync(broker.home).filter((name) => /^valgrind\..*\.log$/.test(name));
  assert.ok(reports.length > 0, 'valgrind has written no report: did it run?');
  for (const name of reports)
    assert.equal(readFileSync(join(broker.home, name), 'utf8'), '', 'valgrind has found something');
  assert.equal(end.status, 0);
  console.log(`${requests} warm tokens, ${crowd.length} callers: no error`);
} finally {
  await broker.remove();
  await provider.stop();
}
process.exit(0);
