// What the suite's server scenarios ask of a server, said once for both eras: tools, resources and prompts under the
// names that the suite calls. A tool gets its arguments and a `desk` with what a server does while it works.

import { createHmac, randomBytes } from 'node:crypto';

const text = (value) => ({ type: 'text', text: value });
const said = (value) => ({ content: [text(value)] });
const nothing = { type: 'object', properties: {} };
const takes = (properties) => ({ type: 'object', properties, required: Object.keys(properties) });
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
// 44 bytes of header and no sample.
const silence = Buffer.concat([Buffer.from('RIFF'), Buffer.from([36, 0, 0, 0]), Buffer.from('WAVEfmt '),
  Buffer.from([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]), Buffer.from('data'),
  Buffer.from([0, 0, 0, 0])]).toString('base64');

const form = (message, properties, required = Object.keys(properties)) => ({ message,
  requestedSchema: { type: 'object', properties, ...(required.length > 0 && { required }) } });
const titled = (...pairs) => pairs.map(([value, title]) => ({ const: value, title }));
const question = (words, most) => ({ messages: [{ role: 'user', content: text(words) }], maxTokens: most });
const name = { name: { type: 'string' } };

const defaults = form('Please look over what is filled in', {
  name: { type: 'string', description: 'a name', default: 'John Doe' },
  age: { type: 'integer', description: 'an age', default: 30 },
  score: { type: 'number', description: 'a score', default: 95.5 },
  status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
  verified: { type: 'boolean', default: true } }, []);

const options = ['option1', 'option2', 'option3'];
const enums = form('Please choose', {
  untitledSingle: { type: 'string', enum: options },
  titledSingle: { type: 'string', oneOf: titled(['value1', 'First Option'], ['value2', 'Second Option'], ['value3', 'Third Option']) },
  legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
  untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
  titledMulti: { type: 'array', items: { anyOf: titled(['value1', 'First Choice'], ['value2', 'Second Choice'], ['value3',
    'Third Choice']) } } }, []);

const address = { $anchor: 'addressDef', type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } };
const manyKeywords = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', $defs: { address },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] }, phone: { type: 'string' }, email: { type: 'string' } },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] }, else: { required: ['email'] }, additionalProperties: false };

const embedded = (uri, mimeType, content) => ({ type: 'resource', resource: { uri, mimeType, text: content } });
const outcome = (answer) => `action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`;

// Tools of both eras.
const shared = {
  test_simple_text: { does: async () => said('This is a simple text response for testing.') },
  test_image_content: { does: async () => ({ content: [{ type: 'image', data: pixel, mimeType: 'image/png' }] }) },
  test_audio_content: { does: async () => ({ content: [{ type: 'audio', data: silence, mimeType: 'audio/wav' }] }) },
  test_embedded_resource: { does: async () => ({ content: [embedded('test://embedded-resource', 'text/plain',
    'This is an embedded resource content.')] }) },
  test_multiple_content_types: { does: async () => ({ content: [text('Multiple content types test:'),
    { type: 'image', data: pixel, mimeType: 'image/png' },
    embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}')] }) },
  test_error_handling: { does: async () => ({ isError: true, ...said('This tool intentionally returns an error for testing') }) },
  test_tool_with_progress: { does: async (given, desk) => {
    for (const done of [0, 50, 100]) {
      await desk.progress(done, 100);
      await pause(50);
    }
    return said('worked through to 100');
  } },
  json_schema_2020_12_tool: { takes: manyKeywords, does: async (given) => said(`called with ${JSON.stringify(given)}`) },
};

const legacyOnly = {
  test_tool_with_logging: { does: async (given, desk) => {
    for (const words of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await desk.log('info', words);
      await pause(50);
    }
    return said('logged three times');
  } },
  test_sampling: { takes: takes({ prompt: { type: 'string' } }), does: async ({ prompt }, desk) => {
    const answer = await desk.ask('sampling/createMessage', question(prompt, 100));
    return said(`LLM response: ${answer.content.text}`);
  } },
  test_elicitation: { takes: takes({ message: { type: 'string' } }), does: async ({ message }, desk) => {
    const answer = await desk.ask('elicitation/create', form(message, { username: { type: 'string', description: 'who' },
      email: { type: 'string', description: 'where' } }));
    return said(`User response: ${outcome(answer)}`);
  } },
  test_elicitation_sep1034_defaults: { does: async (given, desk) =>
    said(`Elicitation completed: ${outcome(await desk.ask('elicitation/create', defaults))}`) },
  test_elicitation_sep1330_enums: { does: async (given, desk) =>
    said(`Elicitation completed: ${outcome(await desk.ask('elicitation/create', enums))}`) },
  test_reconnection: { does: async (given, desk) => {
    await pause(50);
    desk.closeStream();
    await pause(100);
    return said('came after the stream was closed');
  } },
};

// A state that the server can tell from one that somebody has changed.
const stateKey = randomBytes(32);
const seal = (value) => `${value}.${createHmac('sha256', stateKey).update(value).digest('base64url')}`;
export function opened(state) {
  const value = String(state).slice(0, String(state).lastIndexOf('.'));
  return seal(value) === state ? value : undefined;
}

const asked = (message, properties) => ({ method: 'elicitation/create', params: { mode: 'form', ...form(message, properties) } });
const sampled = (words, most) => ({ method: 'sampling/createMessage', params: question(words, most) });
const roots = { method: 'roots/list', params: {} };

// Asks with the given requests until there is an answer for each of them. done: makes the result of the answers.
const asking = (requests, done, state) => ({ does: async (given, desk) => {
  const answers = desk.answers ?? {};
  if (Object.keys(requests).every((one) => typeof answers[one] === 'object' && answers[one] !== null))
    return done(answers);
  return desk.inputRequired(requests, state && seal(state));
} });

const rounds = { does: async (given, desk) => {
  const answers = desk.answers ?? {};
  if (desk.state === 'second' && answers.step2 !== undefined)
    return said('both steps are done');
  if (desk.state === 'first' && answers.step1 !== undefined)
    return desk.inputRequired({ step2: asked('Step 2: What is your favorite color?', { color: { type: 'string' } }) }, seal('second'));
  return desk.inputRequired({ step1: asked('Step 1: What is your name?', name) }, seal('first'));
} };

const modernOnly = {
  test_input_required_result_elicitation: asking({ user_name: asked('What is your name?', name) },
    ({ user_name: answer }) => said(`Hello, ${answer.content?.name}!`)),
  test_input_required_result_sampling: asking({ capital_question: sampled('What is the capital of France?', 100) },
    ({ capital_question: answer }) => said(answer.content.text)),
  test_input_required_result_list_roots: asking({ client_roots: roots },
    ({ client_roots: answer }) => said(answer.roots.map((root) => root.uri).join(' '))),
  test_input_required_result_request_state: asking({ confirm: asked('Please confirm', { ok: { type: 'boolean' } }) },
    () => said('state-ok'), 'confirm'),
  test_input_required_result_multiple_inputs: asking({ user_name: asked('What is your name?', name),
    greeting: sampled('Generate a greeting', 50), client_roots: roots }, () => said('three answers'), 'three'),
  test_input_required_result_multi_round: rounds,
  test_input_required_result_tampered_state: asking({ confirm: asked('Please confirm', { ok: { type: 'boolean' } }) },
    () => said('nobody changed the state'), 'confirm'),
  test_input_required_result_capabilities: { does: async (given, desk) => {
    const requests = { ...(desk.capabilities.sampling && { thought: sampled('Think of something', 20) }),
      ...(desk.capabilities.elicitation && { user_name: asked('What is your name?', name) }) };
    return desk.answers === undefined && Object.keys(requests).length > 0 ? desk.inputRequired(requests) : said('nothing to ask');
  } },
  test_missing_capability: { does: async (given, desk) => {
    desk.mustHave({ sampling: {} });
    return said('the client can sample');
  } },
  test_streaming_elicitation: { does: async (given, desk) => {
    await desk.progress(1, 2);
    return desk.answers === undefined ? desk.inputRequired({ user_name: asked('What is your name?', name) }) : said('thank you');
  } },
  test_logging_tool: { does: async (given, desk) => {
    await desk.log('info', 'only for those who want it');
    return said('logged, or not');
  } },
  test_trigger_tool_change: { does: async (given, desk) => { await desk.changed('tools'); return said('the tools have changed'); } },
  test_trigger_prompt_change: { does: async (given, desk) => { await desk.changed('prompts'); return said('the prompts have changed'); } },
  test_custom_header: { takes: { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } },
    does: async ({ region }) => said(`region ${region}`) },
};

const resources = {
  'test://static-text': { name: 'static text', description: 'a text', mimeType: 'text/plain',
    read: () => ({ text: 'This is the content of the static text resource.' }) },
  'test://static-binary': { name: 'static binary', description: 'an image', mimeType: 'image/png', read: () => ({ blob: pixel }) },
  'test://watched-resource': { name: 'watched', description: 'may change', mimeType: 'text/plain', read: () => ({ text: 'watched' }) },
};

const user = (...contents) => ({ messages: contents.map((content) => ({ role: 'user', content })) });
const prompts = {
  test_simple_prompt: { says: () => user(text('This is a simple prompt for testing.')) },
  test_prompt_with_arguments: { takes: ['arg1', 'arg2'],
    says: ({ arg1, arg2 }) => user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)) },
  test_prompt_with_embedded_resource: { takes: ['resourceUri'], says: ({ resourceUri }) => user(
    embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'), text('Please process the embedded resource above.')) },
  test_prompt_with_image: { says: () => user({ type: 'image', data: pixel, mimeType: 'image/png' },
    text('Please analyze the image above.')) },
};
const contextPrompt = asking({ user_context: asked('What context should the prompt use?', { context: { type: 'string' } }) },
  ({ user_context: answer }) => user(text(`In the context of ${answer.content?.context}`)));
const modernPrompts = { test_input_required_result_prompt: { says: (given, desk) => contextPrompt.does(given, desk) } };

const missing = (what, data) => Object.assign(new Error(`${what} not found`), { code: -32602, ...(data && { data }) });

export function everythingOf(era) {
  const tools = { ...shared, ...(era === 'modern' ? modernOnly : legacyOnly) };
  const all = { ...prompts, ...(era === 'modern' && modernPrompts) };
  return {
    tools: () => Object.entries(tools).map(([tool, { takes: schema = nothing }]) => ({ name: tool,
      description: `what the scenario of ${tool} asks for`, inputSchema: schema })),
    call: (tool, given, desk) => {
      if (tools[tool] === undefined)
        throw missing(`Tool ${tool}`);
      return tools[tool].does(given, desk);
    },
    resources: () => Object.entries(resources).map(([uri, { read, ...rest }]) => ({ uri, ...rest })),
    templates: () => [{ uriTemplate: 'test://template/{id}/data', name: 'template', description: 'by its number',
      mimeType: 'application/json' }],
    read: (uri) => {
      const [, id] = /^test:\/\/template\/([^/]+)\/data$/.exec(uri) ?? [];
      if (id !== undefined)
        return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true,
          data: `Data for ID: ${id}` }) }] };
      if (resources[uri] === undefined)
        throw missing('Resource', { uri });
      return { contents: [{ uri, mimeType: resources[uri].mimeType, ...resources[uri].read() }] };
    },
    prompts: () => Object.entries(all).map(([prompt, { takes: names = [] }]) => ({ name: prompt, description: `the prompt ${prompt}`,
      arguments: names.map((one) => ({ name: one, description: `the argument ${one}`, required: true })) })),
    prompt: (prompt, given, desk) => {
      if (all[prompt] === undefined)
        throw missing(`Prompt ${prompt}`);
      return all[prompt].says(given, desk);
    },
    complete: ({ value }) => ({ completion: { values: ['paris', 'park', 'party'].filter((one) => one.startsWith(value)),
      total: 3, hasMore: false } }),
  };
}
