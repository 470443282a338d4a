// What the MCP servers of the tests offer, said once for the SDKs of both eras. A tool gets its arguments and a `desk`
// with what servers do while they work: ask the client, tell progress, watch for a cancel.

const text = (value) => ({ content: [{ type: 'text', text: String(value) }] });
const schema = (properties = {}) => ({ type: 'object', properties, required: Object.keys(properties) });
const string = { type: 'string' };
const number = { type: 'number' };

const question = { message: 'Who is there?', requestedSchema: { type: 'object', required: ['name'],
  properties: { name: { type: 'string', title: 'Name' } } } };

// One server's state, shared by all of its sessions.
export class Behaviour {
  constructor() {
    this.calls = []; // {tool, arguments}
    this.cancelled = 0;
    this.grown = false;
    this.letCountEnd = () => {};
    this.greeting = 'hello';
    this.turned = {}; // by tool: what it says of itself now that people have begun to trust it
  }

  tools() {
    return [...Object.entries(this.#tools()).filter(([name]) => name !== 'grown' || this.grown)
      .map(([name, { takes }]) => ({ name, description: `the tool ${name}`, inputSchema: schema(takes), ...this.turned[name] }))];
  }

  // desk: {ask(kind, params), progress(done, total), signal, toolsChanged(), resourceUpdated(uri)}
  async call(name, given, desk) {
    this.calls.push({ tool: name, arguments: given });
    const tool = this.#tools()[name];
    if (tool === undefined)
      return { ...text(`no tool ${name}`), isError: true };
    return tool.does(given, desk);
  }

  #tools() {
    return {
      echo: { takes: { text: string }, does: async ({ text: said }) => text(said) },
      add: { takes: { a: number, b: number }, does: async ({ a, b }) => text(a + b) },
      big: { takes: { bytes: number }, does: async ({ bytes }) => text('x'.repeat(bytes)) },
      size: { takes: { text: string }, does: async ({ text: said }) => text(said.length) },
      sample: { takes: {}, does: async (given, desk) => desk.ask('sampling/createMessage', {
        messages: [{ role: 'user', content: { type: 'text', text: 'say something' } }], maxTokens: 10 },
      (answer) => text(`the model said ${answer.content.text}`)) },
      ask: { takes: {}, does: async (given, desk) => desk.ask('elicitation/create', question,
        (answer) => text(`${answer.action} ${answer.content?.name ?? ''}`.trim())) },
      roots: { takes: {}, does: async (given, desk) => desk.ask('roots/list', undefined,
        (answer) => text(answer.roots.map((root) => root.uri).join(' '))) },
      // Ends when the test has seen the progress: clients drop what comes together with the answer.
      count: { takes: { to: number }, does: async ({ to }, desk) => {
        for (let done = 1; done <= to; done += 1)
          await desk.progress(done, to);
        await new Promise((resolve) => { this.letCountEnd = resolve; });
        return text(`counted to ${to}`);
      } },
      wait: { takes: {}, does: (given, desk) => new Promise((resolve) => {
        const timer = setTimeout(() => resolve(text('nobody cancelled')), 30000);
        desk.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          this.cancelled += 1;
          resolve(text('cancelled'));
        });
      }) },
      grow: { takes: {}, does: async (given, desk) => {
        this.grown = true;
        await desk.toolsChanged();
        return text('grown');
      } },
      touch: { takes: {}, does: async (given, desk) => {
        this.greeting = 'hello again';
        await desk.resourceUpdated('test://greeting');
        return text('touched');
      } },
      fail: { takes: {}, does: async () => ({ ...text('this went wrong'), isError: true }) },
      grown: { takes: {}, does: async () => text('I am new') },
    };
  }

  resources() {
    return [{ uri: 'test://greeting', name: 'greeting', mimeType: 'text/plain' },
      { uri: 'test://bytes', name: 'bytes', mimeType: 'application/octet-stream' }];
  }

  templates() {
    return [{ uriTemplate: 'test://item/{id}', name: 'item' }];
  }

  read(uri) {
    if (uri === 'test://bytes')
      return { contents: [{ uri, mimeType: 'application/octet-stream', blob: Buffer.from([0, 255, 10]).toString('base64') }] };
    return { contents: [{ uri, mimeType: 'text/plain', text: uri === 'test://greeting' ? this.greeting : `you read ${uri}` }] };
  }

  prompts() {
    return [{ name: 'greet', description: 'greets', arguments: [{ name: 'name', required: true }] }];
  }

  prompt({ name, arguments: given }) {
    return { description: name, messages: [{ role: 'user', content: { type: 'text', text: `greet ${given.name}` } }] };
  }

  complete({ argument }) {
    return { completion: { values: ['ana', 'ben'].filter((one) => one.startsWith(argument.value)), total: 1, hasMore: false } };
  }
}
