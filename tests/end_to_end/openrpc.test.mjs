// The OpenRPC document says what the broker does: the same methods, and results of the shape that it promises.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { signIn, world } from './support/journey.mjs';

async function documented(client) {
  const document = await client.call('rpc.discover');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  ajv.addSchema({ $id: 'openrpc', components: document.components });
  const schemaOf = (method) => JSON.parse(JSON.stringify(method.result.schema).replaceAll('"#/', '"openrpc#/'));
  return {
    methods: document.methods,
    check(name, result) {
      const method = document.methods.find((one) => one.name === name);
      assert.notEqual(method, undefined, `${name} is not documented`);
      const validate = ajv.compile(schemaOf(method));
      assert.ok(validate(result), `${name}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(result, null, 1)}`);
    },
  };
}

test('every documented method is served, and a mistyped one is guessed', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const { methods } = await documented(client);
  for (const { name } of methods.filter((one) => one.name !== 'hello')) {
    const failure = await client.call(name, { no_such_member: 1 }).catch((error) => error);
    assert.notEqual(failure.errorName, 'method_not_found', name);
  }
  const hint = await client.callFails('session.lst', {});
  assert.equal(hint.data.did_you_mean, 'session.list');
});

test('results have the shape that the document promises', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const { check } = await documented(client);
  check('hello', client.greeting);
  await signIn(client);
  const calls = [
    ['token.get', { provider: 'demo' }],
    ['session.list', {}], ['session.show', { session_id: 'demo' }], ['session.refresh', { session_id: 'demo' }],
    ['session.rename', { session_id: 'demo', label: 'Ana' }],
    ['provider.list', {}], ['provider.show', { provider: 'github' }],
    ['consent.list', {}], ['consent.pending', {}], ['health.get', {}], ['audit.query', {}], ['audit.verify', {}],
    ['events.subscribe', { topics: ['session.changed'] }], ['store.status', {}],
    ['apikey.add', { name: 'weather', value: 'k-1', header: 'X-Api-Key: {key}' }], ['apikey.list', {}],
    ['token.get', { provider: 'apikey', account: 'weather' }], ['apikey.remove', { name: 'weather' }],
    ['service_account.list', {}],
    ['auth.explain', { tool: 'github.create_issue' }],
    ['session.revoke', { session_id: 'demo' }],
  ];
  for (const [name, params] of calls)
    check(name, await client.call(name, params));
});
