// A real redis-server in a private folder, on a socket file: it can be stopped, started with what it kept, and given
// back an older dump.

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Child, run } from './children.mjs';
import { until } from './wait.mjs';

export class RedisServer {
  constructor() {
    this.folder = mkdtempSync('/tmp/kb-redis-');
    this.socket = join(this.folder, 's');
    this.dump = join(this.folder, 'dump.rdb');
    this.environment = { PATH: process.env.PATH, HOME: this.folder };
  }

  get url() {
    return `unix:${this.socket}`;
  }

  async start(parameters = []) {
    this.child = new Child('redis-server', ['--port', '0', '--unixsocket', this.socket, '--unixsocketperm', '700',
      '--dir', this.folder, '--save', '', '--appendonly', 'no', '--daemonize', 'no', ...parameters],
      { env: this.environment });
    await until('redis-server', async () => existsSync(this.socket) && (await this.command('PING')) === 'PONG');
    return this;
  }

  async command(...words) {
    const answer = await run('redis-cli', ['-s', this.socket, ...words], { env: this.environment });
    return answer.stdout.trim();
  }

  // What it holds, as it would lie on a disk.
  async save() {
    if (await this.command('SAVE') !== 'OK')
      throw new Error('redis-server did not save');
    return readFileSync(this.dump);
  }

  async keep(name) {
    await this.save();
    copyFileSync(this.dump, join(this.folder, name));
  }

  async stop() {
    await this.child?.kill('SIGKILL');
    rmSync(this.socket, { force: true });
  }

  // Started with nothing, or with an older dump.
  async restartFrom(name) {
    await this.stop();
    rmSync(this.dump, { force: true });
    if (name !== undefined)
      copyFileSync(join(this.folder, name), this.dump);
    return this.start();
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
