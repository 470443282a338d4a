// One broker that refreshes without end, and is killed again and again: at the named points of a rotation, at any moment,
// and while it starts. Started by kill_loop.mjs, which it tells how it goes.

import { signIn } from '../end_to_end/support/journey.mjs';
import { sleep, until } from '../end_to_end/support/wait.mjs';
import { fileStoreWorld } from './support/file_store_world.mjs';
import { Supervisor } from './support/supervisor.mjs';

const [, , count, graceSeconds, tokenSeconds, seed] = process.argv.map(Number);
const points = ['intent_written', 'token_response_received', 'before_commit', 'after_commit', 'after_publish',
  'before_item_write', 'after_item_write', 'store_before_write', 'store_after_write'];
const patienceMilliseconds = 20000; // after which a session that is not served counts as lost

// The same seed, the same plans (mulberry32).
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

class Lane {
  constructor(world) {
    Object.assign(this, world);
    this.kills = 0;
    this.report = { kills: {}, served: [], beforeReady: 0, lost: [], unexpected: [] };
  }

  // A third at any moment of a refresh, a tenth while it starts, the rest at a named point.
  plan() {
    const choice = random();
    this.way = choice < 0.1 ? 'while it starts' : choice < 0.4 ? 'at any moment'
      : points[Math.floor(random() * points.length)];
    if (this.way === 'while it starts')
      setTimeout(() => this.supervisor.kill(), random() * 120);
    this.delay = random() * 60;
    return points.includes(this.way) ? { KEYBEARER_FAULT_POINT: `${this.way}:${1 + Math.floor(random() * 3)}` } : {};
  }

  onEnd({ status, signal }, at, stderr) {
    if (!this.supervisor.wanted)
      return;
    if (signal !== 'SIGKILL')
      this.report.unexpected.push(`${this.way}: ended with ${status ?? signal}: ${stderr.slice(-2000)}`);
    this.kills += 1;
    this.report.kills[this.way] = (this.report.kills[this.way] ?? 0) + 1;
    if (this.servedSince === undefined || this.servedSince < this.endedAt)
      this.report.beforeReady += this.endedAt === undefined ? 0 : 1;
    this.endedAt = at;
    if (this.kills % 25 === 0)
      this.tell();
    if (this.kills >= count)
      this.finished = true;
  }

  tell() {
    process.send?.({ ...this.report, reused: this.provider.counters.reused,
      refreshes: this.provider.counters.granted.refresh_token ?? 0 });
    Object.assign(this.report, { kills: {}, served: [], beforeReady: 0, lost: [], unexpected: [] });
  }

  // Asked with the command line: a small program that starts anew each time. {status, answer, error}
  async ask(...parameters) {
    const { status, stdout, stderr } = await this.broker.run(['--json', '--no-spawn', ...parameters]);
    const text = (status === 0 ? stdout : stderr).trim().split('\n').at(-1) ?? '';
    let said;
    try {
      said = JSON.parse(text);
    } catch {
      said = { error: { message: text, data: {} } };
    }
    return status === 0 ? { good: true, answer: said } : { good: false, error: said.error };
  }

  // Until the kill: asked for the token first, then refreshed without a pause.
  async asLongAsItLives() {
    const { endedAt } = this;
    const token = await this.ask('token', 'demo');
    if (!token.good)
      return this.onRefused(token.error);
    const now = performance.now();
    if (endedAt !== undefined && endedAt === this.endedAt && this.countedAt !== endedAt) {
      this.report.served.push(now - endedAt);
      this.countedAt = endedAt;
    }
    this.servedSince = now;
    this.refusedSince = undefined;
    const { status } = await this.provider.userinfo(token.answer.access_token);
    if (status !== 200)
      await this.looksOdd(`the provider refuses the token that was served: ${status}`);
    const list = await this.ask('session', 'list');
    if (list.good && (list.answer.sessions.length !== 1 || !['active', 'refreshing', 'expired'].includes(list.answer.sessions[0].state)))
      this.report.unexpected.push(`${this.way}: sessions ${JSON.stringify(list.answer.sessions)}`);
    if (this.way === 'at any moment')
      setTimeout(() => this.supervisor.kill(), this.delay);
    for (;;) {
      const refreshed = await this.ask('session', 'refresh', 'demo');
      if (!refreshed.good)
        return this.onRefused(refreshed.error);
    }
  }

  // A token may have run out between the answer and the question; a fresh one must work.
  async looksOdd(what) {
    const fresh = await this.ask('token', 'demo', '--min-valid', '1');
    if (fresh.good && (await this.provider.userinfo(fresh.answer.access_token)).status !== 200)
      this.report.unexpected.push(`${this.way}: ${what}`);
  }

  async onRefused(error) {
    const name = error?.data?.name;
    if (name === 'broker_unreachable' || name === undefined)
      return sleep(2);
    this.refusedSince ??= performance.now();
    const lost = name === 'sign_in_again' || name === 'authorization_required';
    if (!lost && performance.now() - this.refusedSince < patienceMilliseconds)
      return sleep(20);
    this.report.lost.push(`after ${this.way}: ${JSON.stringify(error)}`);
    this.refusedSince = undefined;
    return this.signIn().catch(() => {});
  }

  async signIn() {
    const client = await this.broker.client();
    await signIn(client);
    await until('everything lies in the store', async () => (await client.call('health.get')).unsaved === 0);
    await client.close();
  }

  async run() {
    await this.broker.start();
    await this.signIn();
    await this.broker.stop();
    this.supervisor = { kill: () => {}, wanted: true };
    this.supervisor = new Supervisor(this.broker, { planned: () => this.plan(), ended: (...end) => this.onEnd(...end) });
    while (!this.finished)
      await this.asLongAsItLives();
    await this.supervisor.stop();
    await this.broker.start();
    const token = await this.ask('token', 'demo', '--min-valid', '1');
    if (!token.good || (await this.provider.userinfo(token.answer.access_token)).status !== 200)
      this.report.lost.push('after the last kill: the token does not work');
    const audit = await this.broker.run(['audit', 'verify']);
    if (audit.status !== 0)
      this.report.unexpected.push(`audit verify: ${audit.stdout} ${audit.stderr}`);
    this.tell();
  }
}

const world = await fileStoreWorld({ provider: { graceSeconds, accessTokenSeconds: tokenSeconds } });
try {
  await new Lane(world).run();
} finally {
  await world.remove();
}
process.disconnect?.();
