#!/usr/bin/python3
"""One day of a person with everything real: desktop, panel, gnome-keyring, keybearerd, keybearer-tray, an authorization
server (npm oidc-provider), Chromium, a program in Node. Buttons are pressed by name, as a screen reader would.

journey_end_to_end.py DIRECTORY-OF-THE-PROGRAMS
KEYBEARER_NODE: the program node, 22 or newer.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from accessible import Program, apart, connect, prepare  # noqa: E402
from desktop import Desktop  # noqa: E402
from sanitizer import PATIENCE  # noqa: E402
from stage import programs, run, script  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
NODE = os.environ.get('KEYBEARER_NODE') or shutil.which('node')
SECRET = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'
PROMPT = 'asks for access'
CURSOR = ('{\n  // the servers I use\n  "mcpServers": {\n    "files": {\n      "command": "npx", "args": ["files-mcp"],\n'
          f'      "env": {{"GITHUB_TOKEN": "{SECRET}", "ROOT": "/tmp"}},\n    }},\n  }},\n}}\n')


class Day:
    """The desktop of one person and what lives on it; gone without a trace at the end."""

    def __init__(self):
        self.desktop = Desktop(1360, 860)
        self.home = os.path.join(self.desktop.root, 'kb')
        self.tray = None
        self.browsed = os.path.join(self.desktop.root, 'browsed')
        self.cursor = os.path.join(self.desktop.root, '.cursor', 'mcp.json')

    def __enter__(self):
        desktop = self.desktop
        prepare(desktop, programs())
        desktop.environment.update({'KB_TEST_BROWSED': self.browsed, 'TMPDIR': desktop.directory('tmp')})
        desktop.__enter__()
        try:
            connect(desktop)
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        desktop = self.desktop
        ring = desktop.spawn(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                             stdin=subprocess.PIPE)
        ring.stdin.write(b'open-sesame')
        ring.stdin.close()
        provider = desktop.spawn([NODE, '--no-warnings', os.path.join(TOP, 'tests/support/provider.mjs')],
                                 stdout=subprocess.PIPE)
        self.provider = json.loads(provider.stdout.readline())
        browser = os.path.join(desktop.root, 'browser')
        script(browser, f'exec "{NODE}" --no-warnings "{HERE}/support/browse.mjs" "$1"')
        desktop.environment['BROWSER'] = browser
        os.makedirs(os.path.join(self.home, 'config'), mode=0o700)
        with open(os.path.join(self.home, 'config', 'config.yaml'), 'w') as file:
            json.dump({'store': {'backend': 'keychain'}, 'providers': {'demo': {
                'issuer': self.provider['issuer'], 'client_id': self.provider['client_id'],
                'scopes': ['openid', 'email', 'offline_access']}}}, file)
        os.makedirs(os.path.dirname(self.cursor))
        with open(self.cursor, 'w') as file:
            file.write(CURSOR)
        desktop.wait(lambda: 'org.freedesktop.secrets' in desktop.run(
            'dbus-send', '--session', '--dest=org.freedesktop.DBus', '--print-reply', '/org/freedesktop/DBus',
            'org.freedesktop.DBus.ListNames'), 'the keyring')

    def __exit__(self, *failure):
        if failure and failure[0] and self.tray and self.tray.poll() is not None:
            print(f'    the tray has ended: {self.tray.returncode}', flush=True)
        self.desktop.__exit__()
        for pid in self.left_behind():  # started by the tray: not our children
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def left_behind(self):
        """Whatever runs with the home of this desktop."""
        mark = f'HOME={self.desktop.root}'.encode() + b'\0'
        found = []
        for name in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{name}/environ', 'rb') as file:
                    if mark in file.read():
                        found.append(int(name))
            except OSError:
                continue
        return found

    def start_tray(self, *arguments):
        self.tray = self.desktop.spawn([os.path.join(programs(), 'keybearer-tray'), *arguments])
        self.program = Program(self.desktop)

    def pid(self):
        try:
            with open(os.path.join(self.home, 'run', 'broker.pid')) as file:
                return int(file.read())
        except (OSError, ValueError):
            return 0

    def command(self, *words):
        return self.desktop.run(os.path.join(programs(), 'keybearer'), '--no-spawn', *words)

    def ask(self):
        """A program of the person asks for a token."""
        return self.desktop.spawn([NODE, '--no-warnings', os.path.join(HERE, 'support', 'ask.mjs'), 'demo'],
                                  stdout=subprocess.PIPE)

    def answer_of(self, asking):
        assert asking.wait(30 * PATIENCE) == 0
        return json.loads(asking.stdout.read())

    def accepts(self, token):
        """Whether the service still knows the token."""
        request = urllib.request.Request(self.provider['issuer'] + '/me', headers={'Authorization': f'Bearer {token}'})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)['email'] == 'ana@example.com'
        except urllib.error.HTTPError as error:
            assert error.code == 401, error
            return False

    def read_cursor(self):
        with open(self.cursor) as file:
            return file.read()


WIZARD = 'Set up Keybearer'


def move_servers(day):
    """The wizard has opened by itself: somebody has secrets in a file, and has signed in nowhere."""
    day.program.press('Several services', within=WIZARD)
    day.program.press('Look for MCP clients', within=WIZARD)
    day.program.says('Cursor', within=WIZARD)
    assert not any(SECRET in node.text for node in day.program.window(WIZARD).walk()), 'the secret is shown'
    day.program.press('Move 1 server', within=WIZARD)
    day.program.says('1 server moved', within=WIZARD)
    moved = day.read_cursor()
    assert SECRET not in moved and 'keybearer' in moved and '// the servers I use' in moved, moved
    assert 'github' in day.command('apikey', 'list').lower()
    day.program.press('Go on', within=WIZARD)


def sign_in(day):
    day.program.press('Sign in to demo', within=WIZARD)
    day.desktop.wait(lambda: os.path.exists(day.browsed), 'the end of the visit to the provider', 60)
    with open(day.browsed) as file:
        said = file.read()
    assert 'close this page' in said, said
    day.program.says('Signed in as ana@example.com', within=WIZARD)
    day.program.press('Go on', within=WIZARD)
    day.program.press('Open the main window', within=WIZARD)
    day.program.says('ana@example.com', within='Sessions')


def allow(day, button):
    day.program.press(button, within=PROMPT)  # it is enabled when the question is armed
    day.program.gone(PROMPT)


def day_of_a_person():
    with Day() as day:
        begun = time.monotonic()

        def done(what):
            print(f'    {time.monotonic() - begun:5.1f} s  {what}', flush=True)

        day.start_tray()
        first = day.desktop.wait(day.pid, 'the broker')
        done('the tray is there and has started the broker')

        move_servers(day)
        done('the wizard has moved the server of Cursor, and its secret')

        sign_in(day)
        done('signed in through Chromium')

        asking = day.ask()
        allow(day, 'This session')
        token = day.answer_of(asking)['token']
        assert day.accepts(token)
        done('a program asked and was allowed')

        day.desktop.wait(lambda: day.program.probe('press refresh'), 'the button Refresh')
        day.program.says(f'{os.path.basename(os.path.realpath(NODE))}, ', within='Sessions')
        done('the window says who used it last')

        os.kill(first, signal.SIGKILL)
        second = day.desktop.wait(lambda: day.pid() not in (0, first) and day.pid(), 'another broker', 30)
        day.desktop.wait(lambda: 'demo' in day.command('session', 'list'), 'its sessions', 30)
        day.program.says('ana@example.com', within='Sessions')
        done('the broker was killed; another one has the session, and the open window shows it')

        asking = day.ask()
        day.program.window(PROMPT)
        day.tray.kill()
        day.tray.wait()
        assert asking.poll() is None
        day.start_tray('--sessions')
        allow(day, 'Once')
        assert day.accepts(day.answer_of(asking)['token'])
        assert day.pid() == second
        done('the tray was killed under a question; the next one asked it again')

        x, y, wide, high = day.program.find('table cell', name='ana@example.com', within='Sessions').place
        day.desktop.click((x + wide // 2, y + high // 2))
        day.program.press('Revoke...', within='Sessions')
        day.program.press('Revoke', within='Revoke session')
        day.desktop.wait(lambda: not day.accepts(token), 'the provider to reject the token')
        assert 'ana@example.com' not in day.command('session', 'list')
        done('revoked: the provider rejects the token')

        day.command('import', '--undo', '--json')
        assert day.read_cursor() == CURSOR
        done('the import is undone, byte for byte')


def in_a_process_of_its_own(test):
    def inner():
        apart(test)
    inner.__name__ = test.__name__
    return inner


TESTS = [in_a_process_of_its_own(day_of_a_person)]


if __name__ == '__main__':
    if not NODE or not shutil.which('gnome-keyring-daemon'):
        print('not installed: node or gnome-keyring')
        sys.exit(2)
    sys.exit(run(__doc__, TESTS))
