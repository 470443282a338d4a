// A real browser on pages of strangers: whatever such a page tries, nothing reaches a server, nobody registers and no
// page of the gateway shows up in a frame. A page of a listed origin may do what an MCP client does.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { BareUpstream } from './support/bare_upstream.mjs';
import { GatewayWorld, message, modern } from './support/gateway_world.mjs';
import { LocalClient } from './support/local_client.mjs';
import { ask } from './support/operator.mjs';
import { openBrowser } from './support/real_browser.mjs';

// A site of somebody else: any path, the page that the test gives.
async function site(t) {
  const made = { html: '<!doctype html><title>stranger</title>', arrived: [] };
  const server = createServer((request, response) => {
    made.arrived.push(request.url);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(made.html);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  made.origin = `http://localhost:${server.address().port}`;
  return made;
}

// Everything that a script can send, in the page: {what: how it ended}.
async function attack({ base, key, call }) {
  const url = `${base}/desk/mcp`;
  const withKey = { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const attempts = {
    'a simple POST': () => fetch(url, { method: 'POST', mode: 'no-cors', body: call }),
    'a simple POST with cookies': () => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: call }),
    'JSON': () => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: call }),
    'JSON with a key that leaked': () => fetch(url, { method: 'POST', headers: withKey, body: call }),
    'GET': () => fetch(url),
    'GET with a key in the address': () => fetch(`${url}?access_token=${key}`, { mode: 'no-cors' }),
    'DELETE': () => fetch(url, { method: 'DELETE', headers: withKey }),
    'a registration': () => fetch(`${base}/as/desk/register`, { method: 'POST', mode: 'no-cors',
      body: '{"redirect_uris":["http://127.0.0.1/x"]}' }),
    'a registration as JSON': () => fetch(`${base}/as/desk/register`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: '{"redirect_uris":["http://127.0.0.1/x"]}' }),
    'metadata': () => fetch(`${base}/.well-known/oauth-authorization-server/as/desk`).then((answer) => answer.text()),
    'the token endpoint': () => fetch(`${base}/as/desk/token`, { method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token' }) }),
    'a beacon': async () => { if (!navigator.sendBeacon(url, call)) throw new Error('refused'); },
    'an event source': () => new Promise((resolve, reject) => { const source = new EventSource(url); source.onopen = resolve; source.onerror = reject; }),
    'a WebSocket': () => new Promise((resolve, reject) => { const socket = new WebSocket(url.replace('http',
      'ws')); socket.onopen = resolve; socket.onerror = reject; }),
    'an image': () => new Promise((resolve, reject) => { const image = new Image(); image.onload = resolve; image.onerror = reject; image.src = url; }),
    'a script': () => new Promise((resolve, reject) => { const script = document.createElement('script'); script.onload = resolve; script.onerror = reject;
      script.src = url; document.body.append(script); }),
    'a form': () => new Promise((resolve) => { const frame = document.createElement('iframe'); frame.name = 'sink'; document.body.append(frame);
      const form = document.createElement('form'); Object.assign(form, { method: 'post', action: url, target: 'sink',
        enctype: 'text/plain' });
      document.body.append(form); frame.onload = resolve; form.submit(); }),
  };
  const outcomes = {};
  for (const [what, attempt] of Object.entries(attempts)) {
    const late = new Promise((resolve) => { setTimeout(resolve, 3000, 'nothing'); });
    outcomes[what] = await Promise.race([late, attempt().then((answer) => (answer?.type === 'opaque' ? 'sent blindly' : 'read'),
      () => 'refused')]);
  }
  return outcomes;
}

test('T-14 T-17 a stranger\'s page: whatever it tries, nothing arrives and nothing is shown in a frame', { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } } });
  const key = await world.key('robot', 'desk');
  const stranger = await site(t);
  const { page } = await openBrowser(t);
  await page.goto(stranger.origin);
  const outcomes = await page.evaluate(attack, { base: world.base, key, call: JSON.stringify(message('tools/list')) });
  t.diagnostic(JSON.stringify(outcomes));
  assert.deepEqual(upstream.hits.map((hit) => `${hit.method} ${hit.url}`), []);
  assert.deepEqual((await ask(world.broker, 'gateway', 'clients')).clients, []);
  for (const [what, outcome] of Object.entries(outcomes))
    assert.ok(outcome !== 'read' || ['a beacon', 'a form'].includes(what), `${what} could be read`);

  const client = await LocalClient.register(world, 'desk');
  stranger.html = `<!doctype html><iframe src="${client.authorizationUrl().replaceAll('&', '&amp;')}"></iframe>`;
  await page.goto(stranger.origin);
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  for (const frame of frames) {
    const shown = await frame.evaluate(() => `${document.title} ${document.body?.innerText}`).catch(() => '');
    assert.doesNotMatch(shown, /Keybearer|end-to-end/, 'no page of the gateway in a frame');
  }
  assert.equal((await ask(world.broker, 'consent', 'pending')).pending.length, 0);
});

test('a page of a listed origin is a client like any other: it reads where to sign in, and lists tools with a token',
  { timeout: 60000 }, async (t) => {
  const upstream = await BareUpstream.start(t);
  const own = await site(t);
  const world = await GatewayWorld.start(t, { services: { desk: { url: upstream.url('desk') } },
    gateway: { allowed_origins: [own.origin] } });
  const key = await world.key('robot', 'desk');
  const { page } = await openBrowser(t);
  await page.goto(own.origin);
  const seen = await page.evaluate(async ({ url, base, token, call, fields }) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...fields };
    const challenge = await fetch(url, { method: 'POST', headers, body: call });
    const metadata = await (await fetch(`${base}/.well-known/oauth-authorization-server/as/desk`)).json();
    const registered = await fetch(metadata.registration_endpoint, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'page', redirect_uris: [`${location.origin}/callback`.replace('localhost', '127.0.0.1')] }) });
    const listed = await fetch(url, { method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` }, body: call });
    return { challenged: challenge.status, where: challenge.headers.get('www-authenticate'),
      registered: registered.status, listed: listed.status,
      tools: (await listed.json()).result.tools.length };
  }, { url: world.url('desk'), base: world.base, token: key, call: JSON.stringify(message('tools/list')), fields: modern('tools/list') });
  assert.match(seen.where ?? '', /resource_metadata=/);
  assert.deepEqual([seen.challenged, seen.registered, seen.listed, seen.tools], [401, 201, 200, 2]);
});
