// The official SDKs as clients: the older one speaks the revisions up to 2025-11-25, the newer one 2026-07-28.

const named = { name: 'keybearer-conformance', version: '1.0.0' };
const answered = async (request) => ({ action: 'accept', content: request.params.requestedSchema === undefined ? {}
  : Object.fromEntries(Object.entries(request.params.requestedSchema.properties ?? {})
    .filter(([, property]) => property.type === 'boolean' && property.default === undefined)
    .map(([name]) => [name, true])) });

export async function legacyClient() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { ElicitRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
  const client = new Client(named, { capabilities: { elicitation: { form: { applyDefaults: true } } } });
  client.setRequestHandler(ElicitRequestSchema, answered);
  return client;
}

export async function modernClient() {
  const { Client } = await import('@modelcontextprotocol/client');
  const client = new Client(named, { versionNegotiation: { mode: { pin: '2026-07-28' } },
    capabilities: { elicitation: { form: {} }, sampling: {}, roots: {} } });
  client.setRequestHandler('elicitation/create', answered);
  client.setRequestHandler('roots/list', async () => ({ roots: [] }));
  client.setRequestHandler('sampling/createMessage', async () => ({ model: 'none', role: 'assistant',
    content: { type: 'text', text: 'nothing' } }));
  return client;
}

export async function stdioTransport(era, parameters) {
  const { StdioClientTransport } = era === 'modern' ? await import('@modelcontextprotocol/client/stdio')
    : await import('@modelcontextprotocol/sdk/client/stdio.js');
  return new StdioClientTransport(parameters);
}
