// An authorization server that says what a test tells it to say, down to the bytes: for answers that no real one
// gives. Its authorization endpoint is never asked: the test pastes the answer of the browser.

import { createServer } from 'node:net';

const head = (status, headers) => [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  'connection: close', '', ''].join('\r\n');

export function rawAnswer(status, body, headers = {}) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  return Buffer.concat([Buffer.from(head(status, { 'content-type': 'application/json', 'content-length': bytes.length,
    ...headers })), bytes]);
}

export const jsonAnswer = (value, status = '200 OK', headers = {}) => rawAnswer(status, JSON.stringify(value), headers);

function parseRequest(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0)
    return undefined;
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end + 2))?.[1] ?? 0);
  const body = text.slice(end + 4);
  if (Buffer.byteLength(body) < length)
    return undefined;
  return { path: text.split(' ')[1], head: text.slice(0, end), form: Object.fromEntries(new URLSearchParams(body)) };
}

export class ScriptedServer {
  // answers(request): what to send; bytes, or a function that gets the socket. request: {path, head, form}
  static async start(answers) {
    const server = new ScriptedServer();
    server.requests = [];
    server.sockets = new Set();
    server.listener = createServer((socket) => {
      server.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => server.sockets.delete(socket));
      let text = '';
      socket.setEncoding('latin1');
      socket.on('data', (chunk) => {
        text += chunk;
        const request = parseRequest(text);
        if (request === undefined)
          return;
        text = '';
        server.requests.push(request);
        const answer = answers(request, server);
        if (typeof answer === 'function')
          answer(socket);
        else
          socket.end(answer);
      });
    });
    await new Promise((resolve) => { server.listener.listen(0, '127.0.0.1', resolve); });
    server.origin = `http://127.0.0.1:${server.listener.address().port}`;
    return server;
  }

  // The token requests for a path, oldest first.
  asked(path) {
    return this.requests.filter((request) => request.path === path);
  }

  async stop() {
    for (const socket of this.sockets)
      socket.destroy();
    await new Promise((resolve) => { this.listener.close(resolve); });
  }
}

// What the browser would bring back.
export function redirectFor(authorizationUrl, parameters = { code: 'c0de' }) {
  const asked = new URL(authorizationUrl).searchParams;
  const back = new URL(asked.get('redirect_uri'));
  back.search = new URLSearchParams({ ...parameters, state: asked.get('state') });
  return back.href;
}
