// Every process that a test starts. None of them outlives the test: they are told to end when it is done, killed if
// they do not, and killed by the kernel if the test itself is killed (setpriv --pdeathsig).

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { patience } from './sanitizer.mjs';

const running = new Set();

process.on('exit', () => {
  for (const child of running)
    child.process.kill('SIGKILL');
});

export class Child {
  // output: everything that the process wrote to standard output and standard error. input: what it reads from
  // standard input, which is empty otherwise.
  constructor(program, parameters, { env, input, stdio = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    cwd } = {}) {
    this.name = program.split('/').pop();
    this.process = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, ...parameters], { env, stdio, cwd });
    if (input !== undefined) {
      this.process.stdin.on('error', () => {}); // it may have ended without reading
      this.process.stdin.end(input);
    }
    this.stdout = '';
    this.stderr = '';
    this.process.stdout?.on('data', (chunk) => { this.stdout += chunk; });
    this.process.stderr?.on('data', (chunk) => { this.stderr += chunk; });
    running.add(this);
    this.ended = once(this.process, 'close').then(([code, signal]) => {
      running.delete(this);
      return { status: code, signal };
    });
    this.ended.catch(() => {});
  }

  get pid() {
    return this.process.pid;
  }

  get isRunning() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  kill(signal) {
    this.process.kill(signal);
    return this.ended;
  }

  // SIGTERM, and SIGKILL for who does not listen to it.
  async stop(patienceMilliseconds = 10000) {
    if (!this.isRunning)
      return this.ended;
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), patienceMilliseconds * patience);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }
}

// Runs a program to its end: {status, signal, stdout, stderr}.
export async function run(program, parameters, { timeoutMilliseconds = 60000, ...options } = {}) {
  const child = new Child(program, parameters, options);
  const timer = setTimeout(() => child.process.kill('SIGKILL'), timeoutMilliseconds * patience);
  const end = await child.ended;
  clearTimeout(timer);
  return { ...end, stdout: child.stdout, stderr: child.stderr };
}
