// How the benchmarks say a figure: a line to read and, with KEYBEARER_BENCH_RESULTS=FILE, the same as JSON for
// tests/bench/report.

import { appendFileSync } from 'node:fs';

export function say(id, figure, measured, { beside = '', budget = '', met } = {}) {
  const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
  console.log(`${id.padEnd(4)} ${figure.padEnd(62)} ${`${measured}${beside && ` (${beside})`}`.padEnd(34)} ${budget.padEnd(14)} ${verdict}`);
  const file = process.env.KEYBEARER_BENCH_RESULTS;
  if (file)
    appendFileSync(file, `${JSON.stringify({ id, figure, measured, beside, budget, met })}\n`);
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (values) => percentile(values, 0.5);
