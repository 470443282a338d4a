// What a person does first, with the installed commands and the ordinary places: start the demo, sign in, print a token.
// The one button of the demo provider's page is pressed by a script.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const keybearer = (...parameters) => execFileSync('keybearer', parameters, { encoding: 'utf8', timeout: 60000 });

async function pressTheButton(address) {
  const page = await (await fetch(address)).text();
  const form = new URLSearchParams(['csrf', 'transaction'].map((name) =>
    [name, page.match(new RegExp(`name="${name}" value="([^"]*)"`))[1]]));
  const place = new URL(address);
  const answer = await fetch(`${place.origin}${place.pathname}`,
    { method: 'POST', body: form, headers: { Origin: place.origin }, redirect: 'manual' });
  await fetch(answer.headers.get('location'));
}

async function signIn() {
  const login = spawn('keybearer', ['--json', 'login', 'demo', '--no-browser'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { login.on('close', resolve); });
  for await (const line of createInterface({ input: login.stdout })) {
    const address = JSON.parse(line).authorization_url;
    if (address !== undefined)
      await pressTheButton(address);
  }
  assert.equal(await ended, 0);
}

try {
  keybearer('config', 'set', 'access.mode', 'trusting'); // there is nobody to ask
  keybearer('demo', 'start');
  await signIn();
  const token = keybearer('token', 'demo').trim();
  assert.ok(token.length > 20);
  console.log(`A token of ${token.length} characters.`);
  console.log(keybearer('status'));
} finally {
  keybearer('stop');
}
