// What WriteRecorder.c has written down, and which contents of a disk a power cut could have left at each moment of it.

import { createHash } from 'node:crypto';

// [{op, path, to, at, length, bytes}], in order. Lines that the test adds itself: M name.
export function readHistory(buffer) {
  const entries = [];
  for (let from = 0; from < buffer.length;) {
    const end = buffer.indexOf(10, from);
    const [op, path, ...rest] = buffer.toString('utf8', from, end).split(' ');
    from = end + 1;
    const entry = { op, path };
    if (op === 'W') {
      [entry.at, entry.length] = rest.map(Number);
      entry.bytes = buffer.subarray(from, from + entry.length);
      from += entry.length;
    } else if (op === 'T') {
      entry.length = Number(rest[0]);
    } else if (op === 'R') {
      [entry.to] = rest;
    } else if (op === 'M') {
      entry.path = [path, ...rest].join(' ');
    }
    if (!path?.endsWith('-shm')) // shared memory of SQLite: made anew by whoever opens the database
      entries.push(entry);
  }
  return entries;
}

const sized = (content, length) => {
  const grown = Buffer.alloc(length);
  content.copy(grown, 0, 0, length);
  return grown;
};

// files: Map path -> Buffer. Buffers are never changed, as other states share them.
function apply(files, entry) {
  const content = files.get(entry.path);
  switch (entry.op) {
  case 'C':
    if (content === undefined)
      files.set(entry.path, Buffer.alloc(0));
    break;
  case 'W': {
    const grown = sized(content ?? Buffer.alloc(0), Math.max(content?.length ?? 0, entry.at + entry.length));
    entry.bytes.copy(grown, entry.at, 0, entry.length);
    files.set(entry.path, grown);
    break;
  }
  case 'T':
    files.set(entry.path, sized(content ?? Buffer.alloc(0), entry.length));
    break;
  case 'R':
    if (content !== undefined) {
      files.set(entry.to, content);
      files.delete(entry.path);
    }
    break;
  case 'U':
    files.delete(entry.path);
    break;
  default:
  }
}

export function after(files, entries) {
  const result = new Map(files);
  for (const entry of entries)
    apply(result, entry);
  return result;
}

const directoryOf = (path) => path.slice(0, path.lastIndexOf('/'));
const mostLooked = 24; // of the newest unsynced entries, where each makes a state of its own

const belongs = (entry, synced) => entry.path === synced || entry.to === synced;

// Half of a write, as sectors of 512 bytes reach the disk; of a short one any part.
function torn(entry) {
  const half = Math.floor(entry.length / 2);
  return { ...entry, length: half >= 512 ? half - half % 512 : half };
}

// Calls visit(files, more, kind, index) for each state, after(files, more), that a power cut before the entry of that index
// could leave. What was synced is there; of what was not: any prefix; all but one write; the writes of one file alone, or of
// all others; the last write torn; nothing.
export function eachCrashState(entries, visit) {
  let durable = new Map();
  let pending = [];
  entries.forEach((entry, index) => {
    if (entry.op === 'S' || entry.op === 'D') {
      visit(durable, [], 'nothing that was not synced', index);
      const old = Math.max(0, pending.length - mostLooked);
      for (let dropped = old; dropped < pending.length; dropped += 1)
        visit(durable, pending.filter((_, at) => at !== dropped), 'all but one', index);
      for (const path of new Set(pending.map((one) => one.path))) {
        visit(durable, pending.filter((one) => belongs(one, path)), 'one file alone', index);
        visit(durable, pending.filter((one) => !belongs(one, path)), 'all files but one', index);
      }
      const isNow = entry.op === 'S' ? (one) => belongs(one, entry.path)
        : (one) => ['C', 'R', 'U'].includes(one.op) && directoryOf(one.path) === entry.path;
      durable = after(durable, pending.filter(isNow));
      pending = pending.filter((one) => !isNow(one));
      for (let count = Math.max(0, pending.length - mostLooked); count <= pending.length; count += 1)
        visit(durable, pending.slice(0, count), 'a prefix', index + 1);
    } else if (['C', 'W', 'T', 'R', 'U'].includes(entry.op)) {
      if (entry.op === 'W' && entry.length > 1)
        visit(durable, [...pending, torn(entry)], 'the last write torn', index + 1);
      pending.push(entry);
      visit(durable, [...pending], 'everything', index + 1);
    } else {
      visit(durable, [...pending], 'everything', index + 1);
      visit(durable, [], 'nothing that was not synced', index + 1);
    }
  });
}

export function digestOf(files) {
  const hash = createHash('sha1');
  for (const path of [...files.keys()].sort())
    hash.update(`${path}\0${files.get(path).length}\0`).update(files.get(path));
  return hash.digest('hex');
}
