// report.mjs RESULTS DOCUMENT: puts the figures that the benchmarks have left in RESULTS (a line of JSON each) between the
// marks of DOCUMENT, with the date, the machine and the commit that was measured. tests/bench/run --report calls it.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

const [results, document] = process.argv.slice(2);
const lines = readFileSync(results, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));

const cell = (text) => text.replaceAll('|', '\\|').trim();

function table(rows, columns) {
  const head = columns.map(([title]) => title);
  const text = rows.map((row) => columns.map(([, of]) => cell(String(of(row) ?? ''))));
  return [head, head.map(() => '---'), ...text].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const verdict = (row) => (row.met === undefined ? '' : row.met ? 'met' : '**missed**');
// B2 before B10, and what belongs together stays together in the order in which it was measured.
const order = (row) => Number(row.id.slice(1));
const budgeted = (letter) => lines.filter((row) => row.id.startsWith(letter)).sort((a, b) => order(a) - order(b));
const columns = [['id', (row) => row.id], ['figure', (row) => row.figure], ['measured', (row) => row.measured],
  ['of that', (row) => row.beside], ['budget', (row) => row.budget], ['', verdict]];
const plain = [['figure', (row) => row.figure], ['measured', (row) => row.measured], ['of that', (row) => row.beside]];

function machine() {
  const model = cpus()[0].model.replace(/\s+/g, ' ').trim();
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  return `${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system}, kernel ${release()}`;
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const stamp = `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${machine()}.`;
const parts = {
  budgets: table(budgeted('B'), columns),
  scale: table([...budgeted('S')], columns),
  others: table(lines.filter((row) => !/^[BS]\d/.test(row.id)), plain),
};

let text = readFileSync(document, 'utf8');
for (const [name, content] of Object.entries(parts)) {
  const pattern = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- end -->)`);
  if (!pattern.test(text))
    throw new Error(`${document} has no place for ${name}`);
  text = text.replace(pattern, (_, begin, end) => `${begin}\n${stamp}\n\n${content}\n${end}`);
}
writeFileSync(document, text);
