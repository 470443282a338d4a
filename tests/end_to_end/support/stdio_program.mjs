#!/usr/bin/env node
// An MCP server over standard input and output, built with the official SDK: what a service with a `command` starts.
//   stdio_program.mjs FOLDER
// Writes a file named after its process id into FOLDER, so that a test sees how often it was started.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { load } from './mcp_packages.mjs';

const { McpServer } = load('@modelcontextprotocol/sdk/server/mcp.js');
const { StdioServerTransport } = load('@modelcontextprotocol/sdk/server/stdio.js');
const { z } = load('zod');

writeFileSync(join(process.argv[2], String(process.pid)), '');
const text = (value) => ({ content: [{ type: 'text', text: String(value) }] });
const server = new McpServer({ name: 'program', version: '1.0.0' });
server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text: said }) => text(said));
server.registerTool('environment', { inputSchema: { name: z.string() } }, ({ name }) => text(process.env[name] ?? '(not set)'));
server.registerTool('pid', { inputSchema: {} }, () => text(process.pid));
server.registerTool('directory', { inputSchema: {} }, () => text(process.cwd()));
server.registerTool('big', { inputSchema: { bytes: z.number() } }, ({ bytes }) => text('x'.repeat(bytes)));
server.registerTool('crash', { inputSchema: {} }, () => process.exit(3));
server.registerTool('ask', { inputSchema: {} }, async () => {
  const answer = await server.server.elicitInput({ message: 'Who is there?', requestedSchema: { type: 'object', required: ['name'],
    properties: { name: { type: 'string' } } } });
  return text(`${answer.action} ${answer.content?.name ?? ''}`.trim());
});
await server.connect(new StdioServerTransport());
