// A broker with its gateway open over HTTP, and what programs and people do with it: keys, requests, sign-ins.

import assert from 'node:assert/strict';
import http from 'node:http';
import { join } from 'node:path';

import { playBrowser } from '../../support/browser.mjs';
import { Broker } from './broker.mjs';
import { playBrowserFor } from './mcp_world.mjs';
import { Prompter } from './operator.mjs';
import { until } from './wait.mjs';

const modernRevision = '2026-07-28';

export class GatewayWorld {
  // services: of config.yaml. gateway: its section, beside enabled. mode: of access. prepare: gets the broker that has
  // not started yet. play: whether somebody is at the browsers that the broker opens by itself.
  static async start(t, { services = {}, gateway = {}, mode = 'trusting', config = {}, store = { backend: 'memory' }, env,
    prepare = () => {}, play = true } = {}) {
    const world = new GatewayWorld();
    world.broker = new Broker({ env, config: { store, access: { mode }, ...config, services, gateway: { enabled: true, ...gateway } } });
    t.after(() => world.broker.remove());
    playBrowserFor(world.broker, { play });
    prepare(world.broker);
    await world.broker.start();
    await world.learnAddress();
    return world;
  }

  // Where the gateway listens, as a person finds out.
  async learnAddress() {
    this.base = await until('the gateway is open', async () => {
      const { status, stdout } = await this.broker.run(['gateway', 'status', '--json']);
      if (status !== 0)
        return undefined;
      const shown = JSON.parse(stdout);
      return shown.open ? shown.address : undefined;
    });
    this.port = Number(new URL(this.base).port);
    this.socketPath = join(this.broker.home, 'run', 'gateway.sock');
  }

  url(service) {
    return `${this.base}/${service}/mcp`;
  }

  // A client key that opens these services.
  async key(name, ...services) {
    const { status, stdout, stderr } = await this.broker.run(['client', 'add', name,
      ...services.flatMap((service) => ['--allow', service])]);
    assert.equal(status, 0, stderr);
    return stdout.trim();
  }

  // One request with Node's own client: {status, headers, body, response}. body: a string or an object.
  request(service, { method = 'POST', key, headers = {}, body, path, socket = false, agent, signal } = {}) {
    const payload = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = http.request({ method, path: path ?? `/${service}/mcp`, agent, signal,
        ...(socket ? { socketPath: this.socketPath } : { host: '127.0.0.1', port: this.port }),
        headers: { host: `127.0.0.1:${this.port}`, accept: 'application/json, text/event-stream',
          ...(key && { authorization: `Bearer ${key}` }), ...(payload !== undefined && { 'content-type': 'application/json' }),
          ...headers } }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          let parsed;
          try {
            parsed = JSON.parse(text);
          } catch { /* not every answer is JSON */ }
          resolve({ status: response.statusCode, headers: response.headers, rawHeaders: response.rawHeaders, text, body: parsed });
        });
      });
      request.on('error', reject);
      request.end(payload);
    });
  }

  // tools/call of the newer revision.
  call(service, key, tool, given = {}, options = {}) {
    return this.request(service, { key, ...options, headers: { 'mcp-protocol-version': modernRevision, 'mcp-method': 'tools/call',
      'mcp-name': tool, ...options.headers }, body: message('tools/call', { name: tool, arguments: given }) });
  }

  // The answer as it comes: resolves with the response when its head is there. End it with destroy().
  open(service, { method = 'POST', key, headers = {}, body, agent } = {}) {
    return new Promise((resolve, reject) => {
      const request = http.request({ method, host: '127.0.0.1', port: this.port, path: `/${service}/mcp`, agent,
        headers: { accept: 'application/json, text/event-stream', ...(key && { authorization: `Bearer ${key}` }),
          ...(body && { 'content-type': 'application/json' }), ...headers } }, (response) => {
        response.on('error', () => {}); // who reads it sees it
        resolve({ request, response });
      });
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }

  // A person with a browser, who visits an address. Returns {redirect} where the browser is sent to an address of the
  // client (back), or else the page it shows in the end.
  visit(url, { back, ...options } = {}) {
    return playBrowser(url, { stopBefore: (next) => back !== undefined && next.href.startsWith(back), ...options });
  }

  // A person who is there to be asked.
  asking(t) {
    return Prompter.open(t, this.broker);
  }

  // A person who is there and answers every question of the broker alike.
  async answering(t, decision = 'allow') {
    this.person = await this.asking(t);
    this.person.always(decision);
    return this.person;
  }
}

export const message = (method, params = {}, id = 1) => ({ jsonrpc: '2.0', id, method,
  params: { ...params, _meta: { 'io.modelcontextprotocol/protocolVersion': modernRevision,
    'io.modelcontextprotocol/clientInfo': { name: 'end-to-end', version: '1' }, 'io.modelcontextprotocol/clientCapabilities': {} } } });

export const modern = (method, name) => ({ 'mcp-protocol-version': modernRevision, 'mcp-method': method, ...(name
  && { 'mcp-name': name }) });

// The gateway looks at ten failures a second; whoever tries many tokens waits in between.
export async function unhurried(ask) {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const answer = await ask();
    if (answer.status !== 429)
      return answer;
    await new Promise((resolve) => { setTimeout(resolve, Math.max(200, Number(answer.headers['retry-after'] ?? 0) * 1000)); });
  }
  throw new Error('429 for ever');
}
