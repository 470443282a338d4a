#!/usr/bin/env node
// Runs a group of the official suite's client scenarios against this build, each in a process of its own:
//   run.mjs GROUP [--jobs N] [--only TEXT] [--keep DIR] [--reference]
// GROUP: auth-2025-11-25, auth-2026-07-28, backcompat, extensions, transport-2025-11-25, transport-2026-07-28
// Stricter than the suite's own summary: a warning, a driver that fails where it may not and a group with fewer
// scenarios than there should be are failures too. Ends with 0 only if all is well.

import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const suite = fileURLToPath(new URL('node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url));
const driver = fileURLToPath(new URL('driver.mjs', import.meta.url));
const baseline = fileURLToPath(new URL('expected-failures.yml', import.meta.url));
const scenarioMilliseconds = 60000; // the suite's 30 s are for a machine that does nothing else

const isAuth = (name) => name.startsWith('auth/');
const groups = {
  'auth-2025-11-25': { revision: '2025-11-25', atLeast: 14, takes: isAuth },
  'auth-2026-07-28': { revision: '2026-07-28', atLeast: 25, takes: isAuth },
  backcompat: { revision: '2025-03-26', atLeast: 2, takes: isAuth },
  extensions: { atLeast: 6, takes: isAuth },
  'transport-2025-11-25': { revision: '2025-11-25', atLeast: 5, takes: (name) => !isAuth(name) },
  'transport-2026-07-28': { revision: '2026-07-28', atLeast: 8, takes: (name) => !isAuth(name) },
};

const { values: options, positionals: [groupName] } = parseArgs({ allowPositionals: true, options: {
  jobs: { type: 'string', default: '3' }, only: { type: 'string', default: '' }, keep: { type: 'string' },
  reference: { type: 'boolean', default: false } } });
const group = groups[groupName];
if (group === undefined) {
  process.stderr.write(`usage: run.mjs GROUP [--jobs N] [--only TEXT] [--keep DIR] [--reference]\n`
    + `GROUP: ${Object.keys(groups).join(', ')}\n`);
  process.exit(2);
}
if (!options.reference && process.env.KEYBEARER_BIN_DIR === undefined) {
  process.stderr.write('run.mjs: KEYBEARER_BIN_DIR says where the programs are\n');
  process.exit(2);
}

function scenariosOf({ revision, atLeast, takes }) {
  const listed = execFileSync(process.execPath, [suite, 'list', '--client',
    ...(revision ? ['--spec-version', revision] : [])], { encoding: 'utf8' });
  const found = [...listed.matchAll(/^\s+- (\S+) \[([^\]]*)\]/gm)]
    .filter(([, , revisions]) => revision !== undefined || revisions === 'extension')
    .map(([, name]) => name).filter(takes);
  if (found.length < atLeast)
    throw new Error(`${found.length} scenarios in ${groupName}, there should be ${atLeast}`);
  return found.filter((name) => name.includes(options.only));
}

const known = new Set([...readFileSync(baseline, 'utf8').matchAll(/^\s+- (\S+)/gm)].map(([, entry]) => entry));

function runSuite(parameters) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [suite, 'client', '--command', `${process.execPath} --no-warnings ${driver}`,
      '--timeout', String(scenarioMilliseconds), ...parameters],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env,
      ...(options.reference && { KEYBEARER_CONFORMANCE_REFERENCE: '1' }) } });
    let said = '';
    child.stdout.on('data', (chunk) => { said += chunk; });
    child.stderr.on('data', (chunk) => { said += chunk; });
    child.on('close', (status) => resolve({ status, said }));
  });
}

async function runScenario(name, folder) {
  const started = Date.now();
  const place = join(folder, name.replaceAll('/', '-'));
  const { status, said } = await runSuite(['--scenario', name, '-o', place,
    ...(group.revision ? ['--spec-version', group.revision] : [])]);
  let checks = [];
  try {
    const [result] = readdirSync(place, { recursive: true }).filter((path) => path.endsWith('checks.json'));
    checks = JSON.parse(readFileSync(join(place, result), 'utf8'));
  } catch { /* the suite did not get that far; what it said tells why */ }
  const bad = checks.filter((check) => ['FAILURE', 'WARNING'].includes(check.status));
  const expected = bad.filter((check) => known.has(name) || known.has(`${name}:${check.id}`));
  const good = checks.filter((check) => check.status === 'SUCCESS').length;
  const passed = bad.length === expected.length && good > 0 && (status === 0 || expected.length > 0);
  const surprising = known.has(name) && bad.length === 0;
  return { name, passed: passed && !surprising, surprising, bad, good, status, said, seconds: (Date.now() - started) / 1000 };
}

function tell({ name, passed, surprising, bad, good, status, said, seconds }) {
  process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${name}: ${good} passed, ${bad.length} failed (${seconds.toFixed(1)} s)\n`);
  for (const check of bad)
    process.stdout.write(`       ${check.status} ${check.id}: ${check.errorMessage ?? check.description}\n`);
  if (surprising)
    process.stdout.write('       is listed in expected-failures.yml and does not fail\n');
  if (!passed)
    process.stdout.write(`${said.split('\n').slice(0, 400).map((line) => `       | ${line}`).join('\n')}\n       | exit status ${status}\n`);
}

const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'kb-conformance-'));
const waiting = scenariosOf(group);
const results = [];
const count = waiting.length;
const worker = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const result = await runScenario(name, folder);
    results.push(result);
    tell(result);
  }
};
await Promise.all(Array.from({ length: Number(options.jobs) }, worker));
if (options.keep === undefined)
  rmSync(folder, { recursive: true, force: true });
const failed = results.filter((result) => !result.passed);
process.stdout.write(`${groupName}: ${count - failed.length} of ${count} scenarios passed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
