// MCP servers that are nothing but HTTP: a test says how each answers, and everything that reached one is written
// down. What nobody says otherwise is answered with a JSON-RPC result that tells the method back.

import { createServer } from 'node:http';

export async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function answerJson(response, value, status = 200, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export const startEvents = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
};

const listing = { tools: [{ name: 'one', description: 'the first', inputSchema: { type: 'object' } },
  { name: 'two', description: 'the second', inputSchema: { type: 'object' } }] };

async function answerHonestly(request, response) {
  const body = await bodyOf(request);
  if (request.method !== 'POST')
    return response.writeHead(405).end();
  const message = JSON.parse(body);
  if (message.id === undefined)
    return response.writeHead(202).end();
  const results = { 'tools/list': listing, initialize: { protocolVersion: '2025-11-25', capabilities: { tools: {} },
    serverInfo: { name: 'bare', version: '1' } } };
  return answerJson(response, { jsonrpc: '2.0', id: message.id, result: results[message.method] ?? { told: message.method,
    content: [{ type: 'text', text: `${message.params?.name}` }] } });
}

export class BareUpstream {
  static async start(t) {
    const upstream = new BareUpstream();
    upstream.hits = []; // {name, method, url, headers, rawHeaders}, oldest first
    upstream.answers = new Map();
    upstream.server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 60000 }, (request, response) => {
      const [, name] = /^\/([^/]+)\/mcp/.exec(request.url) ?? [];
      request.on('error', () => {});
      response.on('error', () => {});
      upstream.hits.push({ name, method: request.method, url: request.url, headers: request.headers, rawHeaders: request.rawHeaders });
      Promise.resolve((upstream.answers.get(name) ?? answerHonestly)(request, response)).catch((error) => response.destroy(error));
    });
    upstream.server.requestTimeout = 0;
    await new Promise((resolve) => { upstream.server.listen(0, '127.0.0.1', resolve); });
    upstream.origin = `http://127.0.0.1:${upstream.server.address().port}`;
    t.after(() => upstream.stop());
    return upstream;
  }

  url(name) {
    return `${this.origin}/${name}/mcp`;
  }

  // How the server of that name answers from now on.
  answer(name, how) {
    this.answers.set(name, how);
  }

  // A response that the next request of that name is held with, until the test goes on with it.
  next(name) {
    return new Promise((resolve) => {
      this.answer(name, (request, response) => {
        this.answers.delete(name);
        resolve({ request, response });
      });
    });
  }

  hitsOf(name) {
    return this.hits.filter((hit) => hit.name === name);
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
