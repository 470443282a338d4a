#!/usr/bin/env node
// Plays the browser of a person who signs in and allows: follows redirects with a cookie jar and posts the forms of
// the test provider. A module (playBrowser) and a program:
//   browser.mjs [--login NAME] [--deny] URL
// BROWSER=browser.mjs works too, as xdg-open and keybearer honour it.

import http from 'node:http';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const mostHops = 20;
const mostWaiting = 60; // pages that say to look again; the gateway keeps each of them for up to twenty seconds

class CookieJar {
  constructor() {
    this.cookies = [];
  }

  take(url, headers) {
    for (const line of headers) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      const expired = attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one));
      this.cookies = this.cookies.filter((one) => !(one.name === name && one.path === path && one.host === url.host));
      if (!expired)
        this.cookies.push({ name, value, path, host: url.host });
    }
  }

  header(url) {
    return this.cookies
      .filter((one) => one.host === url.host && (url.pathname === one.path
        || url.pathname.startsWith(one.path.endsWith('/') ? one.path : `${one.path}/`)))
      .map((one) => `${one.name}=${one.value}`).join('; ');
  }
}

// One exchange as a browser makes it, without following the redirect.
export function exchange(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: { connection: 'close', ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve({ url: String(url), status: response.statusCode, headers: response.headers,
        text }));
      response.on('error', reject);
    });
    request.setTimeout(30000, () => request.destroy(new Error(`${url}: no answer in 30 seconds`)));
    request.on('error', reject);
    request.end(body);
  });
}

async function visit(jar, url, form) {
  const headers = { accept: 'text/html', cookie: jar.header(url) };
  if (form !== undefined)
    Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin }); // all forms here are same-origin
  const answer = await exchange(url, { method: form === undefined ? 'GET' : 'POST', headers, body: form?.toString() });
  jar.take(url, answer.headers['set-cookie'] ?? []);
  return answer;
}

// oidc-provider's own pages for a device code: here is the code (a script posts that one), and yes, that is the one.
function deviceFormOn(text, { deny }) {
  const form = /<form(?: id="op\.device(Input|Confirm)Form")?[^>]* action="([^"]+\/device)"[^>]*>([\s\S]*?)<\/form>/.exec(text);
  if (form === null || (form[1] === 'Input' && deny)) // who said no is asked for another code
    return undefined;
  const fields = new URLSearchParams();
  for (const [input] of form[3].matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1];
    if (name !== undefined)
      fields.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  if (form[1] === 'Confirm' && deny)
    fields.set('abort', 'yes');
  return { action: form[2], fields };
}

function formOn(text, { login, deny }) {
  const device = deviceFormOn(text, { deny });
  if (device !== undefined)
    return device;
  const action = /<form id="(login|consent)" method="post" action="([^"]+)"/.exec(text);
  if (action === null)
    return undefined;
  const fields = action[1] === 'login' ? { login, password: 'anything' } : { decision: deny ? 'deny' : 'allow' };
  return { action: action[2], fields: new URLSearchParams(fields) };
}

// A page that waits and says where to look again, as the gateway's does while a person is asked.
function lookAgain(answer) {
  const said = answer.headers.refresh
    ?? /<meta http-equiv="refresh" content="([^"]*)"/i.exec(answer.text)?.[1].replaceAll('&amp;', '&');
  const [, seconds, address] = /^\s*(\d+)\s*[;,]\s*url=(.+)$/i.exec(said ?? '') ?? [];
  return address && { milliseconds: Math.min(Number(seconds) * 1000, 1000), url: new URL(address, answer.url) };
}

// A page of the gateway with nothing but a button.
function buttonOn(text) {
  const [, attributes, inside] = /<form\b([^>]*)>([\s\S]*?)<\/form>/.exec(text) ?? [];
  const action = /\baction="([^"]+)"/.exec(attributes ?? '')?.[1];
  const inputs = [...(inside ?? '').matchAll(/<input\b[^>]*>/g)].map(([input]) => input);
  if (action === undefined || !/\bmethod="post"/i.test(attributes) || inputs.some((input) => !/\btype="hidden"/.test(input)))
    return undefined;
  const value = (input, name) => (new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  return { action: action.replaceAll('&amp;', '&'),
    fields: new URLSearchParams(inputs.map((input) => [value(input, 'name'), value(input, 'value')])) };
}

// Returns what the browser shows at the end: {url, status, headers, text}. With stopBefore(url) true the redirect to
// that address is returned as {redirect} instead of followed.
export async function playBrowser(startUrl, { login = 'ana', deny = false, stopBefore = () => false } = {}) {
  const jar = new CookieJar();
  let url = new URL(startUrl);
  let form;
  let waited = 0;
  for (let hop = 0; hop < mostHops; hop += 1) {
    const answer = await visit(jar, url, form);
    form = undefined;
    if (answer.status >= 300 && answer.status < 400) {
      url = new URL(answer.headers.location, url);
      if (stopBefore(url))
        return { redirect: url.href };
      continue;
    }
    const again = lookAgain(answer);
    if (again !== undefined && waited < mostWaiting) {
      waited += 1;
      hop -= 1;
      await new Promise((resolve) => { setTimeout(resolve, again.milliseconds); });
      url = again.url;
      continue;
    }
    const next = formOn(answer.text, { login, deny }) ?? buttonOn(answer.text);
    if (next === undefined)
      return answer;
    url = new URL(next.action, url);
    form = next.fields;
  }
  throw new Error(`more than ${mostHops} pages between ${startUrl} and ${url}`);
}

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: {
    login: { type: 'string', default: 'ana' }, deny: { type: 'boolean', default: false } } });
  if (positionals.length !== 1)
    throw new Error('usage: browser.mjs [--login NAME] [--deny] URL');
  const shown = await playBrowser(positionals[0], values);
  process.stdout.write(`${shown.status} ${new URL(shown.url).origin}\n`);
  process.exitCode = shown.status < 400 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    process.stderr.write(`browser: ${error.message}\n`);
    process.exit(1);
  });
}
