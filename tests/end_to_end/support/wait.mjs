// Waiting for what another process does: it is looked at again and again until it is so, or the deadline is over.

import { patience } from './sanitizer.mjs';

export function sleep(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

export async function until(what, probe, { deadlineMilliseconds = 15000, pauseMilliseconds = 25 } = {}) {
  const end = Date.now() + deadlineMilliseconds * patience;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false && found !== null)
      return found;
    if (Date.now() > end)
      throw new Error(`waited ${deadlineMilliseconds * patience} ms in vain: ${what}`);
    await sleep(pauseMilliseconds);
  }
}
