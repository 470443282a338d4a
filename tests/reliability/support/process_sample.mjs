// What a process holds at this moment, as the kernel counts it. Needs the rights of root: the broker hides from others.

import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';

const mebibyte = 1024 * 1024;

export function sampleProcess(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = (text, name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)[1]);
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch { // closed meanwhile
      return '';
    }
  });
  return {
    rss: kilobytes(status, 'VmRSS') * 1024 / mebibyte,
    dirty: kilobytes(rollup, 'Private_Dirty') * 1024 / mebibyte, // clean pages are shared or not as others come and go
    fds: links.length,
    timers: links.filter((link) => link.includes('timerfd')).length,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)[1]),
  };
}

// Mebibytes of the files below a directory, by what they are: journals of SQLite, the audit log, the rest.
export function sampleFiles(directory) {
  const sizes = { wal: 0, audit: 0, state: 0 };
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile())
      continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const kind = entry.name.endsWith('-wal') ? 'wal' : path.includes('audit') ? 'audit' : 'state';
    try {
      sizes[kind] += statSync(path).size / mebibyte;
    } catch { /* removed meanwhile */ }
  }
  return sizes;
}
