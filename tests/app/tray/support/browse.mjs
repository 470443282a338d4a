// A person with the real Chromium: opens the page that BROWSER was given, signs in, allows, and reads the last page.
//   browse.mjs URL; writes what that page says to $KB_TEST_BROWSED
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(new URL('../../../end_to_end/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];
const profile = mkdtempSync(join(tmpdir(), 'kb-chromium-'));
let said;
try {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.KEYBEARER_TEST_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags });
  const page = await browser.newPage();
  const { origin } = new URL(process.argv[2]);
  await page.goto(process.argv[2]);
  await page.fill('input[name=login]', 'ana');
  await page.fill('input[name=password]', 'anything');
  await page.click('form#login button');
  await page.click('form#consent button[value=allow]');
  await page.waitForURL((url) => url.origin !== origin);
  said = await page.textContent('body');
  await browser.close();
} catch (error) {
  said = `failed: ${error.stack}`;
} finally {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
writeFileSync(process.env.KB_TEST_BROWSED, said);
