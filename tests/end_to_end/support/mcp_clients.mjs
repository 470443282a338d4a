// The official SDKs as MCP clients, one face for both: `older` is @modelcontextprotocol/sdk 1, `newer` is
// @modelcontextprotocol/client 2 and speaks 2026-07-28 alone. What a server asks is written down and answered.

import { load } from './mcp_packages.mjs';
import { commandProgram } from './broker.mjs';

const named = { name: 'end-to-end', version: '1.0.0' };
const capabilities = { sampling: {}, elicitation: { form: {}, url: {} }, roots: { listChanged: true } };

const answers = {
  'sampling/createMessage': { model: 'none', role: 'assistant', content: { type: 'text', text: 'something' } },
  'elicitation/create': { action: 'accept', content: { name: 'ana' } },
  'roots/list': { roots: [{ uri: 'file:///work', name: 'work' }] },
};

class Face {
  constructor() {
    this.asked = []; // the methods that the server asked
    this.heard = []; // the notifications that came, by method
    this.errors = [];
  }

  answer(method) {
    return async () => {
      this.asked.push(method);
      return answers[method];
    };
  }

  hear(method) {
    return (notification) => { this.heard.push({ method, params: notification.params }); };
  }

  heardOf(method) {
    return this.heard.filter((one) => one.method === method);
  }

  async text(name, given = {}, options = {}) {
    const result = await this.callTool(name, given, options);
    return result.content[0].text;
  }

  close() {
    return this.client.close();
  }
}

export class OlderClient extends Face {
  static era = 'legacy';

  static async connect(transport, options) {
    const { Client } = load('@modelcontextprotocol/sdk/client/index.js');
    const types = load('@modelcontextprotocol/sdk/types.js');
    const face = new OlderClient();
    face.client = new Client(named, { capabilities });
    face.client.onerror = (error) => face.errors.push(error);
    face.client.setRequestHandler(types.CreateMessageRequestSchema, face.answer('sampling/createMessage'));
    face.client.setRequestHandler(types.ElicitRequestSchema, face.answer('elicitation/create'));
    face.client.setRequestHandler(types.ListRootsRequestSchema, face.answer('roots/list'));
    face.client.setNotificationHandler(types.ToolListChangedNotificationSchema, face.hear('notifications/tools/list_changed'));
    face.client.setNotificationHandler(types.ResourceUpdatedNotificationSchema, face.hear('notifications/resources/updated'));
    await face.client.connect(transport, options);
    return face;
  }

  static overStdio(parameters) {
    const { StdioClientTransport } = load('@modelcontextprotocol/sdk/client/stdio.js');
    return new StdioClientTransport(parameters);
  }

  callTool(name, given = {}, options = {}) {
    return this.client.callTool({ name, arguments: given }, undefined, options);
  }

  async watch(uri) {
    await this.client.subscribeResource({ uri });
  }
}

export class NewerClient extends Face {
  static era = 'modern';

  static async connect(transport, options) {
    const { Client } = load('@modelcontextprotocol/client');
    const face = new NewerClient();
    face.client = new Client(named, { capabilities, versionNegotiation: { mode: { pin: '2026-07-28' } } });
    face.client.onerror = (error) => face.errors.push(error);
    for (const method of Object.keys(answers))
      face.client.setRequestHandler(method, face.answer(method));
    for (const method of ['notifications/tools/list_changed', 'notifications/resources/updated'])
      face.client.setNotificationHandler(method, face.hear(method));
    await face.client.connect(transport, options);
    return face;
  }

  static overStdio(parameters) {
    const { StdioClientTransport } = load('@modelcontextprotocol/client/stdio');
    return new StdioClientTransport(parameters);
  }

  callTool(name, given = {}, options = {}) {
    return this.client.callTool({ name, arguments: given }, options);
  }

  async watch(uri) {
    this.subscription = await this.client.listen({ toolsListChanged: true, resourceSubscriptions: [uri] });
  }

  async close() {
    await this.subscription?.close();
    await super.close();
  }
}

export const clientKinds = { older: OlderClient, newer: NewerClient };

// A client at the end of `keybearer mcp ...`. The process is the transport's and ends with it.
export async function bridged(broker, parameters, { kind = 'older', env = {}, ...options } = {}) {
  const Kind = clientKinds[kind];
  const transport = Kind.overStdio({ command: commandProgram, args: ['mcp', ...[parameters].flat()],
    env: { ...broker.environment, ...env }, stderr: 'pipe' });
  let said = '';
  transport.stderr.on('data', (chunk) => { said += chunk; });
  broker.closers.push(() => transport.close());
  try {
    const face = await Kind.connect(transport, options);
    face.transport = transport;
    face.stderr = () => said;
    return face;
  } catch (error) {
    error.message += `\nstandard error of the bridge: ${said}`;
    throw error;
  }
}
