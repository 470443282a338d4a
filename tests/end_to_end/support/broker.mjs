// One broker with a home of its own, and the command line that belongs to it.

import { accessSync, constants, mkdtempSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

import { Child, run } from './children.mjs';
import { LineClient } from './line_client.mjs';
import { patience } from './sanitizer.mjs';
import { until } from './wait.mjs';

const top = fileURLToPath(new URL('../../..', import.meta.url));
export const programs = process.env.KEYBEARER_BIN_DIR ?? join(top, 'build-ci', 'bin');
export const daemonProgram = join(programs, 'keybearerd');
export const commandProgram = join(programs, 'keybearer');
for (const program of [daemonProgram, commandProgram])
  accessSync(program, constants.X_OK); // a test of what is refused must not pass because nothing is there

// Nothing of whoever runs the tests may change what they see.
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env)
    .filter(([name]) => !/^(KEYBEARER_(?!BIN_DIR|TEST_)|XDG_CONFIG|XDG_STATE|NOTIFY_SOCKET|LISTEN_|BROWSER$|http)/i.test(name)));
}

export class Broker {
  // Short, because a Unix socket's path has at most 107 bytes.
  constructor({ config = {}, env = {} } = {}) {
    this.home = mkdtempSync('/tmp/kb-e2e-');
    mkdirSync(join(this.home, 'config'));
    this.environment = { ...cleanEnvironment(), KEYBEARER_HOME: this.home, ...env };
    this.socket = join(this.home, 'run', 'broker.sock');
    this.clients = [];
    this.closers = []; // end what would start another daemon
    this.daemon = undefined;
    this.log = ''; // of the daemons that have ended
    this.writeConfig(config);
  }

  // The configuration that a test means by default: tokens in memory, every program of this user may have them.
  static forProvider(provider, { store = 'memory', mode = 'trusting', more = {}, env } = {}) {
    return new Broker({ env, config: {
      store: { backend: store },
      access: { mode },
      providers: { demo: { issuer: provider.issuer, client_id: provider.clientId,
        scopes: ['openid', 'email', 'offline_access'] } },
      ...more,
    } });
  }

  // JSON is YAML.
  writeConfig(config) {
    this.writeConfigText(`${JSON.stringify(config, null, 2)}\n`);
  }

  writeConfigText(text) {
    writeFileSync(join(this.home, 'config', 'config.yaml'), text, { mode: 0o600 });
  }

  spawnDaemon(parameters = [], { env = {}, program = daemonProgram } = {}) {
    return new Child(program, ['--ready-fd', '3', ...parameters],
      { env: { ...this.environment, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  }

  // Starts the daemon and waits until it says READY=1.
  async start(options = {}) {
    this.daemon = this.spawnDaemon(options.parameters, options);
    await Broker.ready(this.daemon);
    return this;
  }

  static async ready(daemon) {
    let said = '';
    const pipe = daemon.process.stdio[3];
    pipe.setEncoding('utf8');
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready in 20 s: ${daemon.stderr}`)), 20000 * patience);
      pipe.on('data', (chunk) => {
        said += chunk;
        if (said.includes('READY=1')) {
          clearTimeout(timer);
          resolve();
        }
      });
      daemon.ended.then(({ status, signal }) => {
        clearTimeout(timer);
        reject(new Error(`keybearerd ended with ${status ?? signal} before it was ready: ${daemon.stderr}`));
      });
    });
  }

  async stop() {
    const end = await this.daemon?.stop();
    this.log += this.daemon?.stderr ?? '';
    return end;
  }

  async kill() {
    const end = await this.daemon.kill('SIGKILL');
    this.log += this.daemon.stderr;
    return end;
  }

  async restart(options) {
    await this.stop();
    return this.start(options);
  }

  async client(options) {
    const client = await LineClient.open(this.socket, options);
    this.clients.push(client);
    return client;
  }

  // keybearer PARAMETERS: {status, stdout, stderr}
  run(parameters, { env = {}, ...options } = {}) {
    return run(commandProgram, parameters, { env: { ...this.environment, ...env }, ...options });
  }

  pidFromFile() {
    try {
      const pid = Number(readFileSync(join(this.home, 'run', 'broker.pid'), 'utf8').trim());
      return readlinkSync(`/proc/${pid}/exe`) === daemonProgram ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  // Ends everything of this home: the daemon, one that the command line started, the directory.
  async remove() {
    await Promise.all([...this.clients.map((client) => client.close()), ...this.closers.map((close) => close())]);
    await this.stop();
    const stray = this.pidFromFile();
    if (stray !== undefined) {
      process.kill(stray, 'SIGTERM');
      await until(`the end of process ${stray}`, () => this.pidFromFile() === undefined);
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}
