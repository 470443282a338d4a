#!/usr/bin/env python3
"""The first start as a person meets it: the wizard opens by itself, moves what the settings of an MCP client hold,
and puts it back, with the real broker and the real command line.

setup_end_to_end.py DIRECTORY-OF-THE-PROGRAMS [NAME-OF-A-TEST]...
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from sanitizer import PATIENCE, linger  # noqa: E402
from stage import RealBroker, press_until, programs, run  # noqa: E402

WIZARD = 'Set up Keybearer'
SECRET = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'
SETTINGS = ('{\r\n\t// mine\r\n\t"mcpServers": {\r\n\t\t"github": {"command": "npx", "args": ["-y", "server-github"],'
            ' "env": {"GITHUB_TOKEN": "' + SECRET + '"}},\r\n\t\t"linear": {"url": "https://mcp.linear.app/mcp"},\r\n\t}'
            '\r\n}')


def settings(desktop):
    path = os.path.join(desktop.root, '.cursor', 'mcp.json')
    if not os.path.exists(path):
        os.mkdir(os.path.dirname(path))
        with open(path, 'w', newline='') as file:
            file.write(SETTINGS)
    return path


def content(path):
    with open(path, newline='') as file:
        return file.read()


def begin(desktop):
    """Leaves the first page. A key goes to whatever window has the focus, so the wizard gets it first."""
    desktop.run('xdotool', 'windowactivate', '--sync', desktop.window(WIZARD))
    desktop.key('Return')


def tray(desktop):
    return desktop.spawn([os.path.join(programs(), 'keybearer-tray')])


def wizard_moves_what_is_there_and_puts_it_back_byte_for_byte():
    with RealBroker() as broker:
        desktop = broker.desktop
        path = settings(desktop)
        tray(desktop)
        begin(desktop)
        press_until(desktop, 'alt+m', lambda: SECRET not in content(path), 'the settings to be changed')
        changed = content(path)
        assert '// mine\r\n' in changed, changed
        assert '"run"' in changed and 'https://mcp.linear.app/mcp' in changed, changed
        assert 'cursor-github-token' in broker.command('apikey', 'list'), 'the key is not in the store'
        press_until(desktop, 'alt+u', lambda: content(path) == SETTINGS, 'the settings to be put back')


def wizard_that_is_closed_changes_nothing_and_does_not_come_again():
    with RealBroker() as broker:
        desktop = broker.desktop
        path = settings(desktop)
        first = tray(desktop)
        begin(desktop)
        linger(0.5)
        desktop.key('Escape')
        desktop.gone(WIZARD)
        assert content(path) == SETTINGS
        first.terminate()
        first.wait(10 * PATIENCE)
        tray(desktop)
        desktop.tray_icon()
        linger(3)  # longer than it waits before it looks
        assert not desktop.windows('--name', WIZARD), 'the wizard came again'


TESTS = [wizard_moves_what_is_there_and_puts_it_back_byte_for_byte,
         wizard_that_is_closed_changes_nothing_and_does_not_come_again]


if __name__ == '__main__':
    sys.exit(run(__doc__, TESTS))
