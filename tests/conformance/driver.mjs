#!/usr/bin/env node
// What the conformance suite starts for every scenario: driver.mjs SERVER_URL. Makes a Keybearer of its own, starts
// `keybearer mcp SERVER_URL`, speaks MCP over standard input and output to it with an official SDK, does what the
// scenario wants done, and ends with 0 if all of it worked. Leaves no process behind.
//
// MCP_CONFORMANCE_{SCENARIO,PROTOCOL_VERSION,CONTEXT} come from the suite, KEYBEARER_BIN_DIR from whoever runs it.
// KEYBEARER_CONFORMANCE_REFERENCE=1: the SDK's own HTTP client in place of Keybearer, to prove the harness.

import { legacyClient, modernClient, stdioTransport } from './support/clients.mjs';
import { Profile } from './support/profile.mjs';
import { stepsOf } from './support/steps.mjs';

const url = process.argv[2];
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const era = process.env.MCP_CONFORMANCE_PROTOCOL_VERSION === '2026-07-28' ? 'modern' : 'legacy';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

async function throughKeybearer() {
  const profile = new Profile(scenario, url, context);
  const client = era === 'modern' ? await modernClient() : await legacyClient();
  const transport = await stdioTransport(era, { command: profile.command, args: ['mcp', url],
    env: profile.environment, stderr: 'pipe' });
  transport.stderr.on('data', (chunk) => process.stderr.write(chunk));
  try {
    await client.connect(transport);
    await stepsOf(scenario)(client, context);
  } catch (error) {
    process.stderr.write(`${profile.log()}\n`);
    throw error;
  } finally {
    await client.close();
    await profile.remove();
  }
}

async function throughReference() {
  const { referenceConnection } = await import('./support/reference.mjs');
  const client = await referenceConnection(url, { era, scenario, context });
  await stepsOf(scenario)(client, context);
  await client.close();
}

try {
  await (process.env.KEYBEARER_CONFORMANCE_REFERENCE === '1' ? throughReference() : throughKeybearer());
} catch (error) {
  process.stderr.write(`driver: ${scenario}: ${error.stack}\n`);
  process.exitCode = 1;
}
