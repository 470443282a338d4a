// A server on the loopback interface that the suite's server scenarios run against, built with the official SDKs:
// sessions and resumable streams for 2025-11-25, stateless for 2026-07-28. What it offers is in everything.mjs.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { everythingOf, opened } from './everything.mjs';

const named = { name: 'reference', version: '1.0.0' };

// Events of streams that were closed, for clients that come back with the last one they had.
class Events {
  kept = [];

  async storeEvent(streamId, message) {
    this.kept.push({ streamId, message });
    return `${streamId}_${this.kept.length}`;
  }

  async replayEventsAfter(lastEventId, { send }) {
    const at = lastEventId.lastIndexOf('_');
    const streamId = lastEventId.slice(0, at);
    for (const [number, event] of this.kept.entries()) {
      if (event.streamId === streamId && number >= Number(lastEventId.slice(at + 1)) && Object.keys(event.message).length > 0)
        await send(`${streamId}_${number + 1}`, event.message);
    }
    return streamId;
  }
}

function legacyDesk(types, request, extra) {
  const results = { 'sampling/createMessage': types.CreateMessageResultSchema, 'elicitation/create': types.ElicitResultSchema };
  const token = request.params._meta?.progressToken;
  return {
    ask: (method, params) => extra.sendRequest({ method, params }, results[method]),
    log: (level, data) => extra.sendNotification({ method: 'notifications/message', params: { level, data } }),
    progress: (progress, total) => (token === undefined ? undefined
      : extra.sendNotification({ method: 'notifications/progress', params: { progressToken: token, progress, total } })),
    closeStream: () => extra.closeSSEStream?.(),
  };
}

async function legacyServer(everything) {
  const { Server } = await import('@modelcontextprotocol/sdk/server/index.js');
  const types = await import('@modelcontextprotocol/sdk/types.js');
  return () => {
    const server = new Server(named, { capabilities: { tools: { listChanged: true }, resources: { subscribe: true, listChanged: true },
      prompts: { listChanged: true }, completions: {}, logging: {} } });
    const on = (schema, answer) => server.setRequestHandler(schema, async (request, extra) => answer(request.params ?? {}, request, extra));
    on(types.ListToolsRequestSchema, () => ({ tools: everything.tools() }));
    on(types.CallToolRequestSchema, (params, request, extra) => everything.call(params.name, params.arguments ?? {},
      legacyDesk(types, request, extra)));
    on(types.ListResourcesRequestSchema, () => ({ resources: everything.resources() }));
    on(types.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: everything.templates() }));
    on(types.ReadResourceRequestSchema, ({ uri }) => everything.read(uri));
    on(types.SubscribeRequestSchema, () => ({}));
    on(types.UnsubscribeRequestSchema, () => ({}));
    on(types.ListPromptsRequestSchema, () => ({ prompts: everything.prompts() }));
    on(types.GetPromptRequestSchema, (params) => everything.prompt(params.name, params.arguments ?? {}));
    on(types.CompleteRequestSchema, ({ argument }) => everything.complete(argument));
    on(types.SetLevelRequestSchema, () => ({}));
    return server;
  };
}

const refuse = (response, status, message) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32000, message } }));
};

async function legacyListener() {
  const { StreamableHTTPServerTransport } = await import('@modelcontextprotocol/sdk/server/streamableHttp.js');
  const make = await legacyServer(everythingOf('legacy'));
  const sessions = new Map();
  const answer = async (request, response) => {
    const id = request.headers['mcp-session-id'];
    if (id !== undefined)
      return sessions.has(id) ? sessions.get(id).handleRequest(request, response) : refuse(response, 404, 'Session not found');
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID(), eventStore: new Events(),
      retryInterval: 100, onsessioninitialized: (made) => { sessions.set(made, transport); },
      onsessionclosed: (closed) => { sessions.delete(closed); } });
    await make().connect(transport);
    return transport.handleRequest(request, response);
  };
  return { answer, close: () => Promise.all([...sessions.values()].map((one) => one.close())) };
}

function modernDesk(sdk, handler, context) {
  const { _meta: meta = {}, envelope = {} } = context.mcpReq;
  const capabilities = envelope['io.modelcontextprotocol/clientCapabilities'] ?? {};
  const token = meta.progressToken;
  return {
    capabilities,
    answers: context.mcpReq.inputResponses,
    state: context.mcpReq.requestState?.(),
    inputRequired: (inputRequests, requestState) => sdk.inputRequired({ inputRequests, ...(requestState && { requestState }) }),
    mustHave: (required) => {
      const lacking = Object.fromEntries(Object.entries(required).filter(([one]) => capabilities[one] === undefined));
      if (Object.keys(lacking).length > 0)
        throw new sdk.MissingRequiredClientCapabilityError({ requiredCapabilities: lacking });
    },
    log: (level, data) => (envelope['io.modelcontextprotocol/logLevel'] === undefined ? undefined
      : context.mcpReq.notify({ method: 'notifications/message', params: { level, data } })),
    progress: (progress, total) => (token === undefined ? undefined
      : context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, progress, total } })),
    changed: (what) => (what === 'tools' ? handler().notify.toolsChanged() : handler().notify.promptsChanged()),
  };
}

async function modernListener() {
  const sdk = await import('@modelcontextprotocol/server');
  const { toNodeHandler } = await import('@modelcontextprotocol/node');
  const everything = everythingOf('modern');
  const verify = async (state) => {
    if (opened(state) === undefined)
      throw new Error('somebody has changed the state');
    return opened(state);
  };
  const factory = () => {
    const server = new sdk.McpServer(named, { requestState: { verify }, capabilities: { tools: { listChanged: true },
      resources: { listChanged: true, subscribe: true }, prompts: { listChanged: true }, completions: {} } });
    for (const tool of everything.tools()) // only those that it knows have their Mcp-Param headers compared
      server.registerTool(tool.name, { inputSchema: sdk.fromJsonSchema(tool.inputSchema) }, () => {});
    const on = (method, answer) => server.server.setRequestHandler(method,
      async (request, context) => answer(request.params ?? {}, context));
    on('tools/list', () => ({ tools: everything.tools() }));
    on('tools/call', (params, context) => everything.call(params.name, params.arguments ?? {}, modernDesk(sdk, () => handler, context)));
    on('resources/list', () => ({ resources: everything.resources() }));
    on('resources/templates/list', () => ({ resourceTemplates: everything.templates() }));
    on('resources/read', ({ uri }) => everything.read(uri));
    on('prompts/list', () => ({ prompts: everything.prompts() }));
    on('prompts/get', (params, context) => everything.prompt(params.name, params.arguments ?? {}, modernDesk(sdk, () => handler, context)));
    on('completion/complete', ({ argument }) => everything.complete(argument));
    return server;
  };
  const handler = sdk.createMcpHandler(factory, { legacy: 'reject' });
  return { answer: toNodeHandler(handler), close: () => handler.close() };
}

const isLocal = (value) => /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(value);

export class ReferenceServer {
  static async start(era) {
    const reference = new ReferenceServer();
    reference.requests = 0;
    const { answer, close } = era === 'modern' ? await modernListener() : await legacyListener();
    reference.server = createServer((request, response) => {
      reference.requests += 1;
      const { host = '', origin } = request.headers;
      if (!isLocal(host) || (origin !== undefined && !isLocal(origin)))
        return refuse(response, 403, 'not from here');
      return Promise.resolve(answer(request, response)).catch((error) => response.destroy(error));
    });
    reference.closeSessions = close;
    await new Promise((resolve) => { reference.server.listen(0, '127.0.0.1', resolve); });
    reference.url = `http://127.0.0.1:${reference.server.address().port}/mcp`;
    return reference;
  }

  async stop() {
    await this.closeSessions();
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
