// The packages that installer/package has made of this build: what is in them, that it works from where they put it, and
// that nothing of it stays.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { attempt, build, everythingBelow, filesBelow, made, node, output, programs, temporaryFolder, top } from './support.mjs';

const packages = Object.fromEntries(readdirSync(made).filter((name) => name.endsWith('.deb'))
  .map((name) => [name.split('_')[0], join(made, name)]));
const field = (name, key) => output('dpkg-deb', ['-f', packages[name], key]).trim();
const contents = (name) => output('dpkg-deb', ['-c', packages[name]]).trim().split('\n').map((line) => {
  const [mode, owner, , , , path] = line.split(/\s+/);
  return { mode, owner, path: path.slice(1) };
});
const pathsOf = (name) => contents(name).filter(({ mode }) => !mode.startsWith('d')).map(({ path }) => path);
const tarball = readdirSync(made).find((name) => name.endsWith('.tar.xz'));

// A whole sign-in at oidc-provider, with the programs of a folder: browser, token, and what the command line prints.
function signInWith(folder) {
  const { status, stdout, stderr } = attempt(node, ['--no-warnings', '--test', '--test-reporter=spec',
    '--test-name-pattern=keybearer login opens the browser', join(top, 'tests/end_to_end/sign_in.test.mjs')],
  { env: { ...process.env, NODE_TEST_CONTEXT: undefined, KEYBEARER_BIN_DIR: folder } });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /pass 1\b/);
}

// The tarball in a folder with a space in its name; unpacked once, and nobody changes it.
let unpackedFolder;
function unpacked() {
  if (unpackedFolder === undefined) {
    const parent = mkdtempSync(join(tmpdir(), 'keybearer-packages-'));
    process.on('exit', () => rmSync(parent, { recursive: true, force: true }));
    const folder = join(parent, 'somewhere else');
    mkdirSync(folder);
    output('tar', ['-xf', join(made, tarball), '-C', folder]);
    unpackedFolder = join(folder, tarball.replace('.tar.xz', ''));
  }
  return unpackedFolder;
}

const bare = (more = {}) => ({ PATH: '/usr/bin:/bin', HOME: '/nonexistent', QT_QPA_PLATFORM: 'offscreen', ...more });

test('the broker, the tray and the libraries are a package each, and no file is in two of them', () => {
  assert.deepEqual(Object.keys(packages).sort(), ['keybearer', 'keybearer-tray', 'libkeybearer-dev']);
  const all = Object.keys(packages).flatMap(pathsOf);
  assert.equal(new Set(all).size, all.length);
});

test('everything in a package belongs to root and is writable for nobody else', () => {
  for (const { mode, owner, path } of Object.keys(packages).flatMap(contents)) {
    assert.equal(owner, 'root/root', path);
    assert.match(mode, /^(d|-)rw[x-]r-[x-]r-[x-]$/, path);
  }
});

test('keybearer has what a person needs without a desktop, each in its place', () => {
  const paths = pathsOf('keybearer');
  for (const path of ['/usr/bin/keybearer', '/usr/bin/keybearerd', '/usr/bin/keybearer-gateway',
    '/usr/share/bash-completion/completions/keybearer', '/usr/share/zsh/vendor-completions/_keybearer',
    '/usr/share/fish/vendor_completions.d/keybearer.fish', '/usr/share/keybearer/config.schema.json',
    '/usr/share/keybearer/openrpc.json', '/usr/share/keybearer/providers/github.json',
    '/usr/share/keybearer/providers/provider.schema.json', '/usr/share/doc/keybearer/sbom.cdx.json',
    '/usr/share/doc/keybearer/docs/stores.md', '/usr/share/doc/keybearer/copyright'])
    assert.ok(paths.includes(path), path);
  const units = existsSync(join(top, 'resources/systemd')) ? ['keybearer.service', 'keybearer.socket'] : [];
  for (const unit of units)
    assert.ok(paths.includes(`/usr/lib/systemd/user/${unit}`), unit);
});

test('keybearer-tray has the entry of the menu, its icon, its description and the entry of the autostart', () => {
  const paths = pathsOf('keybearer-tray');
  for (const path of ['/usr/bin/keybearer-tray', '/usr/share/applications/keybearer.desktop',
    '/usr/share/icons/hicolor/scalable/apps/keybearer.svg', '/usr/share/metainfo/example.keybearer.tray.metainfo.xml',
    '/etc/xdg/autostart/keybearer.desktop'])
    assert.ok(paths.includes(path), path);
});

test('every program has a manual, compressed without name and time', (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['keybearer', 'keybearer-tray'])
    output('dpkg-deb', ['-x', packages[name], folder]);
  for (const program of programs) {
    const manual = readFileSync(join(folder, 'usr/share/man/man1', `${program}.1.gz`));
    assert.equal(manual[3] & 0x08, 0, 'a file name'); // FNAME of RFC 1952
    assert.equal(manual.readUInt32LE(4), 0, 'a time');
    assert.match(gunzipSync(manual).toString(), new RegExp(`\\.Nm ${program}\\n`));
  }
});

test('what is not linked is asked for by name: the library of the keychain, a keyring, the icons of the desktop', () => {
  assert.match(field('keybearer', 'Depends'), /\blibsecret-1-0\b/);
  assert.match(field('keybearer', 'Depends'), /\blibqt6network6 \(>= /); // found by dpkg-shlibdeps
  assert.match(field('keybearer', 'Recommends'), /\bgnome-keyring\b/);
  assert.match(field('keybearer-tray', 'Depends'), /\blibqt6svg6\b/);
  assert.match(field('keybearer-tray', 'Depends'), new RegExp(`\\bkeybearer \\(= ${field('keybearer', 'Version')}\\)`));
  assert.ok(!field('keybearer', 'Depends').includes('libqt6gui6'), 'a server gets no graphics');
});

test('what lies in /etc is a conffile', () => {
  const files = Object.keys(packages).flatMap((name) => pathsOf(name).filter((path) => path.startsWith('/etc/')));
  const listed = output('dpkg-deb', ['-I', packages['keybearer-tray'], 'conffiles']).trim().split('\n');
  assert.deepEqual(listed, files);
});

test('lintian has no errors, no warnings and no overrides that are not needed', () => {
  const { status, stdout, stderr } = attempt('lintian', ['--allow-root', '--fail-on', 'error,warning', '--tag-display-limit', '0',
    ...Object.values(packages)]);
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stdout, '');
  for (const name of Object.keys(packages)) {
    const overrides = readFileSync(join(top, 'installer/debian', `${name}.lintian-overrides`), 'utf8').split('\n');
    overrides.forEach((line, at) => {
      if (line !== '' && !line.startsWith('#'))
        assert.match(overrides[at - 1], /^#/, `${line} has no reason`);
    });
  }
});

test('what is read by desktops is well formed', (t) => {
  const folder = temporaryFolder(t);
  output('dpkg-deb', ['-x', packages['keybearer-tray'], folder]);
  output('desktop-file-validate', [join(folder, 'usr/share/applications/keybearer.desktop')]);
  output('desktop-file-validate', [join(folder, 'etc/xdg/autostart/keybearer.desktop')]);
  const metainfo = join(folder, 'usr/share/metainfo/example.keybearer.tray.metainfo.xml');
  output('appstreamcli', ['validate', '--no-net', metainfo]);
  const text = readFileSync(metainfo, 'utf8');
  assert.match(text, /<launchable type="desktop-id">keybearer\.desktop<\/launchable>/);
  const version = field('keybearer', 'Version').split('-')[0];
  assert.match(text, new RegExp(`<release version="${version.replaceAll('.', '\\.')}"`));
});

test('no path of the machine that built them is in a package', (t) => {
  const folder = temporaryFolder(t);
  for (const name of Object.keys(packages))
    output('dpkg-deb', ['-x', packages[name], folder]);
  const ours = ['app', 'broker', 'clients', 'resources', 'translations'];
  const paths = [...ours.map((name) => join(top, name)), ...ours.map((name) => join(build, name))];
  for (const file of filesBelow(folder)) {
    const bytes = readFileSync(join(folder, file));
    for (const path of paths)
      assert.ok(!bytes.includes(`${path}/`), `${file} has ${path} in it`);
  }
});

test('the same programs are packed into the same bytes, whenever and by whomever', (t) => {
  const folder = temporaryFolder(t);
  // As somebody else, later: another umask, another time zone, and sources with other times.
  const { status, stdout, stderr } = attempt('bash', ['-c',
    'umask 077; exec "$0" --no-install --quick --only deb --build "$1" --output "$2"', join(top, 'installer/package'), build, join(folder, 'again')],
  { env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'C', SOURCE_DATE_EPOCH: '1' } });
  assert.equal(status, 0, stdout + stderr);
  for (const path of Object.values(packages))
    assert.deepEqual(readFileSync(join(folder, 'again', basename(path))), readFileSync(path), basename(path));
});

test('SHA256SUMS is right about every file', () => {
  output('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: made });
});

// --- SBOM -----------------------------------------------------------------------------------------------------------

const documents = readdirSync(made).filter((name) => name.endsWith('.cdx.json'));
const bomOf = (name) => JSON.parse(readFileSync(join(made, name), 'utf8'));

for (const name of documents) {
  test(`${name} is a CycloneDX document: every member that the schema requires, and no reference to nothing`, () => {
    const bom = bomOf(name);
    assert.deepEqual([bom.bomFormat, bom.specVersion, bom.version], ['CycloneDX', '1.5', 1]);
    assert.match(bom.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.match(bom.metadata.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const all = [bom.metadata.component, ...bom.components];
    for (const one of all) {
      assert.ok(['application', 'library'].includes(one.type) && one.name !== '' && one.version !== '', JSON.stringify(one));
      assert.match(one.purl, /^pkg:(deb\/[a-z]+|generic)\/[^@]+@[^?]+(\?arch=[a-z0-9]+&distro=[a-z]+-[0-9.]+)?$/);
      assert.equal(one['bom-ref'], one.purl);
      assert.equal(one.licenses.length, 1);
      const { license, expression } = one.licenses[0];
      assert.match(license?.id ?? expression, license ? /^[A-Za-z0-9.+-]+$/ : /^[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)+$/);
    }
    const references = new Set(all.map((one) => one['bom-ref']));
    assert.equal(references.size, all.length, 'a component is there twice');
    assert.deepEqual(new Set(bom.dependencies.map(({ ref }) => ref)), references);
    for (const { dependsOn } of bom.dependencies)
      assert.ok(dependsOn.every((ref) => references.has(ref)));
  });
}

test('each program depends on the packages of all libraries that it asks the linker for', () => {
  const bom = bomOf(documents.find((name) => !name.includes('linux')));
  const nameOf = new Map(bom.components.map((one) => [one['bom-ref'], one.name]));
  for (const program of programs) {
    const own = bom.components.find((one) => one.name === program);
    const parts = bom.dependencies.find(({ ref }) => ref === own['bom-ref']).dependsOn.map((ref) => nameOf.get(ref));
    const needed = [...output('objdump', ['-p', join(build, 'bin', program)]).matchAll(/NEEDED\s+(\S+)/g)].map((one) => one[1]);
    if (needed.length === 0)
      continue; // the command line
    const found = output('dpkg-query', ['-S', ...needed.map((library) => `*/${library}`)]).trim().split('\n');
    for (const library of needed) {
      const owners = found.filter((line) => line.endsWith(`/${library}`)).map((line) => line.split(':')[0]);
      assert.ok(owners.some((owner) => parts.includes(owner)), `${program}: ${library} of ${owners}`);
    }
  }
});

test('what has no shared library is in it, too: headers, static libraries, and what is loaded while it runs', () => {
  const bom = bomOf(documents.find((name) => !name.includes('linux')));
  const linked = Object.fromEntries(bom.components.filter((one) => one.properties)
    .map((one) => [one.name, one.properties[0].value]));
  assert.deepEqual([linked['nlohmann-json3-dev'], linked['libboost1.81-dev'], linked['libsodium-dev'], linked['libsecret-1-0']],
    ['headers', 'headers', 'static', 'loaded']);
});

test('nothing is written about a library whose licence nobody has looked up', (t) => {
  const folder = temporaryFolder(t);
  const licences = JSON.parse(readFileSync(join(top, 'installer/licences.json'), 'utf8'));
  delete licences.shared.libcjose0;
  writeFileSync(join(folder, 'licences.json'), JSON.stringify(licences));
  const { status, stderr } = attempt(join(top, 'installer/sbom'),
    ['--build', build, '--output', join(folder, 'sbom.json'), '--licences', join(folder, 'licences.json')]);
  assert.equal(status, 1);
  assert.match(stderr, /keybearerd has libcjose0 in it: write its licence into licences\.json/);
  assert.ok(!existsSync(join(folder, 'sbom.json')));
});

// --- installed ------------------------------------------------------------------------------------------------------

test('a person signs in with the programs of the .deb, wherever they were put', (t) => {
  const folder = temporaryFolder(t);
  output('dpkg-deb', ['-x', packages.keybearer, folder]);
  signInWith(join(folder, 'usr/bin'));
});

test('dpkg installs all three and purges them without a trace', (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'var/lib/dpkg/info'), { recursive: true });
  mkdirSync(join(root, 'var/lib/dpkg/updates'));
  writeFileSync(join(root, 'var/lib/dpkg/status'), '');
  writeFileSync(join(root, 'var/lib/dpkg/available'), '');
  const dpkg = (...parameters) => output('dpkg', [`--root=${root}`, '--log=/dev/null', '--force-not-root', '--force-depends',
    ...parameters]);
  dpkg('--install', ...Object.values(packages));
  assert.ok(existsSync(join(root, 'usr/bin/keybearerd')) && existsSync(join(root, 'etc/xdg/autostart/keybearer.desktop')));
  dpkg('--remove', ...Object.keys(packages));
  assert.ok(existsSync(join(root, 'etc/xdg/autostart/keybearer.desktop')), 'a conffile stays until the purge');
  dpkg('--purge', ...Object.keys(packages));
  assert.deepEqual(filesBelow(root).filter((path) => !path.startsWith('var/lib/dpkg/')), []);
});

// --- the tarball ----------------------------------------------------------------------------------------------------

test('the tarball runs from any folder, with the libraries that it carries along', () => {
  const folder = unpacked();
  for (const program of programs)
    assert.match(output(join(folder, 'bin', program), ['--version'], { env: bare() }),
      new RegExp(`^${program} \\d+\\.\\d+\\.\\d+\n$`));
  // On standard error the dynamic linker says which files it has opened.
  const { stderr } = attempt(join(folder, 'bin/keybearer-tray'), ['--version'],
    { env: bare({ LD_DEBUG: 'libs' }) });
  const opened = [...stderr.matchAll(/calling init: (\S.*)$/gm)].map((one) => one[1]);
  const ofQt = opened.filter((path) => /Qt6|icu|qoffscreen/.test(path));
  assert.ok(ofQt.length >= 5 && ofQt.every((path) => path.includes('/lib/keybearer/')), ofQt.join('\n'));
  signInWith(join(folder, 'bin'));
});

test('the tarball carries the licence of every library that it carries, and names them in its SBOM', () => {
  const folder = unpacked();
  const licences = readdirSync(join(folder, 'share/doc/keybearer/licences'));
  const bom = JSON.parse(readFileSync(join(folder, 'share/doc/keybearer/sbom.cdx.json'), 'utf8'));
  const carried = bom.components.filter((one) => one.properties?.[0].value === 'carried along').map((one) => `${one.name}.txt`);
  assert.ok(carried.length > 20);
  assert.deepEqual(licences.sort(), carried.sort());
});

test('install.sh installs for one person, twice if told so, and takes all of it away again but what others put there', (t) => {
  const folder = unpacked();
  const home = temporaryFolder(t);
  mkdirSync(join(home, '.local/share/applications'), { recursive: true });
  writeFileSync(join(home, '.local/share/applications/other.desktop'), '');
  const before = everythingBelow(home);
  const env = bare({ HOME: home });
  const install = (...parameters) => output(join(folder, 'install.sh'), parameters, { env });
  install('--autostart');
  assert.match(output(join(home, '.local/bin/keybearer'), ['--version'], { env }), /^keybearer \d/);
  const entry = readFileSync(join(home, '.local/share/applications/keybearer.desktop'), 'utf8');
  assert.match(entry, new RegExp(`^Exec="${home}/\\.local/bin/keybearer-tray"$`, 'm'));
  output('desktop-file-validate', [join(home, '.local/share/applications/keybearer.desktop')]);
  assert.ok(existsSync(join(home, '.config/autostart/keybearer.desktop')));
  for (const path of ['share/man/man1/keybearerd.1', 'share/bash-completion/completions/keybearer',
    'share/fish/vendor_completions.d/keybearer.fish', 'share/zsh/site-functions/_keybearer'])
    assert.ok(existsSync(join(home, '.local', path)), path);
  const first = everythingBelow(home);
  install('--autostart');
  assert.deepEqual(everythingBelow(home), first);
  signInWith(join(home, '.local/bin'));
  output(join(home, '.local/lib/keybearer/install.sh'), ['--uninstall'], { env });
  assert.deepEqual(everythingBelow(home), before);
});

test('install.sh removes nothing where it has installed nothing', (t) => {
  const folder = unpacked();
  const home = temporaryFolder(t);
  const { status, stderr } = attempt(join(folder, 'install.sh'), ['--uninstall'], { env: bare({ HOME: home }) });
  assert.equal(status, 1);
  assert.match(stderr, /^error: there is no installation below /);
  assert.deepEqual(everythingBelow(home), []);
});

// --- AppImage -------------------------------------------------------------------------------------------------------

test('the folder of the AppImage starts the tray, and any program by its name', () => {
  const start = join(made, 'Keybearer.AppDir/AppRun');
  assert.match(output(start, ['--version'], { env: bare() }), /^keybearer-tray \d/);
  assert.match(output(start, ['keybearer', '--version'], { env: bare() }), /^keybearer \d/);
  assert.match(output(start, ['--version'], { env: bare({ ARGV0: '/home/ana/bin/keybearerd' }) }), /^keybearerd \d/);
  output('desktop-file-validate', [join(made, 'Keybearer.AppDir/keybearer.desktop')]);
});

test('an AppImage is its runtime with the folder behind it, the same bytes each time, and takes no other runtime', (t) => {
  const folder = temporaryFolder(t);
  const tree = join(folder, 'tree');
  for (const path of ['bin/keybearer-tray', 'bin/keybearerd', 'lib/keybearer/libQt6Core.so.6', 'share/applications/keybearer.desktop',
    'share/icons/hicolor/scalable/apps/keybearer.svg']) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    copyFileSync(join(made, 'Keybearer.AppDir/usr', path), join(tree, path));
  }
  // All that is asked of a runtime before it is used: ELF, and the mark of type 2.
  const runtime = Buffer.alloc(4096);
  runtime.write('\x7fELF\x02\x01\x01\x00AI\x02', 'latin1');
  writeFileSync(join(folder, 'runtime'), runtime);
  const make = (name, from = 'runtime') => attempt(join(top, 'installer/linux/appimage'), ['--tree', tree, '--appdir', join(folder, 'AppDir'),
    '--runtime', join(folder, from), '--output', join(folder, name)], { env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' } });
  const first = make('first');
  assert.equal(first.status, 0, first.stderr);
  utimesSync(join(tree, 'bin/keybearerd'), 1, 1);
  assert.equal(make('second').status, 0);
  assert.ok(readFileSync(join(folder, 'first')).equals(readFileSync(join(folder, 'second'))));
  const listed = output('unsquashfs', ['-offset', '4096', '-l', join(folder, 'first')]);
  assert.match(listed, /^squashfs-root\/AppRun$/m);
  assert.match(listed, /^squashfs-root\/usr\/bin\/keybearerd$/m);
  copyFileSync('/bin/true', join(folder, 'wrong'));
  const refused = make('third', 'wrong');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /is no runtime of a type 2 AppImage/);
});
