// Starts a broker again whenever it ends, as its systemd unit does (Restart=on-failure, RestartSec=200ms). Unlike
// systemd it never gives up: the unit's StartLimitBurst would end a loop of kills.

import { readFileSync } from 'node:fs';

import { Broker } from '../../end_to_end/support/broker.mjs';
import { sleep } from '../../end_to_end/support/wait.mjs';

const unit = readFileSync(new URL('../../../resources/systemd/keybearer.service', import.meta.url), 'utf8');
export const restartMilliseconds = Number(/^RestartSec=(\d+)ms$/m.exec(unit)[1]);

export class Supervisor {
  // planned(): the environment of the next daemon. ended({status, signal}, at, stderr): told of each end.
  constructor(broker, { planned = () => ({}), ended = () => {} } = {}) {
    this.broker = broker;
    this.planned = planned;
    this.ended = ended;
    this.wanted = true;
    this.over = this.#run();
  }

  async #run() {
    while (this.wanted) {
      const env = this.planned();
      const daemon = this.broker.spawnDaemon([], { env });
      this.broker.daemon = daemon;
      this.startedAt = performance.now();
      this.ready = Broker.ready(daemon);
      this.ready.catch(() => {}); // it may be killed before
      let at;
      daemon.process.once('exit', () => { at = performance.now(); });
      const end = await daemon.ended;
      this.ended(end, at ?? performance.now(), daemon.stderr);
      if (this.wanted)
        await sleep(Math.max(0, restartMilliseconds - (performance.now() - at)));
    }
  }

  kill() {
    this.broker.daemon?.process.kill('SIGKILL');
  }

  async stop() {
    this.wanted = false;
    this.broker.daemon?.process.kill('SIGTERM');
    await this.over;
  }
}
