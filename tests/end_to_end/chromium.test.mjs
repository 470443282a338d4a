// The sign-in once with a real browser: Debian's Chromium, headless, driven by playwright-core.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { test } from 'node:test';

import { chromium } from 'playwright-core';

import { signInEnd, startSignIn, world } from './support/journey.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

test('a person signs in with Chromium and sees the page of the broker at the end', async (t) => {
  const { provider, broker } = await world(t);
  const client = await broker.client();
  const started = await startSignIn(client);

  const profile = mkdtempSync('/tmp/kb-chromium-');
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.KEYBEARER_TEST_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags });
  t.after(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(started.authorization_url);
  await page.fill('input[name=login]', 'ana');
  await page.fill('input[name=password]', 'anything');
  await page.click('form#login button');
  await page.click('form#consent button[value=allow]');
  await page.waitForURL((url) => url.origin !== provider.issuer);

  assert.equal((await signInEnd(client, started.signin_id)).state, 'signed_in');
  const shown = await page.textContent('body');
  assert.match(shown, /Keybearer.*close this page/s);
  assert.deepEqual(complaints, []);
  // Neither the code nor the state stays in the address bar's page.
  const code = new URL(page.url()).searchParams.get('code');
  if (code !== null)
    assert.ok(!(await page.content()).includes(code));

  const token = await client.call('token.get', { provider: 'demo' });
  assert.equal((await provider.userinfo(token.access_token)).body.email, 'ana@example.com');
});
