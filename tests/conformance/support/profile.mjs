// A Keybearer of its own for one conformance scenario: home, configuration, browser, and the end of all of it.

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const browserScript = fileURLToPath(new URL('browser.mjs', import.meta.url));
export const programs = process.env.KEYBEARER_BIN_DIR;

// The client metadata document that the suite expects to be named. Nobody fetches it.
const clientMetadataUrl = 'https://conformance-test.local/client-metadata.json';

// What a person would write into config.yaml for a server with more to it than its URL.
const services = {
  'auth/pre-registration': ({ client_id, client_secret, issuer }) => ({ client_id, client_secret, issuer }),
  'auth/client-credentials-jwt': ({ client_id, private_key_pem, signing_algorithm }, home) => ({
    flow: 'client_credentials', client_id,
    client_auth: { method: 'private_key_jwt', key_file: keep(home, 'key.pem', private_key_pem),
      algorithm: signing_algorithm },
  }),
  'auth/client-credentials-basic': ({ client_id, client_secret }) => ({ flow: 'client_credentials', client_id,
    client_secret, client_auth: { method: 'client_secret_basic' } }),
  'auth/enterprise-managed-authorization': (context, home) => ({
    flow: 'enterprise', client_id: context.client_id, client_secret: context.client_secret,
    enterprise: { token_endpoint: context.idp_token_endpoint, client_id: context.idp_client_id,
      issuer: context.idp_issuer, id_token_file: keep(home, 'id-token', context.idp_id_token) },
  }),
  'auth/wif-jwt-bearer': ({ client_id, valid_jwt }, home) => ({ flow: 'workload', client_id,
    workload: { token_file: keep(home, 'workload-token', valid_jwt) } }),
};

function keep(home, name, text) {
  const path = join(home, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

function configurationFor(scenario, url, context, home) {
  const service = services[scenario]?.(context, home);
  return {
    store: { backend: 'memory' },
    access: { mode: 'trusting' },
    ...(scenario.startsWith('auth/') && { client_metadata_url: clientMetadataUrl }),
    ...(service && { services: { conformance: { url, ...definedOnly(service) } } }),
  };
}

const definedOnly = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

// Nothing of whoever runs the suite may change what it sees.
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env)
    .filter(([name]) => !/^(KEYBEARER_|XDG_|NOTIFY_SOCKET|LISTEN_|BROWSER$|DISPLAY$|WAYLAND|https?_proxy|all_proxy|no_proxy)/i.test(name)));
}

function ownedBy(home) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return pid !== process.pid && readlinkSync(`/proc/${pid}/exe`).startsWith(`${programs}/keybearer`)
        && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`KEYBEARER_HOME=${home}`);
    } catch {
      return false;
    }
  });
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

export class Profile {
  constructor(scenario, url, context) {
    this.home = mkdtempSync('/tmp/kb-conf-'); // short: a Unix socket's path has at most 107 bytes
    mkdirSync(join(this.home, 'config'));
    const browser = join(this.home, 'browser');
    writeFileSync(browser, `#!/bin/sh\nexec '${process.execPath}' '${browserScript}' "$@"\n`);
    chmodSync(browser, 0o700);
    writeFileSync(join(this.home, 'config', 'config.yaml'),
      `${JSON.stringify(configurationFor(scenario, url, context, this.home), null, 2)}\n`, { mode: 0o600 });
    this.environment = { ...cleanEnvironment(), KEYBEARER_HOME: this.home, BROWSER: browser };
    this.command = join(programs, 'keybearer');
  }

  // What the daemon and the gateway had to say: for whoever looks into a failure.
  log() {
    try {
      return readFileSync(join(this.home, 'state', 'keybearer.log'), 'utf8');
    } catch {
      return '';
    }
  }

  // Ends every process of this home, politely first, and removes it.
  async remove() {
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      for (const pid of ownedBy(this.home)) {
        try {
          process.kill(pid, signal);
        } catch { /* it has just ended */ }
      }
      for (let waited = 0; waited < 5000 && ownedBy(this.home).length > 0; waited += 20)
        await pause(20);
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}
