// MCP servers on the loopback interface, built with the official SDKs: the era up to 2025-11-25 (Streamable HTTP with
// sessions, or HTTP with SSE as in 2024-11-05) and 2026-07-28. With a provider in front, requests need a token of it.

import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';

import { Behaviour } from './mcp_behaviour.mjs';
import { load } from './mcp_packages.mjs';

const named = { name: 'counterpart', version: '1.0.0' };
const capabilities = { tools: { listChanged: true }, resources: { listChanged: true, subscribe: true },
  prompts: { listChanged: true }, completions: {}, logging: {} };
const largestBody = 64 * 1024 * 1024;

function legacyDesk(server, request, extra) {
  const types = load('@modelcontextprotocol/sdk/types.js');
  const results = { 'sampling/createMessage': types.CreateMessageResultSchema, 'elicitation/create': types.ElicitResultSchema,
    'roots/list': types.ListRootsResultSchema };
  const token = request.params._meta?.progressToken;
  return {
    signal: extra.signal,
    ask: async (method, params, then) => then(await extra.sendRequest({ method, ...(params && { params }) }, results[method])),
    progress: (progress, total) => (token === undefined ? undefined
      : extra.sendNotification({ method: 'notifications/progress', params: { progressToken: token, progress, total } })),
    toolsChanged: () => server.sendToolListChanged(),
    resourceUpdated: (uri) => server.sendResourceUpdated({ uri }),
  };
}

export function legacyMcpServer(behaviour) {
  const { Server } = load('@modelcontextprotocol/sdk/server/index.js');
  const types = load('@modelcontextprotocol/sdk/types.js');
  const server = new Server(named, { capabilities });
  const on = (schema, answer) => server.setRequestHandler(schema, answer);
  on(types.ListToolsRequestSchema, async () => ({ tools: behaviour.tools() }));
  on(types.CallToolRequestSchema, (request, extra) => behaviour.call(request.params.name, request.params.arguments ?? {},
    legacyDesk(server, request, extra)));
  on(types.ListResourcesRequestSchema, async () => ({ resources: behaviour.resources() }));
  on(types.ListResourceTemplatesRequestSchema, async () => ({ resourceTemplates: behaviour.templates() }));
  on(types.ReadResourceRequestSchema, async (request) => behaviour.read(request.params.uri));
  on(types.SubscribeRequestSchema, async () => ({}));
  on(types.UnsubscribeRequestSchema, async () => ({}));
  on(types.ListPromptsRequestSchema, async () => ({ prompts: behaviour.prompts() }));
  on(types.GetPromptRequestSchema, async (request) => behaviour.prompt(request.params));
  on(types.CompleteRequestSchema, async (request) => behaviour.complete(request.params));
  return server;
}

// The SDK reads no more than 4 MB itself.
async function parsedBody(request) {
  if (request.method !== 'POST')
    return undefined;
  const chunks = [];
  for await (const chunk of request)
    chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks));
}

// Answers for one session each; the session lives until it is deleted.
function legacyListener(behaviour) {
  const { StreamableHTTPServerTransport } = load('@modelcontextprotocol/sdk/server/streamableHttp.js');
  const sessions = new Map();
  const answer = async (request, response) => {
    const known = sessions.get(request.headers['mcp-session-id']);
    if (known !== undefined)
      return known.handleRequest(request, response, await parsedBody(request));
    if (request.headers['mcp-session-id'] !== undefined) {
      response.writeHead(404, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } }));
    }
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => { sessions.set(id, transport); },
      onsessionclosed: (id) => { sessions.delete(id); } });
    await legacyMcpServer(behaviour).connect(transport);
    return transport.handleRequest(request, response);
  };
  return { answer, sessions, close: () => Promise.all([...sessions.values()].map((one) => one.close())) };
}

// HTTP with SSE: GET /mcp is the stream, messages are POSTed to what its first event names.
function sseListener(behaviour) {
  const { SSEServerTransport } = load('@modelcontextprotocol/sdk/server/sse.js');
  const sessions = new Map();
  const answer = async (request, response) => {
    const url = new URL(request.url, 'http://host');
    if (request.method === 'GET' && url.pathname === '/mcp') {
      const transport = new SSEServerTransport('/messages', response);
      sessions.set(transport.sessionId, transport);
      response.on('close', () => sessions.delete(transport.sessionId));
      return legacyMcpServer(behaviour).connect(transport);
    }
    const transport = sessions.get(url.searchParams.get('sessionId'));
    if (request.method === 'POST' && url.pathname === '/messages' && transport !== undefined)
      return transport.handlePostMessage(request, response, await parsedBody(request));
    return response.writeHead(request.method === 'POST' ? 405 : 404).end();
  };
  return { answer, sessions, close: async () => {} };
}

// The desk of the newer era: what is asked comes back with the next round.
function modernDesk(handler, { inputRequired }, context) {
  const asks = { 'sampling/createMessage': inputRequired.createMessage, 'elicitation/create': inputRequired.elicit,
    'roots/list': inputRequired.listRoots };
  const token = context.mcpReq._meta?.progressToken;
  return {
    signal: context.mcpReq.signal,
    ask: async (method, params, then) => {
      const answer = context.mcpReq.inputResponses?.asked;
      return answer === undefined ? inputRequired({ inputRequests: { asked: asks[method](params) },
        requestState: `waiting for ${method}` }) : then(answer);
    },
    progress: (progress, total) => (token === undefined ? undefined
      : context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, progress, total } })),
    toolsChanged: async () => handler().notify.toolsChanged(),
    resourceUpdated: async (uri) => handler().notify.resourceUpdated(uri),
  };
}

function modernListener(behaviour) {
  const sdk = load('@modelcontextprotocol/server');
  const { toNodeHandler } = load('@modelcontextprotocol/node');
  const factory = () => {
    const server = new sdk.Server(named, { capabilities });
    server.setRequestHandler('tools/list', async () => ({ tools: behaviour.tools() }));
    server.setRequestHandler('tools/call', (request, context) => behaviour.call(request.params.name,
      request.params.arguments ?? {}, modernDesk(() => handler, sdk, context)));
    server.setRequestHandler('resources/list', async () => ({ resources: behaviour.resources() }));
    server.setRequestHandler('resources/templates/list', async () => ({ resourceTemplates: behaviour.templates() }));
    server.setRequestHandler('resources/read', async (request) => behaviour.read(request.params.uri));
    server.setRequestHandler('prompts/list', async () => ({ prompts: behaviour.prompts() }));
    server.setRequestHandler('prompts/get', async (request) => behaviour.prompt(request.params));
    server.setRequestHandler('completion/complete', async (request) => behaviour.complete(request.params));
    return server;
  };
  const handler = sdk.createMcpHandler(factory, { legacy: 'reject', maxRequestBodySize: largestBody });
  return { answer: toNodeHandler(handler, { maxRequestBodySize: largestBody }), sessions: new Map(), close: () => handler.close() };
}

const listeners = { legacy: legacyListener, sse: sseListener, modern: modernListener };

// Who may come in: holders of an access token that the provider issued for this very server.
class Doorkeeper {
  constructor(provider, scopes) {
    Object.assign(this, { provider, scopes, refused: 0, tokens: new Set() });
  }

  async mayEnter(request, resource) {
    const [, value] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    const token = value && await this.provider.provider.AccessToken.find(value);
    if (!token || token.isExpired || ![token.aud].flat().includes(resource)) {
      this.refused += 1;
      return false;
    }
    this.tokens.add(value);
    return true;
  }
}

export class McpCounterpart {
  // kind: legacy, sse or modern. provider: of tests/support/provider.mjs; without one nobody is asked for a token.
  // server: what takes connections, and origin(port) where clients find it.
  static async start(kind, { provider, scopes = ['read'], server = createServer(),
    origin = (port) => `http://127.0.0.1:${port}` } = {}) {
    const counterpart = new McpCounterpart();
    const behaviour = new Behaviour();
    const listener = listeners[kind](behaviour);
    Object.assign(counterpart, { kind, behaviour, listener, server, requests: [], sockets: new Set(),
      door: provider && new Doorkeeper(provider, scopes) });
    server.on('connection', (socket) => {
      counterpart.sockets.add(socket);
      socket.on('close', () => counterpart.sockets.delete(socket));
    });
    server.on('request', (request, response) => {
      counterpart.requests.push({ method: request.method, url: request.url, headers: request.headers,
        httpVersion: request.httpVersion });
      counterpart.#answer(request, response).catch((error) => {
        if (!response.headersSent)
          response.writeHead(500);
        response.end(String(error));
      });
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    counterpart.port = server.address().port;
    counterpart.origin = origin(counterpart.port);
    counterpart.url = `${counterpart.origin}/mcp`;
    return counterpart;
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, 'http://host');
    if (pathname === '/.well-known/oauth-protected-resource/mcp' && this.door !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ resource: this.url, authorization_servers: [this.door.provider.issuer],
        scopes_supported: this.door.scopes }));
    }
    if (pathname.startsWith('/.well-known/'))
      return response.writeHead(404).end();
    if (this.door !== undefined && !await this.door.mayEnter(request, this.url)) {
      response.writeHead(401, { 'content-type': 'application/json',
        'www-authenticate': `Bearer resource_metadata="${this.origin}/.well-known/oauth-protected-resource/mcp"` });
      return response.end(JSON.stringify({ error: 'invalid_token' }));
    }
    return this.listener.answer(request, response);
  }

  async stop() {
    await this.listener.close();
    for (const socket of this.sockets)
      socket.destroy();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
