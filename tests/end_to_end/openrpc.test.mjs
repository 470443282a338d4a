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
    // The names of the errors that a method says it may answer with.
    errorsOf(name) {
      const { errors } = document.methods.find((one) => one.name === name);
      return errors.map(({ $ref }) => document.components.errors[$ref.split('/').pop()].data.name);
    },
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

// Methods whose results other tests look at, and why this one cannot.
const elsewhere = {
  'consent.answer': 'the tray and the command line alone may', 'capability.open': 'the same',
  'sharing.pause': 'the same', 'sharing.resume': 'the same', 'broker.stop': 'the same',
  'signin.complete': 'takes what a browser on another machine ended at',
  'store.unlock': 'of a store in a file', 'store.lock': 'the same', 'store.migrate': 'the same', 'store.rekey': 'the same',
  'service_account.add': 'needs a provider that takes assertions',
  'demo.start': 'there is a provider of that name here', 'demo.stop': 'the same',
  'gateway.remove_client': 'needs a client that has registered', 'tool.show': 'needs a server that has shown tools',
  'tool.approve': 'the same', 'tool.forget': 'the same',
  'mcp.open': 'needs the gateway', 'token.proof': 'needs a token that is bound to a key',
};

test('results have the shape that the document promises, and no method is left out', async (t) => {
  const { broker } = await world(t);
  const client = await broker.client();
  const { check, methods } = await documented(client);
  const seen = new Set(Object.keys(elsewhere));
  const look = async (name, params) => {
    seen.add(name);
    const result = await client.call(name, params);
    check(name, result);
    return result;
  };
  check('hello', client.greeting);
  seen.add('hello');
  const started = await look('signin.start', { provider: 'demo' });
  await look('signin.status', { signin_id: started.signin_id });
  await look('signin.cancel', { signin_id: started.signin_id });
  await signIn(client);
  for (const [name, params] of [
    ['token.get', { provider: 'demo' }],
    ['session.list', {}], ['session.list', { limit: 1 }], ['session.show', { session_id: 'demo' }], ['session.refresh', { session_id: 'demo' }],
    ['session.rename', { session_id: 'demo', label: 'Ana' }],
    ['provider.list', {}], ['provider.show', { provider: 'github' }], ['provider.test', { provider: 'demo' }],
    ['provider.reload', { provider: 'demo' }], ['config.get', {}], ['config.reload', {}],
    ['service.test', { service: 'http://127.0.0.1:9/mcp' }], ['service.list', {}],
    ['consent.list', {}], ['consent.pending', {}], ['health.get', {}], ['caller.show', {}],
    ['audit.query', {}], ['audit.summary', {}], ['audit.verify', {}], ['audit.alerts', {}],
    ['events.subscribe', { topics: ['session.changed'] }], ['store.status', {}],
    ['metrics.get', {}], ['metrics.get', { format: 'json' }], ['capability.list', {}],
    ['apikey.add', { name: 'weather', value: 'k-1', header: 'X-Api-Key: {key}' }], ['apikey.list', {}],
    ['apikey.show', { name: 'weather' }], ['apikey.rotate', { name: 'weather', value: 'k-2' }],
    ['apikey.disable', { name: 'weather' }], ['apikey.enable', { name: 'weather' }],
    ['token.get', { provider: 'apikey', account: 'weather' }], ['apikey.remove', { name: 'weather' }],
    ['service_account.list', {}],
    ['client.add', { name: 'ci', allow: ['demo'] }], ['client.list', {}], ['client.show', { name: 'ci' }],
    ['client.disable', { name: 'ci' }], ['client.enable', { name: 'ci' }], ['client.rotate', { name: 'ci' }],
    ['client.remove', { name: 'ci' }],
    ['auth.explain', { tool: 'github.create_issue' }],
    ['gateway.start', {}], ['gateway.status', {}], ['gateway.rotate_keys', {}], ['gateway.keys', {}], ['gateway.clients', {}],
    ['gateway.stop', {}], ['demo.status', {}], ['tool.list', {}],
    ['rpc.discover', {}], ['session.revoke', { session_id: 'demo' }],
  ])
    await look(name, params);
  // What takes a name and gives nothing back but that is looked at by its refusal below.
  for (const name of ['consent.revoke', 'service_account.remove', 'service.remove'])
    seen.add(name);
  assert.deepEqual(methods.map(({ name }) => name).filter((name) => !seen.has(name)), [],
    'a method without a look at its result');
});

test('a refusal is one of those that the document lists for the method', async (t) => {
  const { broker } = await world(t, { more: { access: { mode: 'ask' } } });
  const client = await broker.client();
  const { methods, errorsOf } = await documented(client);
  const slow = new Set(['hello', 'events.subscribe']); // the first is over, the second refuses no more than params
  for (const method of methods.filter(({ name }) => !slow.has(name))) {
    const example = Object.fromEntries(method.examples[0].params.map(({ name, value }) => [name, value]));
    for (const params of [example, { no_such_member: 1 }, Object.fromEntries(Object.keys(example).map((key) => [key, 1.5]))]) {
      const failure = await client.call(method.name, params).catch((error) => error);
      if (failure.errorName !== undefined)
        assert.ok(errorsOf(method.name).includes(failure.errorName),
          `${method.name} answered ${failure.errorName}: ${failure.message}`);
    }
  }
});
