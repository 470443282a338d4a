// A program on a terminal of its own, and the person who sits there.

import { fileURLToPath } from 'node:url';

import { Child } from './children.mjs';
import { until } from './wait.mjs';

const onTerminal = fileURLToPath(new URL('../../support/on_terminal.py', import.meta.url));

export class Terminal {
  constructor(t, program, parameters, { env, columns = 80 } = {}) {
    this.child = new Child('python3', [onTerminal, String(columns), program, ...parameters],
      { env: { TERM: 'xterm', ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.process.stdin.on('error', () => {});
    t.after(() => this.child.kill('SIGKILL'));
  }

  // Everything shown so far, as bytes in UTF-8 with \r\n made \n.
  get shown() {
    return this.child.stdout.replaceAll('\r\n', '\n');
  }

  // Without the colours, which are all that may be there of escape sequences.
  get text() {
    return this.shown.replaceAll(/\x1b\[[01]m/g, '');
  }

  type(text) {
    this.child.process.stdin.write(text);
  }

  see(what) {
    return until(`${what} on the terminal`, () => this.text.includes(what) && this.text);
  }

  // Types until what is wanted has happened: what comes within the arm delay counts for nothing, and how long that
  // is on a busy machine nobody knows.
  answer(text, what, happened) {
    return until(what, async () => {
      if (await happened())
        return true;
      this.type(text);
      return undefined;
    }, { pauseMilliseconds: 700 });
  }
}
