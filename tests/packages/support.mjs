// What the tests of the packages have in common: commands that have to succeed, and folders that go away again.

import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../..', import.meta.url));
export const build = process.env.KEYBEARER_BUILD_DIR ?? join(top, 'build-ci');
export const made = process.env.KEYBEARER_PACKAGES ?? join(build, 'packages-made');
export const node = process.env.KEYBEARER_NODE ?? process.execPath;
export const programs = ['keybearer', 'keybearer-gateway', 'keybearer-tray', 'keybearerd'];

// Standard output of a command; a test that starts one that fails has failed.
export function output(program, parameters, options = {}) {
  return execFileSync(program, parameters, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'], timeout: 600000, ...options });
}

export function attempt(program, parameters, options = {}) {
  return spawnSync(program, parameters, { encoding: 'utf8', timeout: 600000, ...options });
}

export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'keybearer-packages-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// The paths of everything below a folder that is no folder, sorted.
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
    .filter((path) => !lstatSync(path).isDirectory()).map((path) => relative(folder, path)).sort();
}

export const everythingBelow = (folder) => readdirSync(folder, { recursive: true }).sort();
