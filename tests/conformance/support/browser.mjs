#!/usr/bin/env node
// Plays the browser of a person who allows everything at once: one GET of the authorization URL without following
// the redirect, then one GET of where it leads to. BROWSER names a script that starts this.

import http from 'node:http';

function visit(url) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { accept: 'text/html', connection: 'close' } }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location }));
      response.on('error', reject);
    });
    request.setTimeout(20000, () => request.destroy(new Error(`${url}: no answer in 20 seconds`)));
    request.on('error', reject);
  });
}

const url = process.argv[2];
const asked = await visit(url);
if (asked.location === undefined) {
  process.stderr.write(`browser: ${url}: ${asked.status} and no redirect\n`);
  process.exit(1);
}
const callback = new URL(asked.location, url);
if (callback.hostname !== '127.0.0.1' && callback.hostname !== '[::1]') {
  process.stderr.write(`browser: sent to ${callback.origin}\n`);
  process.exit(1);
}
const shown = await visit(callback);
process.exit(shown.status < 400 ? 0 : 1);
