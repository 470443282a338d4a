// Debian's Chromium, headless, driven by playwright-core, with a profile that is gone after the test.

import { mkdtempSync, rmSync } from 'node:fs';

import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

// {page, complaints}: complaints are what the console calls errors.
export async function openBrowser(t) {
  const profile = mkdtempSync('/tmp/kb-chromium-');
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.KEYBEARER_TEST_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags });
  t.after(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (one) => {
    if (one.type() === 'error' && !one.location().url.endsWith('/favicon.ico'))
      complaints.push(`${one.text()} ${one.location().url}`);
  });
  return { page, complaints };
}
