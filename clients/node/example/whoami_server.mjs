#!/usr/bin/env node
// An MCP server with one tool, whoami: it asks an HTTP API who the person is, with a token of the broker.
//
//   npm install @modelcontextprotocol/sdk@1.32
//   WHOAMI_URL=https://api.github.com/user WHOAMI_PROVIDER=github node whoami_server.mjs

import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Broker, KeybearerError } from 'keybearer';

const url = process.env.WHOAMI_URL ?? 'https://api.github.com/user';
const provider = process.env.WHOAMI_PROVIDER ?? 'github';
const broker = new Broker({ name: 'whoami-server', version: '1.0.0' });
const server = new McpServer({ name: 'whoami', version: '1.0.0' });

const said = (text, isError = false) => ({ content: [{ type: 'text', text }], isError });

server.registerTool('whoami', { description: 'Who is signed in' }, async () => {
  try {
    const token = await broker.getToken({ provider, minValid: 60, reason: 'to ask who you are' });
    const answer = await fetch(url, { headers: { 'User-Agent': 'whoami-server', ...token.headers },
      signal: AbortSignal.timeout(20000) });
    return answer.ok ? said(await answer.text()) : said(`the API answered ${answer.status}`, true);
  } catch (error) {
    if (!(error instanceof KeybearerError))
      return said(`the API cannot be reached: ${error.message}`, true);
    // The model reads it, and so does the person: what happened, and what to do.
    return said([`${error.errorName}: ${error.message}`, error.authorizationUrl].filter(Boolean).join(' '), true);
  }
});

await server.connect(new StdioServerTransport());
