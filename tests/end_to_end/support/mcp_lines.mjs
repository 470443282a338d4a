// A `keybearer mcp` seen as what it is: lines in, lines out. For what no SDK would ever write.

import { Child } from './children.mjs';
import { commandProgram } from './broker.mjs';
import { until } from './wait.mjs';

const initializeParams = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'lines', version: '1' } };

export class McpLines {
  constructor(broker, parameters, { env = {} } = {}) {
    this.child = new Child(commandProgram, ['mcp', ...[parameters].flat()],
      { env: { ...broker.environment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.process.stdin.on('error', () => {}); // it may have ended
    this.lastId = 0;
    this.parsed = 0;
    this.messages = [];
    broker.closers.push(() => this.child.kill('SIGKILL'));
  }

  // What came so far, every line a message.
  received() {
    const lines = this.child.stdout.split('\n');
    for (; this.parsed < lines.length - 1; this.parsed += 1)
      this.messages.push(JSON.parse(lines[this.parsed]));
    return this.messages;
  }

  write(text) {
    return new Promise((resolve) => { this.child.process.stdin.write(text, resolve); });
  }

  // The message that fits, also one that came before this was asked.
  message(what, fits, options) {
    return until(what, () => {
      const found = this.received().find(fits);
      if (found === undefined && !this.child.isRunning)
        throw new Error(`the bridge ended before ${what}: ${this.child.stderr}`);
      return found;
    }, options);
  }

  // The whole answer to a request: {result} or {error}.
  async ask(method, params, { deadlineMilliseconds = 20000 } = {}) {
    this.lastId += 1;
    const id = this.lastId;
    await this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, ...(params && { params }) })}\n`);
    return this.message(`the answer to ${method}`, (one) => one.id === id && one.method === undefined, { deadlineMilliseconds });
  }

  async initialize(options) {
    const answer = await this.ask('initialize', initializeParams, options);
    await this.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    return answer;
  }

  async end() {
    this.child.process.stdin.end();
    return this.child.ended;
  }
}
