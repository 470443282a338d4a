// What a client does in each scenario, once it is connected. `client` is a Client of one of the official SDKs.

const callFirstTool = async (client) => {
  const { tools } = await client.listTools();
  if (tools.length > 0)
    await client.callTool({ name: tools[0].name, arguments: {} });
};

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

const steps = {
  initialize: async (client) => { await client.listTools(); },

  tools_call: async (client) => {
    const { tools } = await client.listTools();
    const tool = tools.find((one) => one.name === 'add_numbers');
    const { content } = await client.callTool({ name: tool.name, arguments: { a: 5, b: 3 } });
    if (!content[0].text.includes('8'))
      throw new Error(`5 + 3 is ${content[0].text}`);
  },

  'elicitation-sep1034-client-defaults': async (client) => {
    const { tools } = await client.listTools();
    await client.callTool({ name: tools[0].name, arguments: {} });
  },

  'http-standard-headers': async (client) => {
    for (const { name } of (await client.listTools()).tools)
      await client.callTool({ name, arguments: {} });
    for (const { uri } of (await client.listResources()).resources)
      await client.readResource({ uri });
    for (const { name } of (await client.listPrompts()).prompts)
      await client.getPrompt({ name });
  },

  'http-custom-headers': async (client, context) => {
    await client.listTools();
    for (const { name, arguments: given } of context.toolCalls)
      await client.callTool({ name, arguments: given });
  },

  // Whatever is offered is called: the tools with impossible headers must not be.
  'http-invalid-tool-headers': async (client) => {
    for (const { name, inputSchema } of (await client.listTools()).tools)
      await client.callTool({ name, arguments: Object.fromEntries(Object.keys(inputSchema.properties)
        .map((property) => [property, 'us-west1'])) });
  },

  // The newer SDK refuses a result without a type although it means a complete one; a bridge hands it on as it is.
  'sep-2322-client-request-state': async (client) => {
    const names = (await client.listTools()).tools.map((tool) => tool.name);
    const unrelated = names.find((name) => name.endsWith('unrelated'));
    await Promise.all(names.filter((name) => name !== unrelated).map(async (name) => {
      const call = client.callTool({ name, arguments: {} });
      await Promise.all([name.endsWith('no_result_type') ? call.catch(() => {}) : call,
        client.callTool({ name: unrelated, arguments: {} })]);
    }));
  },

  'json-schema-ref-no-deref': async (client) => { await client.listTools(); await pause(300); },

  'json-schema-2020-12-preservation': async (client) => {
    const { tools } = await client.listTools();
    await client.callTool({ name: 'json_schema_echo', arguments: {
      schema: tools.find((tool) => tool.name === 'json_schema_2020_12_tool').inputSchema } });
  },
};

export const stepsOf = (scenario) => steps[scenario] ?? callFirstTool;
