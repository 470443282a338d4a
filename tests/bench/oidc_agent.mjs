// The peer of B5's second figure: oidc-agent with one account whose token lasts a day, so that oidc-token prints what
// the agent holds. Its provider is a stand-in that answers one refresh; the agent speaks to nobody afterwards.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { until } from '../end_to_end/support/wait.mjs';

const run = promisify(execFile);
const day = 24 * 3600;

async function startProvider() {
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url.includes('.well-known')
      ? { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`,
        scopes_supported: ['openid', 'offline_access'], response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'] }
      : { access_token: 'x'.repeat(43), token_type: 'Bearer', expires_in: day, refresh_token: 'next' }));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}

// {environment, stop}: oidc-token NAME answers in that environment. Nothing where oidc-agent is not installed
// (apt-get install oidc-agent-cli) or does not take the account: then there is no peer.
export async function startOidcAgent(name) {
  const place = mkdtempSync(join(tmpdir(), 'kb-oidc-'));
  const provider = await startProvider();
  const environment = { HOME: place, OIDC_SOCK: join(place, 'agent.sock'), OIDC_ENCRYPTION_PW: 'bench' };
  const options = { env: { ...process.env, ...environment }, cwd: place };
  const agent = spawn('oidc-agent', ['--console', '--socket-path', environment.OIDC_SOCK], { ...options, stdio: 'ignore' });
  const stop = () => {
    agent.kill();
    provider.close();
    rmSync(place, { recursive: true, force: true });
  };
  try {
    await new Promise((resolve, reject) => { agent.on('spawn', resolve).on('error', reject); });
    await until('oidc-agent answers', () => run('oidc-add', ['--loaded'], options).then(() => true, () => false));
    await run('oidc-gen', [name, '--issuer', `http://127.0.0.1:${provider.address().port}`, '--client-id', 'bench',
      '--client-secret', 'bench', '--redirect-uri', 'http://localhost:4242', '--scope', 'openid offline_access',
      '--refresh-token', 'first', '--pw-env', '--prompt', 'none', '--no-save'], { ...options, timeout: 20_000 });
    return { environment: { OIDC_SOCK: environment.OIDC_SOCK }, stop };
  } catch (problem) {
    console.error(`No oidc-agent to compare with: ${problem.message.split('\n')[0]}`);
    stop();
    return undefined;
  }
}
