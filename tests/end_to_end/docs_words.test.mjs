// What the pages say is there: every command and option that stands in them, every link, every provider's page; and what
// the programs can do stands in their manuals. No broker is started.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

import { commandProgram, daemonProgram, programs } from './support/broker.mjs';
import { run } from './support/children.mjs';
import { anchorsOf, everyPage, fencesOf, readersPages, textOf, top, withoutFences } from './support/documents.mjs';

// Why a block of the shell is not run by docs_run.test.mjs.
const reasons = new Map([
  ['account', 'needs an account at somebody else\'s service'],
  ['build', 'builds or installs the product'],
  ['client', 'needs a program that does not come with it'],
  ['desktop', 'needs a desktop and a person'],
  ['elsewhere', 'another test runs it'],
  ['machine', 'needs another machine'],
  ['network', 'fetches something'],
  ['root', 'changes the system'],
  ['server', 'needs a server of yours'],
  ['terminal', 'asks at a terminal'],
  ['trouble', 'mends what a machine in good order does not have'],
]);

const pagesWithCommands = [...readersPages, 'CONTRIBUTING.md', 'SECURITY.md', 'clients/README.md', 'clients/c/README.md',
  'clients/node/README.md', 'clients/python/README.md'];
const isShell = (fence) => fence.language === 'sh';

// --- blocks -------------------------------------------------------------------------------------------------------

test('every block of the shell is run by a test or says why not', () => {
  const wrong = [];
  for (const page of pagesWithCommands) {
    for (const fence of fencesOf(textOf(page))) {
      const place = `${page}:${fence.line}`;
      const [word = ''] = fence.words;
      if (/^(bash|shell|console|shell-session|zsh|fish)$/.test(fence.language))
        wrong.push(`${place}: write sh instead of ${fence.language}`);
      else if (isShell(fence) && word !== 'runnable' && !reasons.has(word.replace(/^not-run=/, '')))
        wrong.push(`${place}: write "sh runnable", or "sh not-run=REASON" with one of ${[...reasons.keys()].join(', ')}`);
      else if (isShell(fence) && word === 'runnable' && !readersPages.includes(page))
        wrong.push(`${place}: only README.md and what lies in docs is run`);
      else if (fence.language === '' && /^(\$ )?(keybearer|curl|sudo|apt-get) /m.test(fence.text))
        wrong.push(`${place}: this is sh, and the prompt is not part of it`);
      else if (isShell(fence) && /^\$ /m.test(fence.text))
        wrong.push(`${place}: the prompt is not part of the command`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('commands stand in fences, since a paragraph of four spaces says nothing of what it is', () => {
  const wrong = pagesWithCommands.flatMap((page) => withoutFences(textOf(page)).split('\n')
    .flatMap((line, index, all) => (/^ {4}(keybearer|keybearerd|cmake|ctest|curl|printf|sudo|\.\/)/.test(line) && all[index - 1] === ''
      ? [`${page}:${index + 1}`] : [])));
  assert.deepEqual(wrong, []);
});

test('a block of expected output follows a block that is run', () => {
  const wrong = readersPages.flatMap((page) => fencesOf(textOf(page)).flatMap((fence, index, all) =>
    (fence.words.includes('output') && !all[index - 1]?.words.includes('runnable') ? [`${page}:${fence.line}`] : [])));
  assert.deepEqual(wrong, []);
});

// --- commands -----------------------------------------------------------------------------------------------------

const helpPages = new Map();
function help(program, words = []) {
  const key = [program, ...words].join(' ');
  if (!helpPages.has(key))
    helpPages.set(key, run(program, [...words, '--help'], { env: { PATH: process.env.PATH, HOME: '/nonexistent' } }));
  return helpPages.get(key);
}

// The words of a list like "  list [NAME]  List the providers" under its headline.
const listed = (text, headline) => {
  const [, rows = ''] = new RegExp(`^${headline}\n((?:  .*\n)+)`, 'm').exec(text) ?? [];
  return [...rows.matchAll(/^ {2}([a-z-]+)/gm)].map((row) => row[1]);
};
const optionsIn = (text) => new Set(text.match(/(?<![\w-])--?[a-z][a-z-]*/g) ?? []);

// The words of a shell, roughly: enough to find the command and its options.
const wordsOf = (command) => command.match(/(?:"(?:\\.|[^"])*"|'[^']*'|[^\s"'])+/g) ?? [];

// Where a command can begin; elsewhere the word is an argument of another program.
const commandBegins = /(^|[|;&(!]|\s--|\b(?:do|then|else|exec|sudo|time|inspector)|--cli)\s*(?:[A-Z_][A-Z0-9_]*=\S*\s+)*$/;

// Commands of the product in a text of the shell, each as its words.
function commandsIn(shell) {
  const lines = shell.replace(/\\\n\s*/g, ' ').replace(/<<-?\s*'?(\w+)'?[^\n]*\n.*?\n\s*\1\n/gs, '\n').split('\n');
  return lines.flatMap((line) => {
    const said = line.replace(/(^|\s)#.*$/, '$1');
    const found = [...said.matchAll(/(?<![\w/.$~{-])(?:keybearer|keybearerd)(?= |$)[^;|&()`]*/g)];
    return found.filter((one) => commandBegins.test(said.slice(0, one.index))).map((one) =>
      wordsOf(one[0].trim().replace(/[0-9]?[<>].*$/, '')))
      .map((words) => (/^\s*npx /.test(said) ? words.filter((word) => !word.startsWith('--')) : words)); // whose they are is open
  });
}

// `keybearer session list\|show` in a table is two commands; SHOUTING words and brackets stand for something.
function commandsInProse(page) {
  const spans = withoutFences(textOf(page)).match(/(?<!`)`[^`\n]+`(?!`)/g) ?? [];
  return spans.map((span) => span.slice(1, -1).replaceAll('\\|', '|'))
    .map((span) => span.replace(/^([A-Z_]+=\S+ )+/, ''))
    .filter((span) => /^keybearerd?( |$)/.test(span))
    .flatMap((span) => commandsIn(span.replace(/(?<=[a-z])\|(?=[a-z])/g, '/').replaceAll('[', ' ').replaceAll(']', ' ')
      .replace(/\|[A-Z]/g, '/X')));
}

async function overview() {
  const { status, stdout, stderr } = await help(commandProgram);
  assert.equal(status, 0, `keybearer --help: ${stderr}`);
  return { verbs: listed(stdout, 'Commands'), options: optionsIn(stdout) };
}

async function wrongWith([program, ...words]) {
  if (program === 'keybearerd') {
    const known = optionsIn((await help(daemonProgram)).stdout);
    return words.filter((word) => word.startsWith('-') && !known.has(word.split('=')[0]));
  }
  const { verbs, options: everywhere } = await overview();
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const options = own.filter((word) => /^-/.test(word) && word !== '-').map((word) => word.replace(/=.*$/, '').replace(/[,.:]$/, ''));
  const plain = own.filter((word) => !word.startsWith('-'));
  const isPlaceholder = (word) => word === undefined || /^[A-Z.]/.test(word) || word === '...';
  const wrong = [];
  for (const verb of isPlaceholder(plain[0]) ? [] : plain[0].split('/')) {
    if (!verbs.includes(verb)) {
      wrong.push(`no command ${verb}`);
      continue;
    }
    const page = (await help(commandProgram, [verb])).stdout;
    const below = listed(page, 'Commands');
    const known = new Set([...everywhere, ...optionsIn(page)]);
    for (const leaf of below.length === 0 || isPlaceholder(plain[1]) ? [] : plain[1].split('/')) {
      if (!below.includes(leaf))
        wrong.push(`no command ${verb} ${leaf}`);
      else
        optionsIn((await help(commandProgram, [verb, leaf])).stdout).forEach((one) => known.add(one));
    }
    wrong.push(...options.filter((one) => !known.has(one)).map((one) => `no option ${one} of ${plain.slice(0, 2).join(' ')}`));
  }
  if (plain.length === 0)
    wrong.push(...options.filter((one) => !everywhere.has(one)).map((one) => `no option ${one}`));
  return wrong;
}

test('every command and option that a page names is there', async () => {
  const wrong = [];
  let looked = 0;
  for (const page of pagesWithCommands) {
    const shells = fencesOf(textOf(page)).filter(isShell).map((fence) => fence.text);
    for (const words of [...shells.flatMap(commandsIn), ...commandsInProse(page)]) {
      looked += 1;
      wrong.push(...(await wrongWith(words)).map((what) => `${page}: ${words.join(' ')}: ${what}`));
    }
  }
  assert.ok(looked > 150, `only ${looked} commands were found`);
  assert.deepEqual(wrong, []);
});

test('README.md has every command in its table', async () => {
  const { verbs } = await overview();
  const rows = textOf('README.md').split('\n').filter((line) => line.startsWith('| `keybearer '));
  assert.deepEqual(verbs.filter((verb) => !rows.some((row) => new RegExp(`\`keybearer ${verb}[ \`]`).test(row))), []);
});

test('a command that is not there is noticed', async () => {
  assert.deepEqual(await wrongWith(['keybearer', 'logn', 'github']), ['no command logn']);
  assert.deepEqual(await wrongWith(['keybearer', 'session', 'lst']), ['no command session lst']);
  assert.deepEqual(await wrongWith(['keybearer', 'login', 'github', '--devise']), ['no option --devise of login github']);
  assert.deepEqual(await wrongWith(['keybearerd', '--no-such']), ['--no-such']);
  assert.deepEqual(await wrongWith(['keybearer', 'session', 'list/show/revoke']), []);
  assert.deepEqual(commandsIn('x | keybearer mcp hello --account a # keybearer nothing\n'), [['keybearer', 'mcp', 'hello', '--account', 'a']]);
  assert.deepEqual(commandsIn('vault policy write keybearer keybearer.hcl\nA=b keybearer status && keybearer stop\n'),
    [['keybearer', 'status'], ['keybearer', 'stop']]);
});

// --- what one sees -------------------------------------------------------------------------------------------------

const sourcesBelow = (folder) => readdirSync(join(top, folder), { recursive: true }).filter((name) => name.endsWith('.cpp'))
  .map((name) => readFileSync(join(top, folder, name), 'utf8')).join('\n');

test('what one sees when something does not work is what the programs say', () => {
  const said = [...'broker app/cli app/client'.split(' ')].map(sourcesBelow).join('\n').replace(/"\s*\n\s*"/g, '');
  const rows = new Map([...said.matchAll(/Row\{ErrorCode::\w+, -\d+, "(\w+)", (\d+)/g)].map((row) => [row[1], row[2]]));
  assert.ok(rows.size > 20);
  const wrong = [];
  for (const page of ['docs/troubleshooting.md', 'docs/providers/README.md']) {
    const seen = [...textOf(page).matchAll(/^\| (.*?) \| /gm)].map((row) => row[1]);
    for (const [, text] of seen.flatMap((cell) => [...cell.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)])) {
      for (const part of text.split('...').map((one) => one.replace(/\d{4,}/g, '').trim()).filter((one) => one.length > 3)) {
        if (!said.includes(part))
          wrong.push(`${page}: nothing says "${part}"`);
      }
    }
    for (const [, name, status] of seen.flatMap((cell) => [...cell.matchAll(/`([a-z]+(?:_[a-z]+)+)`(?:[^(|]*\((\d+)\))?/g)])) {
      if (!rows.has(name) && !/^(redirect_uri|invalid_(client|scope))$/.test(name))
        wrong.push(`${page}: there is no error ${name}`);
      else if (status !== undefined && rows.get(name) !== status)
        wrong.push(`${page}: ${name} ends with ${rows.get(name)}, not ${status}`);
    }
  }
  assert.deepEqual(wrong, []);
});

// --- links --------------------------------------------------------------------------------------------------------

function linksIn(page) {
  const text = withoutFences(textOf(page)).replace(/`[^`\n]*`/g, (code) => code.replace(/[()[\]]/g, ' '));
  return [...text.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g), ...text.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map((found) => found[1]);
}

test('every link between pages leads somewhere', () => {
  const wrong = [];
  for (const page of everyPage) {
    for (const link of linksIn(page).filter((one) => !/^[a-z]+:/.test(one))) {
      const [path, anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(top, target)))
        wrong.push(`${page}: ${link} is not there`);
      else if (anchor !== undefined && target.endsWith('.md') && !anchorsOf(textOf(target)).includes(anchor))
        wrong.push(`${page}: ${link}: there is no such heading`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('every file of the tree that a page names is there', () => {
  const wrong = [];
  for (const page of [...readersPages, 'CONTRIBUTING.md', 'SECURITY.md']) {
    const named = withoutFences(textOf(page)).match(/(?<=`)(app|broker|clients|cmake|docs|installer|resources|tests|translations)\/[^`\s]+(?=`)/g) ?? [];
    for (const path of named.filter((one) => !/[A-Z]{4}|[*{}]/.test(one))) {
      if (!existsSync(join(top, path)) && !existsSync(join(top, `${path}.cpp`))) // a class is named without its ending
        wrong.push(`${page}: ${path}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('every page of docs can be reached from its index', () => {
  const reached = new Set(['docs/README.md']);
  for (const page of reached) {
    for (const link of linksIn(page).filter((one) => !/^[a-z]+:/.test(one))) {
      const target = normalize(join(dirname(page), link.split('#')[0]));
      if (target.endsWith('.md') && target.startsWith('docs/') && existsSync(join(top, target)))
        reached.add(target);
    }
  }
  assert.deepEqual(readersPages.filter((page) => page.startsWith('docs/') && !reached.has(page)), []);
});

// --- providers ----------------------------------------------------------------------------------------------------

const presets = readdirSync(join(top, 'resources/providers')).filter((name) => name.endsWith('.json') && name !== 'provider.schema.json')
  .map((name) => JSON.parse(readFileSync(join(top, 'resources/providers', name), 'utf8')));
const coded = (words) => words.map((word) => `\`${word}\``).join(' ');

function revocationOf({ issuer, endpoints, quirks = {} }) {
  if (quirks.revocation === 'none')
    return 'erases it here; end the access at the provider';
  if (quirks.revocation === 'github')
    return 'ends the access at GitHub, with the client secret';
  if (endpoints?.revocation !== undefined)
    return 'ends it at the provider';
  return issuer !== undefined ? 'ends it at the provider, if its metadata names where' : 'erases it here; end the access at the provider';
}

// The rows that the table of a provider's page must have.
function rowsOf(preset) {
  const { quirks = {}, help: words = {} } = preset;
  return new Map([
    ['Register at', words.register_url === undefined ? 'its own console' : (words.register_url.includes('{') ? `\`${words.register_url}\`` : `<${words.register_url}>`)],
    ['Redirect address', words.redirect_uri === undefined ? 'none to enter: any address of this machine is taken' : `\`${words.redirect_uri}\``],
    ['Ways to sign in', preset.flows.join(', ')],
    ['Asks for', preset.scopes === undefined ? 'nothing: there are no scopes' : coded(preset.scopes)],
    ['Client secret', quirks.requires_secret ? 'needed' : 'not needed'],
    ['`resource` (RFC 8707)', quirks.rejects_resource ? 'not sent: it is answered with an error' : 'sent where a server is named'],
    ['Signing out', revocationOf(preset)],
  ]);
}

test('every preset has a page, which tells its facts as they are', () => {
  const wrong = [];
  for (const preset of presets) {
    const page = `docs/providers/${preset.name}.md`;
    if (!existsSync(join(top, page))) {
      wrong.push(`${page} is missing`);
      continue;
    }
    const text = textOf(page);
    const rows = new Map([...text.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].map((row) => [row[1], row[2]]));
    if (!text.startsWith(`# ${preset.display_name}\n`))
      wrong.push(`${page}: the headline is not ${preset.display_name}`);
    for (const [key, value] of rowsOf(preset)) {
      if (rows.get(key) !== value)
        wrong.push(`${page}: ${key}: ${value}`);
    }
    for (const scope of Object.keys(preset.scopes_help ?? {})) {
      if (!text.includes(`\`${scope}\``))
        wrong.push(`${page}: nothing of the scope ${scope}`);
    }
    if (preset.domain !== undefined && !text.includes('domain: '))
      wrong.push(`${page}: nothing of domain`);
    if (!text.includes(`keybearer login ${preset.name}`))
      wrong.push(`${page}: does not say how to sign in`);
    if (preset.flows.includes('device') !== text.includes(`keybearer login ${preset.name} --device`))
      wrong.push(`${page}: ${preset.flows.includes('device') ? 'says nothing of' : 'promises'} --device`);
  }
  assert.deepEqual(wrong, []);
});

test('the page of all providers lists them, and no page is about another', () => {
  const index = textOf('docs/providers/README.md');
  const pages = readersPages.filter((page) => /^docs\/providers\/[a-z]/.test(page)).map((page) => page.slice('docs/providers/'.length, -3));
  assert.deepEqual(pages, presets.map((one) => one.name).sort());
  assert.deepEqual(pages.filter((name) => !index.includes(`](${name}.md)`)), []);
});

// --- manuals ------------------------------------------------------------------------------------------------------

// What the manual has about one command: its items, each up to the next one.
function itemOf(manual, words) {
  const items = manual.split(/^(?=\.It Ic |\.S[hs] )/m).filter((one) => `${one.split('\n')[0]} `.startsWith(`.It Ic ${words.join(' ')} `));
  return items.length === 0 ? undefined : items.join('');
}

test('keybearer(1) tells of every command what its help tells', async () => {
  const manual = textOf('docs/keybearer.1');
  const { verbs, options: everywhere } = await overview();
  const wrong = [];
  const look = async (words) => {
    const page = (await help(commandProgram, words)).stdout;
    const item = itemOf(manual, words);
    if (item === undefined) {
      wrong.push(`nothing of ${words.join(' ')}`);
      return;
    }
    const [, rows = ''] = /^Options\n((?: {2}.*\n)+)/m.exec(page) ?? [];
    for (const [option] of rows.matchAll(/(?<=^ {2}(?:-\w, )?)--[a-z-]+/gm)) {
      if (!everywhere.has(option) && !item.includes(`Fl -${option.slice(2)}`))
        wrong.push(`nothing of ${words.join(' ')} ${option}`);
    }
  };
  for (const verb of verbs) {
    const below = listed((await help(commandProgram, [verb])).stdout, 'Commands');
    for (const words of below.length === 0 ? [[verb]] : below.map((leaf) => [verb, leaf]))
      await look(words);
  }
  assert.deepEqual(wrong, []);
});

test('keybearerd(1) tells of every option and variable that its help tells of', async () => {
  const manual = textOf('docs/keybearerd.1');
  const { stdout } = await help(daemonProgram);
  const missing = [...[...optionsIn(stdout)].filter((one) => one.startsWith('--')).map((one) => `Fl -${one.slice(2)}`),
    ...new Set(stdout.match(/KEYBEARER_[A-Z]+(?![A-Z_<])/g))].filter((one) => !manual.includes(one));
  assert.deepEqual(missing, []);
});

// A build without a desktop has no tray, and then there is nothing to compare.
if (existsSync(join(programs, 'keybearer-tray'))) {
  test('keybearer-tray(1) tells of every option that its help tells of', async () => {
    const manual = textOf('docs/keybearer-tray.1');
    const { status, stdout } = await run(join(programs, 'keybearer-tray'), ['--help'],
      { env: { PATH: process.env.PATH, HOME: '/nonexistent', XDG_RUNTIME_DIR: '/nonexistent', QT_QPA_PLATFORM: 'offscreen' } });
    assert.equal(status, 0);
    const options = [...optionsIn(stdout)].filter((one) => one.startsWith('--') && one !== '--help-all');
    assert.ok(options.length > 3, stdout);
    const told = manual.split('\n').filter((line) => /\bFl /.test(line)).flatMap((line) => line.match(/(?<= )-[a-z][a-z-]*/g) ?? []);
    assert.deepEqual(options.filter((one) => !told.includes(one.slice(1))), []);
  });
}
