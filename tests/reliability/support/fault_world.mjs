// A broker under FaultShim with two sign-ins, of ana and of ben, and what is done with them in each phase of its life.
// Everything is asked with the command line, whose small program the broker has measured in no time.

import { signInEnd, startSignIn } from '../../end_to_end/support/journey.mjs';
import { Broker } from '../../end_to_end/support/broker.mjs';
import { sleep } from '../../end_to_end/support/wait.mjs';
import { playBrowser } from '../../support/browser.mjs';
import { FaultControl } from './fault_control.mjs';
import { fileStoreWorld } from './file_store_world.mjs';

const patienceMilliseconds = 20000; // after which something hangs
const ana = 'ana@example.com';
const ben = 'ben@example.com';

const within = (milliseconds, what, promise) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hangs: ${what}`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export class FaultWorld {
  static async make({ graceSeconds, tokenSeconds = 3600, store } = {}) {
    const world = new FaultWorld();
    world.control = new FaultControl();
    Object.assign(world, await fileStoreWorld({ provider: { graceSeconds, accessTokenSeconds: tokenSeconds },
      env: { ...(process.env.KEYBEARER_FAULT_TRACE && { KEYBEARER_FAULT_TRACE: '1' }) }, ...(store && { more: { store } }) }));
    world.clear = world.remove;
    await world.spawn();
    await world.signIn('ana');
    await world.signIn('ben');
    return world;
  }

  // Resolves when the daemon is ready or has ended: {ready} or {end}.
  async spawn() {
    const daemon = this.broker.spawnDaemon([], { env: this.control.environment });
    this.broker.daemon = daemon;
    return within(patienceMilliseconds, 'the start', Broker.ready(daemon).then(() => ({ ready: true }),
      async () => ({ end: await daemon.ended })));
  }

  get ended() {
    return this.broker.daemon.isRunning ? undefined : this.broker.daemon.ended;
  }

  // What the daemon has said itself.
  get words() {
    return this.broker.daemon.stderr.split('\n').filter((line) => line !== '' && !/^FaultShim|\.so|\(\+0x/.test(line)).join('\n');
  }

  async kill() {
    if (this.broker.daemon.isRunning)
      await this.broker.daemon.kill('SIGKILL');
  }

  // {good, said}: what the command line answers.
  async ask(...parameters) {
    const { status, stdout, stderr, signal } = await this.broker.run(['--json', '--no-spawn', ...parameters],
      { timeoutMilliseconds: patienceMilliseconds });
    if (signal === 'SIGKILL')
      throw new Error(`hangs: keybearer ${parameters.join(' ')}`);
    return { good: status === 0, status, said: stdout.trim(), error: stderr.trim() };
  }

  async sessions() {
    const { good, said, error } = await this.ask('session', 'list');
    if (!good)
      throw new Error(`session list: ${error}`);
    return JSON.parse(said).sessions;
  }

  async signIn(login) {
    const client = await this.broker.client();
    try {
      const started = await startSignIn(client);
      await playBrowser(started.authorization_url, { login });
      const end = await signInEnd(client, started.signin_id);
      if (end.state !== 'signed_in')
        return { good: false, error: JSON.stringify(end.error ?? end) };
      return { good: true };
    } finally {
      await client.close();
      this.broker.clients.length = 0;
    }
  }

  // The session of ana is served, with a token that the provider takes.
  async served() {
    const token = await this.ask('token', 'demo', '--account', ana);
    if (!token.good)
      return token;
    const { access_token: value } = JSON.parse(token.said);
    const { status } = await this.provider.userinfo(value);
    return status === 200 ? token : { good: false, error: `the provider refuses the token: ${status}` };
  }

  // Trouble may last for some seconds: pauses before a retry belong to the protocol.
  async servedInTheEnd(milliseconds = patienceMilliseconds) {
    const end = Date.now() + milliseconds;
    for (;;) {
      const answer = await this.served();
      if (answer.good || Date.now() > end || this.ended !== undefined)
        return answer;
      await sleep(100);
    }
  }

  async refreshedInTheEnd(milliseconds = patienceMilliseconds) {
    const end = Date.now() + milliseconds;
    for (;;) {
      const answer = await this.ask('session', 'refresh', ana);
      if (answer.good || Date.now() > end)
        return answer;
      await sleep(250);
    }
  }

  async remove() {
    await this.clear();
    this.control.remove();
  }
}

// Each phase: `before` without a fault, `act` with one armed. act returns {good, error}.
export const phases = {
  start: {
    before: (world) => world.kill(),
    async act(world) {
      const { ready } = await world.spawn();
      return ready ? world.served() : { good: false, error: world.words };
    },
  },
  sign_in: {
    async before() {},
    // Who signs in has a program that speaks with the broker; the answers to it may be what fails.
    act: (world) => within(patienceMilliseconds, 'the sign-in', world.signIn('ben').catch((error) => ({ good: false, error: error.message }))),
    lasts: async (world) => (await world.sessions()).some((one) => one.account.label === ben),
  },
  refresh: { async before() {}, act: (world) => world.ask('session', 'refresh', ana) },
  serve: { async before() {}, act: (world) => world.served() },
  revoke: {
    async before(world) {
      if (!(await world.sessions()).some((one) => one.account.label === ben))
        await world.signIn('ben');
    },
    act: (world) => world.ask('session', 'revoke', ben),
    lasts: async (world) => !(await world.sessions()).some((one) => one.account.label === ben),
  },
  stop: {
    async before() {},
    async act(world) {
      world.broker.daemon.process.kill('SIGTERM');
      const end = await within(patienceMilliseconds, 'the end', world.broker.daemon.ended);
      return { good: end.status === 0, error: `${end.status ?? end.signal} ${world.words}` };
    },
  },
};
