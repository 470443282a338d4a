// The test's side of FaultShim.c: which call of the daemon is to fail, and how many there were.

import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { programs } from '../../end_to_end/support/broker.mjs';

// The order is that of enum Kind. Each with the errors that a kernel has for it.
export const kinds = {
  open: ['EIO', 'EMFILE', 'ENOSPC'],
  read: ['EIO'],
  write: ['EIO', 'ENOSPC'],
  sync: ['EIO'],
  rename: ['EIO'],
  unlink: ['EIO'],
  truncate: ['EIO', 'ENOSPC'],
  mkdir: ['ENOSPC'],
  socket: ['EMFILE'],
  connect: ['ENETUNREACH'],
  accept: ['EMFILE'],
  send: ['ECONNRESET'],
  receive: ['ECONNRESET'],
  descriptor: ['EMFILE'],
  thread: ['EAGAIN'],
  map: ['ENOMEM'],
  lock_memory: ['ENOMEM'],
  allocate: ['ENOMEM'],
};
const names = Object.keys(kinds);
const numbers = { EIO: 5, EAGAIN: 11, ENOMEM: 12, EMFILE: 24, ENOSPC: 28, ENETUNREACH: 101, ECONNRESET: 104, ENOBUFS: 105 };
const at = { kind: 0, error: 4, left: 8, fired: 16, inARow: 24, counts: 32 };

export class FaultControl {
  constructor() {
    this.directory = mkdtempSync('/tmp/kb-fault-');
    this.path = join(this.directory, 'control');
    writeFileSync(this.path, Buffer.alloc(at.counts + 8 * names.length));
    this.file = openSync(this.path, 'r+');
    this.disarm();
  }

  get environment() {
    return { LD_PRELOAD: join(programs, 'fault_shim.so'), KEYBEARER_FAULT_CONTROL: this.path };
  }

  // The number-th call of that kind from now on fails, and inARow - 1 after it.
  arm(kind, number, error, inARow = 1) {
    this.disarm();
    const words = Buffer.alloc(at.counts - at.left);
    words.writeBigInt64LE(BigInt(number), 0);
    words.writeBigInt64LE(BigInt(inARow), at.inARow - at.left);
    writeSync(this.file, words, 0, words.length, at.left);
    this.#setKind(names.indexOf(kind), numbers[error]);
  }

  disarm() {
    this.#setKind(-1, 0);
  }

  // How often the armed call has failed.
  fired() {
    return this.#number(at.fired);
  }

  // Of each kind since the daemon started.
  counts() {
    return Object.fromEntries(names.map((name, index) => [name, this.#number(at.counts + 8 * index)]));
  }

  // Counts from zero again, for a daemon that starts.
  forget() {
    writeSync(this.file, Buffer.alloc(8 * names.length), 0, 8 * names.length, at.counts);
  }

  remove() {
    closeSync(this.file);
    rmSync(this.directory, { recursive: true, force: true });
  }

  #setKind(kind, error) {
    const words = Buffer.alloc(8);
    words.writeInt32LE(kind, 0);
    words.writeInt32LE(error, 4);
    writeSync(this.file, words, 0, words.length, at.kind);
  }

  #number(from) {
    const bytes = Buffer.alloc(8);
    readSync(this.file, bytes, 0, 8, from);
    return Number(bytes.readBigInt64LE(0));
  }
}
