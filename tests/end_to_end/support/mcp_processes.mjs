// The processes of a broker: its gateway, its bridges, and what they use.

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

import { programs } from './broker.mjs';

export const gatewayProgram = join(programs, 'keybearer-gateway');

function parentOf(pid) {
  return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

// The gateway that the broker's daemon started, if there is one.
export function gatewayOf(broker) {
  const daemon = broker.pidFromFile();
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).find((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/exe`) === gatewayProgram && parentOf(pid) === daemon;
    } catch {
      return false;
    }
  });
}

// In bytes, as the kernel counts: what the process has resident, and the part that nobody else can share.
export function residentBytes(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

export function privateBytes(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return ['Private_Clean', 'Private_Dirty'].reduce((sum, name) =>
    sum + Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)[1]) * 1024, 0);
}
