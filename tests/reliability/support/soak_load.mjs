// The load of a soak: clients of the socket and of the gateway that come, ask and go, and streams that stay open.

import http from 'node:http';

import { bodyOf, answerJson, startEvents } from '../../end_to_end/support/bare_upstream.mjs';
import { message, modern } from '../../end_to_end/support/gateway_world.mjs';
import { sleep } from '../../end_to_end/support/wait.mjs';

const mostOpen = 400; // connections at a time: all clients here are one process, which may have more only below 512

export class SoakLoad {
  constructor(world, key, clients) {
    Object.assign(this, { world, key });
    this.slots = new Array(clients).fill(undefined);
    this.asking = new Set(); // indices
    this.open = 0;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
    this.clear();
  }

  clear() {
    this.counts = { answered: 0, failed: {} };
    this.times = [];
  }

  fail(what) {
    this.counts.failed[what] = (this.counts.failed[what] ?? 0) + 1;
  }

  async one() {
    const choice = Math.random();
    const began = performance.now();
    try {
      if (choice < 0.25)
        await this.overHttp();
      else
        await this.overSocket(choice);
      this.counts.answered += 1;
      this.times.push(performance.now() - began);
    } catch (error) {
      this.fail(error.errorName ?? error.code ?? error.message.slice(0, 60));
    }
  }

  async overHttp() {
    const { status } = await this.world.request('desk', { key: this.key, agent: this.agent, headers: modern('tools/list'),
      body: message('tools/list') });
    if (status !== 200)
      throw new Error(`HTTP ${status}`);
  }

  // One of the clients that ask for nothing at the moment, which connects if it is not, and one time in ten goes afterwards.
  async overSocket(choice) {
    if (this.asking.size === this.slots.length)
      throw new Error('every client waits for an answer');
    let index = Math.floor(Math.random() * this.slots.length);
    while (this.asking.has(index))
      index = (index + 1) % this.slots.length;
    this.asking.add(index);
    try {
      const client = this.slots[index] ?? await this.connect(index);
      if (choice < 0.9)
        await client.call('token.get', { provider: 'demo' });
      else
        await client.call('session.list');
    } finally {
      if (this.open > mostOpen || Math.random() < 0.1)
        this.slots[index]?.close();
      this.asking.delete(index);
    }
  }

  async connect(index) {
    const client = await this.world.broker.client();
    this.world.broker.clients.length = 0; // this class closes them
    this.slots[index] = client;
    this.open += 1;
    client.closed.then(() => {
      this.open -= 1;
      if (this.slots[index] === client)
        this.slots[index] = undefined;
    });
    return client;
  }

  // rate: requests a second. Ends when `going` says so and every request has its answer.
  async run(rate, going) {
    const under = new Set();
    const started = performance.now();
    for (let asked = 0; going(); asked += 1) {
      const wait = asked * 1000 / rate - (performance.now() - started);
      if (wait > 0)
        await sleep(wait);
      const request = this.one().finally(() => under.delete(request));
      under.add(request);
    }
    await Promise.all(under);
  }

  async close() {
    this.agent.destroy();
    await Promise.all(this.slots.filter(Boolean).map((client) => client.close()));
  }
}

// The server behind the gateway: a stream for each GET, an event a second for each of them.
export class Streams {
  constructor() {
    this.sends = new Set();
    this.requests = new Set();
    this.events = 0;
    this.start();
    this.answers = async (request, response) => {
      if (request.method === 'GET') {
        startEvents(response);
        this.sends.add(response);
        response.on('close', () => this.sends.delete(response));
        return;
      }
      const { id } = JSON.parse(await bodyOf(request));
      answerJson(response, { jsonrpc: '2.0', id, result: { tools: [] } });
    };
  }

  start() {
    this.timer = setInterval(() => {
      for (const response of this.sends)
        response.write(`data: {"at":${Date.now()}}\n\n`);
    }, 1000);
  }

  // A client that opens its stream again whenever it ends.
  async follow(world, key) {
    while (this.timer !== undefined) {
      try {
        const { request, response } = await world.open('desk', { method: 'GET', key,
          headers: { 'mcp-protocol-version': '2025-11-25', accept: 'text/event-stream' } });
        this.requests.add(request);
        await new Promise((resolve) => {
          response.on('data', () => { this.events += 1; });
          response.on('close', resolve);
        });
        this.requests.delete(request);
      } catch { /* the gateway is away */ }
      await sleep(300);
    }
  }

  cut() {
    for (const request of this.requests)
      request.destroy();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.cut();
  }
}
