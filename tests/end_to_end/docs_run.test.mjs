// What a page tells a reader to type is typed here, as it stands: every block of the shell that is marked "runnable", in
// the order of the page, in one shell with set -e, in a home of its own with a keyring of its own. What the page says
// will be shown (a block of text marked "output" right after it) is compared with what is shown; "..." stands for
// anything, on a line of its own for any number of lines. A script plays the browser ($BROWSER) and another one the
// person who is asked (tests/support/person.mjs).
//
// KEYBEARER_DOCS_PAGE names the page, README.md for example; without it every page is tried.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { programs } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { fencesOf, readersPages, textOf, top } from './support/documents.mjs';

const patienceSeconds = 120; // a page takes seconds; on two processors that have other work to do, ten times as many
const keyring = join(top, 'tests/support/with_keyring');

// Blocks to be run, each with the output that the page shows for it.
function stepsOf(page) {
  const fences = fencesOf(textOf(page));
  return fences.flatMap((fence, index) => {
    if (fence.language !== 'sh' || !fence.words.includes('runnable'))
      return [];
    const next = fences[index + 1];
    return [{ ...fence, shown: next?.language === 'text' && next.words.includes('output') ? next : undefined }];
  });
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// One shell for the page. Before each command it waits until somebody is there to be asked, as there is at a desk.
function scriptOf(steps, room) {
  const lines = ['set -e', 'exec </dev/null',
    `broker_pid=$XDG_RUNTIME_DIR/keybearer/broker.pid ready=${quoted(join(room, 'ready'))}
person_is_there() {
    local pid='' heard='' attempt
    { read -r pid <"$broker_pid" || [ -n "$pid" ]; } 2>/dev/null && kill -0 "$pid" 2>/dev/null || return 0
    for attempt in {1..400}; do
        heard=''
        { read -r heard <"$ready" || true; } 2>/dev/null
        [ "$heard" != "$pid" ] || return 0
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.025
    done
    echo 'nobody is there to be asked'
    return 1
}
finish() {
    local status=$? pid other
    set +e
    exec >/dev/null 2>&1
    read -r pid <"$broker_pid"
    keybearer --no-spawn stop
    for other in $(pgrep -g 0); do # what the page has left running
        [ "$other" = $$ ] || [ "$other" = $PPID ] || kill "$other"
    done
    [ "$(readlink "/proc/$pid/exe")" != ${quoted(join(programs, 'keybearerd'))} ] || kill -KILL "$pid"
    exit "$status"
}`,
    `setpriv --pdeathsig TERM -- ${quoted(process.execPath)} ${quoted(join(top, 'tests/support/person.mjs'))} ${quoted(join(programs, 'keybearer'))} ${quoted(join(room, 'ready'))} >${quoted(join(room, 'person'))} 2>&1 &`,
    'trap finish EXIT', 'trap person_is_there DEBUG', 'cd "$HOME"', `ln -s ${quoted(top)} "$HOME/keybearer"`];
  steps.forEach((step, index) => {
    lines.push(`exec >${quoted(join(room, `shown-${index}`))} 2>&1`, step.text);
  });
  return `${lines.join('\n')}\n`;
}

function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(KEYBEARER_|XDG_|NOTIFY_SOCKET|LISTEN_|BASH_ENV$|ENV$|.*_proxy$)/i.test(name));
  return { ...Object.fromEntries(kept), PATH: `${programs}:${dirname(process.execPath)}:${process.env.PATH}`,
    BROWSER: join(top, 'tests/support/browser.mjs'), NO_COLOR: '1', LC_ALL: 'C.UTF-8' };
}

const literally = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

// The pattern that a block of expected output means.
export function patternOf(expected) {
  const lines = expected.replace(/\n$/, '').split('\n').map((line) =>
    (line.trim() === '...' ? '(?:.*\n)*' : `${line.trimEnd().split('...').map(literally).join('.*')} *\n`));
  return new RegExp(`^${lines.join('')}$`, '');
}

function check(page, steps, end, room) {
  const shownBy = (index) => {
    const path = join(room, `shown-${index}`);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  const last = steps.findLastIndex((_, index) => shownBy(index) !== undefined);
  assert.equal(end.status, 0, last < 0 ? `${page}: nothing was run: ${end.stderr}`
    : `${page}:${steps[last].line}: ended with ${end.status ?? end.signal}\n${steps[last].text}\nshown:\n${shownBy(last)}\n${end.stderr}`);
  steps.forEach((step, index) => {
    if (step.shown === undefined)
      return;
    const shown = shownBy(index).replace(/\n*$/, '\n');
    assert.ok(patternOf(step.shown.text).test(shown), `${page}:${step.shown.line}: expected\n${step.shown.text}\nshown\n${shown}`);
  });
}

test('in expected output "..." stands for anything, and all else for itself', () => {
  assert.match('a token of x\n', patternOf('a ... of x'));
  assert.match('one\ntwo\nthree\nfour\n', patternOf('one\n...\nfour'));
  assert.match('one\nfour\n', patternOf('one\n...\nfour'));
  assert.doesNotMatch('one\ntwo\n', patternOf('one'));
  assert.doesNotMatch('axb\n', patternOf('a.b'));
});

for (const page of process.env.KEYBEARER_DOCS_PAGE ? [process.env.KEYBEARER_DOCS_PAGE] : readersPages) {
  const steps = stepsOf(page);
  if (steps.length === 0 && !process.env.KEYBEARER_DOCS_PAGE)
    continue;
  test(`${page}: ${steps.length} blocks run as they stand`, async (t) => {
    assert.ok(steps.length > 0, `${page} has nothing to run`);
    const room = mkdtempSync('/tmp/kb-docs-');
    t.after(() => rmSync(room, { recursive: true, force: true }));
    const script = join(room, 'script');
    writeFileSync(script, scriptOf(steps, room));
    const end = await run(keyring, ['timeout', '--kill-after=10', String(patienceSeconds), 'bash', script],
      { env: environment(), timeoutMilliseconds: 2000 * patienceSeconds });
    check(page, steps, end, room);
  });
}
