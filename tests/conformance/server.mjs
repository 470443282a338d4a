#!/usr/bin/env node
// The official suite as a client of the gateway:
//   server.mjs GROUP [--direct] [--keep DIR]
// GROUP: server-2025-11-25, server-2026-07-28: the same reference server is asked directly and through the gateway, and
// check by check the outcome must be the same; every scenario that the revision requires must pass.
// authorization: the suite's tests of an authorization server against the gateway's own.
// --direct: only the reference server, to prove the harness. Ends with 0 only if all is well.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ReferenceServer } from './support/reference_server.mjs';
import { Shim } from './support/shim.mjs';

const suite = fileURLToPath(new URL('node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url));
const scenarioMilliseconds = 60000;
const groups = {
  'server-2025-11-25': { revision: '2025-11-25', era: 'legacy', atLeast: 80 },
  'server-2026-07-28': { revision: '2026-07-28', era: 'modern', atLeast: 130 },
  authorization: {},
};

const { values: options, positionals: [groupName] } = parseArgs({ allowPositionals: true, options: {
  direct: { type: 'boolean', default: false }, keep: { type: 'string' } } });
const group = groups[groupName];
if (group === undefined) {
  process.stderr.write(`usage: server.mjs GROUP [--direct] [--keep DIR]\nGROUP: ${Object.keys(groups).join(', ')}\n`);
  process.exit(2);
}

const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'kb-conformance-'));
const closers = [];
const lifetime = { after: (close) => closers.unshift(close) };

function runSuite(parameters, { onOutput = () => {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [suite, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk) => { said += chunk; onOutput(said, child); };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (status) => resolve({ status, said }));
  });
}

const checkFiles = (place) => readdirSync(place, { recursive: true }).filter((path) => path.endsWith('checks.json'));

// What became of every check: scenario -> sorted ["id STATUS", ...], without what only tells of the course.
function outcomesIn(place) {
  const outcomes = new Map();
  for (const path of checkFiles(place)) {
    const [, scenario] = /^server-(.+)-\d{4}-\d{2}-\d{2}T/.exec(path.split('/').at(-2));
    outcomes.set(scenario, JSON.parse(readFileSync(join(place, path), 'utf8')).filter((check) => check.status !== 'INFO')
      .map((check) => ({ text: `${check.id} ${check.name} ${check.status}`, why: check.errorMessage }))
      .sort((a, b) => (a.text < b.text ? -1 : 1)));
  }
  return outcomes;
}

async function ask(url, name, parameters) {
  const place = join(folder, name);
  const { status, said } = await runSuite(['server', '--url', url, '--timeout', String(scenarioMilliseconds), '-o', place, ...parameters]);
  return { status, said, outcomes: outcomesIn(place) };
}

const same = (one, other) => JSON.stringify(one?.map(({ text }) => text)) === JSON.stringify(other?.map(({ text }) => text));

function tellDifference(scenario, direct = [], through = []) {
  process.stdout.write(`FAIL ${scenario}\n`);
  for (const [where, list, others] of [['directly', direct, through], ['through the gateway', through, direct]]) {
    for (const { text, why } of list.filter((one) => !others.some((other) => other.text === one.text)))
      process.stdout.write(`       ${where}: ${text}${why ? `: ${why}` : ''}\n`);
  }
}

// Some scenarios look for half a second only: what differs once is asked once more, on both ways.
async function differsAgain(scenario, urls) {
  const outcomes = [];
  for (const [name, url] of Object.entries(urls))
    outcomes.push((await ask(url, `${name}-again-${scenario}`, ['--scenario', scenario, '--spec-version', group.revision,
      '--force'])).outcomes.get(scenario));
  return same(...outcomes) ? undefined : outcomes;
}

async function startGateway(reference, shim) {
  const { GatewayWorld } = await import('../end_to_end/support/gateway_world.mjs');
  const world = await GatewayWorld.start(lifetime, { services: { reference: { url: reference.url } },
    gateway: { allowed_origins: [shim.origin] } });
  shim.lead(world.base, await world.key('suite', 'reference'));
  return world;
}

async function compare() {
  const reference = await ReferenceServer.start(group.era);
  lifetime.after(() => reference.stop());
  const shim = await Shim.start();
  lifetime.after(() => shim.stop());
  const requirements = ['--requirements', group.revision];
  const direct = await ask(reference.url, 'direct', requirements);
  const count = [...direct.outcomes.values()].flat().filter(({ text }) => text.endsWith('SUCCESS')).length;
  process.stdout.write(`directly: ${count} checks passed in ${direct.outcomes.size} scenarios, exit status ${direct.status}\n`);
  if (direct.status !== 0 || count < group.atLeast) {
    process.stdout.write(direct.said);
    return false;
  }
  if (options.direct)
    return true;
  await startGateway(reference, shim);
  const before = reference.requests;
  const throughUrl = `${shim.origin}/reference/mcp`;
  const through = await ask(throughUrl, 'through', requirements);
  process.stdout.write(`through the gateway: ${through.outcomes.size} scenarios, exit status ${through.status}, `
    + `${reference.requests - before} requests arrived\n`);
  let good = through.status === 0 && reference.requests > before;
  for (const scenario of new Set([...direct.outcomes.keys(), ...through.outcomes.keys()])) {
    if (same(direct.outcomes.get(scenario), through.outcomes.get(scenario)))
      continue;
    const again = await differsAgain(scenario, { direct: reference.url, through: throughUrl });
    if (again !== undefined) {
      tellDifference(scenario, ...again);
      good = false;
    }
  }
  return good;
}

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

// The suite prints the address that a person would open, and waits for the browser to come back.
async function authorization() {
  const { GatewayWorld } = await import('../end_to_end/support/gateway_world.mjs');
  const reference = await ReferenceServer.start('legacy');
  lifetime.after(() => reference.stop());
  const world = await GatewayWorld.start(lifetime, { services: { reference: { url: reference.url } }, mode: 'ask',
    gateway: { client_id_metadata: true } }); // the suite wants it advertised
  await world.answering(lifetime);
  const port = await freePort();
  const issuer = `${world.base}/as/reference`;
  const metadata = await (await fetch(`${world.base}/.well-known/oauth-authorization-server/as/reference`)).json();
  const registered = await (await fetch(metadata.registration_endpoint, { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'conformance', redirect_uris: [`http://127.0.0.1:${port}/callback`],
      token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }) })).json();
  let visited;
  const onOutput = (said) => {
    const [address] = new RegExp(`${metadata.authorization_endpoint}\\?\\S+`).exec(said) ?? [];
    if (address !== undefined && visited === undefined)
      visited = world.visit(address).catch((error) => process.stdout.write(`browser: ${error.message}\n`));
  };
  const { status, said } = await runSuite(['authorization', '--url', issuer, '--client-id', registered.client_id, '--port', String(port),
    '--resource', world.url('reference'), '-o', join(folder, 'authorization')], { onOutput });
  await visited;
  const checks = checkFiles(join(folder, 'authorization')).flatMap((path) => JSON.parse(readFileSync(join(folder,
    'authorization', path), 'utf8')));
  const bad = checks.filter((check) => ['FAILURE', 'WARNING'].includes(check.status));
  const good = checks.filter((check) => check.status === 'SUCCESS');
  process.stdout.write(`authorization: ${good.length} checks passed, ${bad.length} failed, exit status ${status}\n`);
  for (const check of bad)
    process.stdout.write(`       ${check.status} ${check.id}: ${check.errorMessage ?? check.description}\n`);
  if (status !== 0 || bad.length > 0)
    process.stdout.write(said);
  return status === 0 && bad.length === 0 && good.length >= 3;
}

let good = false;
try {
  good = await (groupName === 'authorization' ? authorization() : compare());
} finally {
  for (const close of closers)
    await close();
  if (options.keep === undefined)
    rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${groupName}: ${good ? 'as it should be' : 'FAILED'}\n`);
process.exitCode = good ? 0 : 1;
