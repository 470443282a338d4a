"""Every window and page of the tray, and how to get there: for the tests that look at all of them, and for the
pictures. The same in each language: pages go by their number, buttons by the name that the program gives them."""
import json
import os
import shutil

from accessible import Program, connect, prepare, read
from desktop import Desktop
from fake_broker import hostile_request, program_request, sample_request, start_request
from rich_broker import RichBroker



class Stage:
    """A desktop of one size, ground, scale, language and direction, with the tray and its window on it."""

    def __init__(self, programs, dark=False, scale=1, language='en', mirrored=False, broker=RichBroker, size=None, gtk=False):
        self.programs = programs
        self.scale = scale
        self.language = language
        self.mirrored = mirrored
        width, height = size or (1360, 900)
        self.desktop = Desktop(width * scale, height * scale, dark=dark)
        self.make_broker = broker
        locale = {'en': 'C.UTF-8', 'zh': 'zh_CN.UTF-8', 'ja': 'ja_JP.UTF-8'}.get(
            language, f'{language}_{language.upper()}.UTF-8')
        self.desktop.environment.update({
            'LANG': locale, 'LC_ALL': locale, 'LANGUAGE': '', 'BROWSER': 'true', 'QT_SCALE_FACTOR': str(scale),
            'QT_STYLE_OVERRIDE': 'Fusion'})
        if dark or gtk:  # as a GTK desktop says it; package qt6-gtk-platformtheme
            self.desktop.environment.update({'QT_QPA_PLATFORMTHEME': 'gtk3',
                                             'GTK_THEME': 'Adwaita:dark' if dark else 'Adwaita'})
        self.window_number = None

    def __enter__(self):
        prepare(self.desktop, self.programs)
        self.desktop.__enter__()
        try:
            self._start()
        except BaseException:
            self.desktop.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.broker.stop()
        self.desktop.__exit__()

    def _start(self):
        connect(self.desktop)
        self.broker = self.make_broker(self.desktop.socket)
        self.broker.start()
        directory = os.path.join(self.desktop.root, 'bin')
        os.mkdir(directory)
        for name in ('keybearer-tray', 'keybearer'):
            shutil.copy(os.path.join(self.programs, name), directory)
        with open(os.path.join(directory, 'keybearerd'), 'w') as file:
            file.write('#!/bin/sh\nexit 1\n')
        os.chmod(file.name, 0o700)
        fill_home(self.desktop.root)
        arguments = ['-reverse'] if self.mirrored else []
        self.tray = self.desktop.spawn([os.path.join(directory, 'keybearer-tray'), *arguments, '--sessions'])
        self.program = Program(self.desktop)
        self.main = self.desktop.wait(lambda: self.program.windows(), 'the main window')[0]
        self.desktop.tray_icon()
        self.desktop.wait(lambda: self.broker.called('health.get'), 'that the tray has asked')
        self.program.settle()
        self.window_number = self.main_window()
        self.desktop.run('xdotool', 'windowactivate', '--sync', self.window_number)

    def main_window(self):
        """The number that the X server knows it by."""
        title = self.main.get_name()
        return self.desktop.wait(lambda: self._numbers(title), title)[0]

    def _numbers(self, title):
        """xdotool's own search knows the old name of a window alone, which is none where the locale is not installed."""
        return [number for number in self.desktop.windows('--class', 'keybearer-tray')
                if title and self.desktop.run('xdotool', 'getwindowname', number).startswith(title)]

    def doctor(self):
        """What the program on the command line finds, and the page Health shows."""
        tool = os.path.join(self.desktop.root, 'bin', 'keybearer')
        return json.loads(self.desktop.run(tool, '--json', 'doctor', '--no-spawn'))

    def tree(self):
        return read(self.main)

    def pages(self):
        entries = [node for node in self.tree().walk() if node.role == 'list item'
                   and node.parent.role == 'list' and node.parent.parent.parent.source == self.main]
        return len(entries)

    def open_page(self, number):
        self.desktop.wait(lambda: self._goes_to(number), f'page {number}')
        self.program.settle()
        return self.tree()

    def _goes_to(self, number):
        """Keys go to the window in front, which a dialog may still be that is being closed."""
        self.desktop.run('xdotool', 'windowactivate', '--sync', self.window_number)
        self.desktop.key(f'ctrl+{number}')
        self.program.settle()
        return self._selected() == number

    def _selected(self):
        entries = [node for node in self.tree().walk() if node.role == 'list item'
                   and node.parent.parent.parent is not None and node.parent.parent.parent.source == self.main]
        chosen = [index + 1 for index, node in enumerate(entries) if node.has('selected')]
        return chosen[0] if chosen else 0

    def others(self):
        """What is open beside the main window; what has no title is Qt's balloon with a notice."""
        return [window for window in self.program.windows() if window != self.main and window.get_name()]

    def opened(self, what):
        """The window that has come to the main one."""
        source = self.desktop.wait(lambda: self.others(), what)[-1]
        self.program.settle()
        return read(source)

    def active_title(self):
        return self.desktop.run('xdotool', 'getactivewindow', 'getwindowname').removesuffix(' \u2014 Keybearer')

    def press(self, name):
        self.desktop.wait(lambda: self.program.probe(f'press {name}'), f'the button {name}', 8)

    def close_others(self):
        for _ in range(8):
            if not self.others():
                return
            title = self.others()[-1].get_name()
            found = self._numbers(title)
            if found:
                self.desktop.run('xdotool', 'windowactivate', found[-1])
            self.desktop.key('Escape')
            try:
                self.desktop.wait(lambda: title not in [window.get_name() for window in self.others()], title, 2)
            except AssertionError:
                continue
        raise AssertionError(f'does not close: {[window.get_name() for window in self.others()]}')


def fill_home(home):
    """MCP clients of the person, with secrets in their settings."""
    os.makedirs(os.path.join(home, '.cursor'), exist_ok=True)
    with open(os.path.join(home, '.cursor', 'mcp.json'), 'w') as file:
        file.write('{\n  // mine\n  "mcpServers": {\n    "github": {"url": "https://api.githubcopilot.com/mcp/", '
                   '"headers": {"Authorization": "Bearer ghp_0123456789abcdefghijklmnopqrstuvwxyz"}},\n'
                   '    "weather": {"command": "npx", "args": ["weather-mcp"], '
                   '"env": {"WEATHER_API_KEY": "wk_live_0123456789abcdef"}}\n  }\n}\n')


# Dialogs: how each is opened from a stage whose main window is in front. Each gives the tree of what was opened.

def question(request):
    def show(stage):
        stage.broker.ask(request)
        return stage.opened('the question')
    return show


def withdraw(stage):
    for request in list(stage.broker.pending):
        stage.broker.pending.remove(request)
        stage.broker.emit('consent.withdrawn', consent_id=request['consent_id'], why='expired')


def pressed(*names, page=1):
    """Behind these buttons, one after the other; the first is on that page."""
    def show(stage):
        stage.open_page(page)
        for name in names[:-1]:
            stage.press(name)
            stage.program.settle()
        stage.press(names[-1])
        return stage.opened(names[-1])
    return show


def sign_in(flow, provider='GitHub'):
    """Through the chooser, as far as the broker goes."""
    def show(stage):
        stage.broker.flow = flow
        chooser = pressed('signIn')(stage)
        stage.desktop.run('xdotool', 'type', '--delay', '10', provider)
        stage.program.settle()
        stage.press('go')
        stage.desktop.wait(lambda: stage.others() and chooser.source not in stage.others(), 'what follows the chooser')
        return stage.opened('the sign-in')
    return show


def rename(stage):
    """Of a session: an API key has no button for it."""
    def next_row():
        if stage.program.probe('press rename'):
            return True
        stage.program.probe('focus sessions')
        stage.desktop.key('Down')
        stage.program.settle()
        return False
    stage.open_page(1)
    stage.desktop.wait(next_row, 'a session')
    return stage.opened('rename')


def wizard(steps):
    def show(stage):
        stage.open_page(1)
        stage.press('setup')
        window = stage.opened('the wizard')
        for _ in range(steps):
            stage.press('next')
            window = stage.opened('the wizard')
        return window
    return show


def unlock(stage):
    stage.broker.store = {'backend': 'file', 'state': 'locked', 'problem': 'the store file is locked',
                          'key': {'kind': 'passphrase'},
                          'action': 'Unlock it with: keybearer store unlock'}
    stage.broker.emit('health.changed', status='degraded')
    stage.press('stateButton')
    return stage.opened('the question for the passphrase')


DIALOGS = {
    'question': question(sample_request(1)),
    'question-known': question(program_request(2)),
    'question-command': question(start_request(3, '/usr/bin/node server.js --port 8080')),
    'question-hostile': question(hostile_request(4)),
    'chooser': pressed('signIn'),
    'sign-in': sign_in('browser'),
    'sign-in-device': sign_in('device'),
    'client-id': sign_in('browser', 'Microsoft'),
    'add-key': pressed('addKey'),
    'rename': rename,
    'add-server': pressed('addService', page=2),
    'setup': wizard(0),
    'setup-servers': wizard(1),
    'unlock': unlock,
}


def open_dialog(stage, name):
    return DIALOGS[name](stage)


def close_dialog(stage):
    withdraw(stage)
    stage.close_others()
    if stage.broker.store['state'] != 'ready':
        stage.broker.store = {'backend': 'keychain', 'state': 'ready'}
        stage.broker.emit('health.changed', status='ok')
    stage.broker.flow = 'browser'
