// The official SDKs as clients of `keybearer mcp` against servers built with the official SDKs: both eras on both
// sides, so that two of the four ways are translations; once open to everybody and once behind a sign-in.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bridged } from './support/mcp_clients.mjs';
import { mcpWorld, openedBrowsers } from './support/mcp_world.mjs';
import { until } from './support/wait.mjs';

const tenMegabytes = 10_000_000; // with what is around it just below what the SDKs take over a pipe

async function toolsWork(client, server) {
  const { tools } = await client.client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name).sort(),
    server.behaviour.tools().map((tool) => tool.name).sort());
  assert.equal(await client.text('add', { a: 2, b: 40 }), '42');
  assert.equal(await client.text('echo', { text: 'ü€𐍈 "quoted"\nline' }), 'ü€𐍈 "quoted"\nline');
  const failed = await client.callTool('fail');
  assert.equal(failed.isError, true);
}

async function resourcesAndPromptsWork({ client }) {
  assert.deepEqual((await client.listResources()).resources.map((one) => one.uri), ['test://greeting', 'test://bytes']);
  assert.equal((await client.listResourceTemplates()).resourceTemplates[0].uriTemplate, 'test://item/{id}');
  assert.equal((await client.readResource({ uri: 'test://greeting' })).contents[0].text, 'hello');
  assert.equal((await client.readResource({ uri: 'test://bytes' })).contents[0].blob, 'AP8K');
  assert.equal((await client.readResource({ uri: 'test://item/7 ä' })).contents[0].text, 'you read test://item/7 ä');
  assert.deepEqual((await client.listPrompts()).prompts.map((one) => one.name), ['greet']);
  assert.equal((await client.getPrompt({ name: 'greet', arguments: { name: 'ana' } })).messages[0].content.text, 'greet ana');
  const completed = await client.complete({ ref: { type: 'ref/prompt', name: 'greet' },
    argument: { name: 'name', value: 'a' } });
  assert.deepEqual(completed.completion.values, ['ana']);
}

async function serverMayAsk(client) {
  assert.equal(await client.text('sample'), 'the model said something');
  assert.equal(await client.text('ask'), 'accept ana');
  assert.equal(await client.text('roots'), 'file:///work');
  assert.deepEqual(client.asked, ['sampling/createMessage', 'elicitation/create', 'roots/list']);
  const together = await Promise.all([client.text('sample'), client.text('ask'), client.text('add', { a: 1, b: 1 })]);
  assert.deepEqual(together, ['the model said something', 'accept ana', '2']);
}

async function progressArrives(client, { behaviour }) {
  const seen = [];
  const counted = client.text('count', { to: 3 }, { onprogress: ({ progress }) => seen.push(progress) });
  await until('the progress', () => seen.length === 3);
  behaviour.letCountEnd();
  assert.equal(await counted, 'counted to 3');
  assert.deepEqual(seen, [1, 2, 3]);
}

async function cancelArrives(client, { behaviour }) {
  const before = behaviour.calls.length;
  const abort = new AbortController();
  const waiting = client.callTool('wait', {}, { signal: abort.signal });
  const ended = assert.rejects(waiting);
  await until('the call to arrive', () => behaviour.calls.length > before);
  abort.abort();
  await ended;
  await until('the cancel to arrive', () => behaviour.cancelled === 1);
  assert.equal(await client.text('add', { a: 1, b: 2 }), '3');
}

async function changesArrive(client) {
  await client.watch('test://greeting');
  assert.equal(await client.text('grow'), 'grown');
  await until('that there are other tools', () => client.heardOf('notifications/tools/list_changed').length > 0);
  assert.ok((await client.client.listTools()).tools.some((tool) => tool.name === 'grown'));
  assert.equal(await client.text('touch'), 'touched');
  const [updated] = await until('that the resource is another', () => {
    const heard = client.heardOf('notifications/resources/updated');
    return heard.length > 0 && heard;
  });
  assert.equal(updated.params.uri, 'test://greeting');
  assert.equal((await client.client.readResource({ uri: 'test://greeting' })).contents[0].text, 'hello again');
}

async function largeMessagesPass(client) {
  assert.equal((await client.text('big', { bytes: tenMegabytes })).length, tenMegabytes);
  assert.equal(await client.text('size', { text: 'y'.repeat(tenMegabytes) }), String(tenMegabytes));
}

for (const kind of ['older', 'newer']) {
  for (const era of ['legacy', 'modern']) {
    test(`The ${kind} SDK has all of a ${era} server through the bridge`, { timeout: 60000 }, async (t) => {
      const { server, broker } = await mcpWorld(t, era);
      const client = await bridged(broker, server.url, { kind });
      await t.test('tools', () => toolsWork(client, server));
      await t.test('resources, prompts and completion', () => resourcesAndPromptsWork(client));
      await t.test('sampling, elicitation and roots', () => serverMayAsk(client));
      await t.test('progress', () => progressArrives(client, server));
      await t.test('cancellation', () => cancelArrives(client, server));
      await t.test('list changes and updates', () => changesArrive(client));
      await t.test('10 MB messages', () => largeMessagesPass(client));
      await client.close();
      assert.deepEqual(client.errors.map(String), []);
    });

    test(`The ${kind} SDK reaches a ${era} server behind a sign-in: one browser, and the call goes on`,
      { timeout: 60000 }, async (t) => {
        const { server, broker } = await mcpWorld(t, era, { auth: true });
        const client = await bridged(broker, server.url, { kind });
        await toolsWork(client, server);
        await serverMayAsk(client);
        const opened = openedBrowsers(broker);
        assert.equal(opened.length, 1);
        assert.equal(new URL(opened[0]).searchParams.get('resource'), server.url);
        await client.close();

        const second = await bridged(broker, server.url, { kind });
        assert.equal(await second.text('add', { a: 3, b: 4 }), '7');
        await second.close();
        assert.equal(openedBrowsers(broker).length, 1);
        assert.equal(server.door.tokens.size, 1, 'the second bridge has the same token');
      });
  }
}

test('The older SDK has all of a server with HTTP and SSE of 2024-11-05 through the bridge', { timeout: 60000 },
  async (t) => {
    const { server, broker } = await mcpWorld(t, 'sse');
    const client = await bridged(broker, server.url);
    await t.test('tools', () => toolsWork(client, server));
    await t.test('resources, prompts and completion', () => resourcesAndPromptsWork(client));
    await t.test('sampling, elicitation and roots', () => serverMayAsk(client));
    await t.test('cancellation', () => cancelArrives(client, server));
    await t.test('list changes and updates', () => changesArrive(client));
    await t.test('10 MB messages', () => largeMessagesPass(client));
    await client.close();
  });
