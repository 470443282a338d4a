// Whether the programs have sanitizers in them (tests/sanitizers), and what that costs.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const sanitized = existsSync(join(process.env.KEYBEARER_BIN_DIR ?? '/nowhere', '..', 'sanitizer-reports'));

// They do everything several times slower: every wait for them is this many times longer.
export const patience = sanitized ? 6 : 1;

// What is freed stays for a while, so that a use of it is noticed, and all has shadows: bytes that are nobody's growth.
export const keptBySanitizers = sanitized ? 640 << 20 : 0;

// ThreadSanitizer writes a file of its own before main(), so that a program that may write none ends there; and it holds a
// signal back while a program waits for another one.
export const threadSanitized = process.env.KEYBEARER_TEST_THREAD_SANITIZER === '1';
