// A broker, an MCP server and, where people sign in, an authorization server: for one test, gone after it.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

import { startProvider } from '../../support/provider.mjs';
import { Broker } from './broker.mjs';
import { McpCounterpart } from './mcp_servers.mjs';

const browserScript = fileURLToPath(new URL('../../support/browser.mjs', import.meta.url));

// BROWSER for this broker: notes every address it gets, then plays a person who signs in and allows.
export function playBrowserFor(broker, { play = true, script = browserScript, login = 'ana' } = {}) {
  const browser = join(broker.home, 'browser');
  const note = `printf '%s\\n' "$*" >>'${join(broker.home, 'opened')}'`;
  const who = script === browserScript ? `--login '${login}' ` : '';
  writeFileSync(browser, `#!/bin/sh\n${note}\n${play ? `exec '${process.execPath}' '${script}' ${who}"$1"` : ''}\n`);
  chmodSync(browser, 0o700);
  broker.environment.BROWSER = browser;
}

// What the browser was started with, oldest first.
export function openedBrowsers(broker) {
  try {
    return readFileSync(join(broker.home, 'opened'), 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

// kind: of McpCounterpart. auth: true or what startProvider takes.
export async function mcpWorld(t, kind, { auth = false, config = {}, start = true, play = true, ...rest } = {}) {
  const provider = auth ? await startProvider({ registration: true, ...(auth === true ? {} : auth) }) : undefined;
  if (provider !== undefined)
    t.after(() => provider.stop());
  const server = await McpCounterpart.start(kind, { provider, ...rest });
  t.after(() => server.stop());
  const broker = new Broker({ config: { store: { backend: 'memory' }, access: { mode: 'trusting' }, ...config } });
  t.after(() => broker.remove());
  playBrowserFor(broker, { play });
  if (start)
    await broker.start();
  return { provider, server, broker };
}
