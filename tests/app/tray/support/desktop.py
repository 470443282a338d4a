"""A small X desktop for one test: Xvfb, a session bus, openbox and the panel tint2, all below one directory and all
ended again. Needs the packages xvfb, openbox, tint2, xdotool, imagemagick and dbus."""
import os
import shutil
import signal
import subprocess
import tempfile
import time

from sanitizer import PATIENCE, linger

PROGRAMS = ['Xvfb', 'openbox', 'tint2', 'xdotool', 'import', 'dbus-daemon']

PANEL = """
rounded = 0
border_width = 0
background_color = {ground} 100
panel_items = SC
panel_size = 100% 34
panel_position = top center horizontal
panel_padding = 8 4 8
panel_background_id = 1
systray_padding = 4 2 6
systray_icon_size = 22
systray_sort = left2right
time1_format = %H:%M
time1_font = DejaVu Sans 10
clock_font_color = {ink} 100
"""


def missing():
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Desktop:
    def __init__(self, width=1024, height=640, dark=False, panel=True, ground=None):
        self.dark = dark
        self.panel = panel
        self.ground = ground or ('#20242c' if dark else '#dfe4ea')
        self.size = f'{width}x{height}x24'
        self.children = []
        self.root = tempfile.mkdtemp(prefix='kbtray')
        self.environment = {
            'PATH': os.environ['PATH'], 'LANG': os.environ.get('KB_TEST_LANG', 'C.UTF-8'), 'HOME': self.root,
            'XDG_RUNTIME_DIR': self.directory('runtime'), 'XDG_CONFIG_HOME': self.directory('config'),
            'XDG_CACHE_HOME': self.directory('cache'), 'KEYBEARER_HOME': os.path.join(self.root, 'kb'),
            'QT_QPA_PLATFORM': 'xcb', 'QT_LINUX_ACCESSIBILITY_ALWAYS_ON': '0', 'NO_AT_BRIDGE': '1',
            'XDG_DATA_DIRS': '/usr/local/share:/usr/share',
        }
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'TZ'):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def directory(self, name):
        path = os.path.join(self.root, name)
        os.makedirs(path, mode=0o700)
        return path

    @property
    def socket(self):
        return os.path.join(self.root, 'kb', 'run', 'broker.sock')

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        reader, writer = os.pipe()
        self.spawn(['Xvfb', '-displayfd', str(writer), '-screen', '0', self.size, '-nolisten', 'tcp', '-noreset'],
                   pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self.environment['DISPLAY'] = ':' + pipe.readline().strip()
        bus = self.spawn(['dbus-daemon', '--session', '--nofork', '--print-address=1'], stdout=subprocess.PIPE)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()
        self.spawn(['openbox', '--sm-disable'])
        if self.panel:
            config = os.path.join(self.root, 'tint2rc')
            with open(config, 'w') as file:
                file.write(PANEL.format(ground=self.ground, ink='#ffffff' if self.dark else '#202020'))
            self.spawn(['tint2', '-c', config])
        self.run('display', '-window', 'root', '-size', '64x64', 'xc:' + ('#2c3440' if self.dark else '#9fb2c8'))
        self.wait(lambda: not self.panel or self.windows('--class', 'tint2'), 'the panel')

    def __exit__(self, *_):
        for child in reversed(self.children):
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
        for child in reversed(self.children):
            try:
                child.wait(5 * PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            if child.stdout:
                child.stdout.close()
        shutil.rmtree(self.root, ignore_errors=True)

    def spawn(self, command, **options):
        """A child in a process group of its own, ended with the desktop."""
        options.setdefault('stdout', subprocess.DEVNULL)
        options.setdefault('stderr', None if os.environ.get('KB_TEST_VERBOSE') else subprocess.DEVNULL)
        environment = {**self.environment, **options.pop('env', {})}
        child = subprocess.Popen(command, env=environment, start_new_session=True, **options)
        self.children.append(child)
        return child

    def run(self, *command):
        # The one of the program may not be installed.
        environment = {**self.environment, 'LC_ALL': 'C.UTF-8'}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              timeout=20 * PATIENCE, check=False)
        return done.stdout.decode().strip()

    @staticmethod
    def wait(condition, what, timeout=20):
        timeout *= PATIENCE
        end = time.monotonic() + timeout
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f'waited {timeout} s in vain for {what}')
            time.sleep(0.05)

    def windows(self, *criteria):
        return self.run('xdotool', 'search', '--onlyvisible', *criteria).split()

    def window(self, title, timeout=20):
        """The window with this title, once it is on the screen."""
        return self.wait(lambda: self.windows('--name', title), f'the window {title!r}', timeout)[0]

    def gone(self, title, timeout=20):
        self.wait(lambda: not self.windows('--name', title), f'the end of the window {title!r}', timeout)

    def geometry(self, window):
        values = dict(line.split('=') for line in
                      self.run('xdotool', 'getwindowgeometry', '--shell', window).splitlines() if '=' in line)
        return tuple(int(values[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def tray_icon(self):
        """Where the panel has embedded the icon: the one small window of ours on the panel."""
        def look():
            for window in self.windows('--class', 'keybearer-tray'):
                x, y, width, height = self.geometry(window)
                if 8 <= width <= 48 and 8 <= height <= 48 and y < 40:
                    return window, (x + width // 2, y + height // 2)
            return None
        return self.wait(look, 'the embedded icon')

    def click(self, place, button=1):
        self.run('xdotool', 'mousemove', str(place[0]), str(place[1]), 'click', str(button))

    def click_in(self, window, place):
        """At a place inside of a window, wherever the window manager's frame has put that."""
        self.run('xdotool', 'mousemove', '--window', window, str(place[0]), str(place[1]), 'click', '1')

    def choose(self, place, *keys):
        """In the menu of the icon at a place, by keyboard. Until the menu has the keyboard a key is nobody's, and then the
        menu stays."""
        for _ in range(3):
            before = set(self.windows('--class', 'keybearer-tray'))
            self.click(place, 3)
            menu = self.wait(lambda: set(self.windows('--class', 'keybearer-tray')) - before, 'the menu')
            linger(0.3)
            self.key(*keys)
            try:
                self.wait(lambda: not menu & set(self.windows('--class', 'keybearer-tray')), 'the end of the menu', 3)
                return
            except AssertionError:
                self.key('Escape')
                self.wait(lambda: not menu & set(self.windows('--class', 'keybearer-tray')), 'the end of the menu')
        raise AssertionError(f'the menu does not hear {keys}')

    def in_front(self, title):
        """The window with this title, once it has the keyboard."""
        window = self.window(title)
        self.wait(lambda: self.run('xdotool', 'getactivewindow') == window, f'{title!r} to be in front')
        return window

    def key(self, *keys):
        self.run('xdotool', 'key', *keys)

    def screenshot(self, path, window='root', colours=None):
        command = ['import', '-window', window, '-strip']
        if colours:
            command += ['-dither', 'None', '-colors', str(colours)]
        self.run(*command, path)
        if not os.path.exists(path):
            raise AssertionError('no screenshot')
