// A client of the broker's socket as any program could write it: one JSON object a line.

import { connect } from 'node:net';

import { patience } from './sanitizer.mjs';

export class RpcFailure extends Error {
  constructor({ code, message, data }) {
    super(`${data?.name ?? code}: ${message}`);
    this.code = code;
    this.data = data ?? {};
    this.errorName = data?.name;
  }
}

export class LineClient {
  static async open(socketPath, { hello = true } = {}) {
    const client = new LineClient(socketPath);
    await client.opened;
    if (hello)
      client.greeting = await client.call('hello', { protocol: 1, client: { name: 'end-to-end', version: '1' } });
    return client;
  }

  constructor(socketPath) {
    this.pending = new Map();
    this.events = []; // parameters of the event notifications, in order
    this.unclaimed = []; // answers that belong to no call of ours
    this.lastId = 0;
    this.received = '';
    this.socket = connect(socketPath);
    this.socket.setEncoding('utf8');
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('error', reject);
    });
    this.closed = new Promise((resolve) => { this.socket.once('close', () => resolve(true)); });
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk) => this.#take(chunk));
    this.socket.on('close', () => this.#abandon());
  }

  // Resolves with the result, rejects with RpcFailure, or with an Error if the connection ends first.
  call(method, params = {}, { timeoutMilliseconds = 60000 } = {}) {
    if (this.abandoned)
      return Promise.reject(new Error(`${method}: the broker closed the connection`));
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new Error(`${method}: no answer in ${timeoutMilliseconds} ms`));
      }, timeoutMilliseconds * patience);
      this.pending.set(id, { resolve, reject, timer, method });
      this.sendRaw(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  }

  // The failure that a call ends with; an Error if it succeeds.
  async callFails(method, params, options) {
    try {
      await this.call(method, params, options);
    } catch (error) {
      if (error instanceof RpcFailure)
        return error;
      throw error;
    }
    throw new Error(`${method} succeeded`);
  }

  sendRaw(text) {
    this.socket.write(text);
  }

  async nextUnclaimed(timeoutMilliseconds = 10000) {
    const end = Date.now() + timeoutMilliseconds * patience;
    while (this.unclaimed.length === 0) {
      if (Date.now() > end)
        throw new Error('no answer');
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    return this.unclaimed.shift();
  }

  close() {
    this.socket.destroy();
    return this.closed;
  }

  #take(chunk) {
    this.received += chunk;
    for (let end = this.received.indexOf('\n'); end >= 0; end = this.received.indexOf('\n')) {
      const message = JSON.parse(this.received.slice(0, end));
      this.received = this.received.slice(end + 1);
      this.#dispatch(message);
    }
  }

  #dispatch(message) {
    if (message.method === 'event') {
      this.events.push(message.params);
      return;
    }
    const call = this.pending.get(message.id);
    if (call === undefined) {
      this.unclaimed.push(message);
      return;
    }
    this.pending.delete(message.id);
    clearTimeout(call.timer);
    if (message.error)
      call.reject(new RpcFailure(message.error));
    else
      call.resolve(message.result);
  }

  #abandon() {
    this.abandoned = true;
    for (const { reject, timer, method } of this.pending.values()) {
      clearTimeout(timer);
      reject(new Error(`${method}: the broker closed the connection`));
    }
    this.pending.clear();
  }
}
