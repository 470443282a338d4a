// The official MCP SDKs. They are installed beside the conformance suite, which owns their lock file.

import { createRequire } from 'node:module';

const require = createRequire(new URL('../../conformance/package.json', import.meta.url));

export function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND')
      throw new Error(`${name} is not installed; run: npm ci --prefix tests/conformance`);
    throw error;
  }
}
