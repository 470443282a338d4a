// The recipes for the machines that are not this one: what can be said of them without those machines.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { attempt, build, filesBelow, output, programs, temporaryFolder, top } from './support.mjs';

function windowsPrograms(t) {
  const folder = join(temporaryFolder(t), 'programs');
  mkdirSync(join(folder, 'bin/platforms'), { recursive: true });
  for (const program of programs)
    writeFileSync(join(folder, 'bin', `${program}.exe`), `MZ ${program}`);
  writeFileSync(join(folder, 'bin/platforms/a plugin.dll'), 'MZ');
  writeFileSync(join(folder, 'LICENSE'), readFileSync(join(top, 'LICENSE')));
  return folder;
}

const setup = (folder, file) => attempt(join(top, 'installer/windows/build'),
  ['--programs', folder, '--version', '1.2.3', '--output', file], { env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' } });

test('the Windows installer compiles without a warning, and into the same bytes again', (t) => {
  const folder = windowsPrograms(t);
  const place = temporaryFolder(t);
  const first = setup(folder, join(place, 'first.exe'));
  assert.equal(first.status, 0, first.stdout + first.stderr);
  assert.match(output('file', [join(place, 'first.exe')]), /PE32 executable \(GUI\).*Nullsoft Installer/);
  utimesSync(join(folder, 'LICENSE'), 1, 1);
  assert.equal(setup(folder, join(place, 'second.exe')).status, 0);
  assert.ok(readFileSync(join(place, 'first.exe')).equals(readFileSync(join(place, 'second.exe'))));
});

test('the Windows installer is not made of a folder that lacks a program', (t) => {
  const folder = temporaryFolder(t);
  const refused = setup(folder, join(folder, 'setup.exe'));
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /has no keybearer\.exe, keybearer-gateway\.exe, keybearer-tray\.exe, keybearerd\.exe/);
  assert.ok(!existsSync(join(folder, 'setup.exe')));
});

test('the Windows installer takes no file whose name it would read as something else', (t) => {
  const folder = windowsPrograms(t);
  writeFileSync(join(folder, '$SYSDIR.txt'), '');
  const refused = setup(folder, join(folder, '../setup.exe'));
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /cannot be installed/);
});

test('the Windows installer asks for no administrator, and its uninstaller removes no folder with what is in it', () => {
  const script = readFileSync(join(top, 'installer/windows/keybearer.nsi'), 'utf8');
  assert.match(script, /^RequestExecutionLevel user$/m);
  assert.doesNotMatch(script, /RMDir\s+\/r/i);
  assert.doesNotMatch(script, /HKLM|HKCR|SetShellVarContext all/);
});

test('the bundle for macOS has the four programs beside each other and a property list that says its version', (t) => {
  const folder = temporaryFolder(t);
  output(join(top, 'installer/macos/dmg'), ['--build', build, '--output', folder, '--bundle-only']);
  const contents = join(folder, 'Keybearer.app/Contents');
  assert.deepEqual(filesBelow(join(contents, 'MacOS')), programs);
  const read = output('python3', ['-c', 'import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], "rb"))))',
    join(contents, 'Info.plist')]);
  const list = JSON.parse(read);
  const version = readFileSync(join(top, 'CMakeLists.txt'), 'utf8').match(/^project\(Keybearer VERSION (\S+)/m)[1];
  assert.deepEqual([list.CFBundleIdentifier, list.CFBundleExecutable, list.CFBundleShortVersionString, list.LSUIElement],
    ['example.keybearer.tray', 'keybearer-tray', version, true]);
});

test('every language of the tray is a language of the bundle', () => {
  const list = readFileSync(join(top, 'installer/macos/Info.plist.in'), 'utf8');
  const languages = filesBelow(join(top, 'translations')).filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice('keybearer_'.length, -'.ts'.length).replace('zh_CN', 'zh-Hans'));
  for (const language of languages)
    assert.ok(list.includes(`<string>${language}</string>`), language);
});

test('the recipes say how they are used, and refuse what they do not know', () => {
  for (const name of ['package', 'linux/install.sh', 'linux/appimage', 'macos/dmg']) {
    const program = join(top, 'installer', name);
    assert.match(output(program, ['--help']), /^Usage: /, name);
    assert.equal(attempt(program, ['--no-such-option']).status, 2, name);
  }
});

test('what is packed has no points at which a test could stop it', () => {
  const { configurePresets } = JSON.parse(readFileSync(join(top, 'CMakePresets.json'), 'utf8'));
  const { inherits, cacheVariables } = configurePresets.find(({ name }) => name === 'package');
  assert.equal(inherits, 'base');
  assert.deepEqual([cacheVariables.CMAKE_BUILD_TYPE, cacheVariables.KEYBEARER_FAULT_POINTS, cacheVariables.KEYBEARER_REPRODUCIBLE],
    ['Release', undefined, 'ON']);
  assert.match(readFileSync(join(top, 'CMakeLists.txt'), 'utf8'), /^option\(KEYBEARER_FAULT_POINTS .* OFF\)$/m);
});

test('the version is the same wherever it is written', () => {
  const version = readFileSync(join(top, 'CMakeLists.txt'), 'utf8').match(/^project\(Keybearer VERSION (\S+)/m)[1];
  assert.ok(readFileSync(join(top, 'installer/debian/changelog'), 'utf8').startsWith(`keybearer (${version}-1) `));
  assert.ok(readFileSync(join(top, 'resources/example.keybearer.tray.metainfo.xml'), 'utf8').includes(`<release version="${version}"`));
});
