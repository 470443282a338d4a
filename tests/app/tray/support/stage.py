"""What the tests of the tray on a desktop share: the tray alone, a broker that plays a script, or the real one with
somebody signed in; and the run of a list of tests."""
import os
import queue
import shutil
import signal
import stat
import subprocess
import sys
import time
import traceback

from desktop import Desktop, missing
from fake_broker import FakeBroker
from sanitizer import linger
from tiny_provider import TinyProvider

ARM_DELAY = 0.5
PROMPT = 'asks for access'


def programs():
    """The directory of the programs that are tried."""
    return sys.argv[1] if len(sys.argv) > 1 else ''


def script(path, line):
    with open(path, 'w') as file:
        file.write(f'#!/bin/sh\n{line}\n')
    os.chmod(path, stat.S_IRWXU)


def tray_alone(desktop, *arguments):
    """The tray, away from the real broker: what it finds beside itself to start refuses at once."""
    directory = os.path.join(desktop.root, 'bin')
    if not os.path.isdir(directory):
        os.mkdir(directory)
        shutil.copy(os.path.join(programs(), 'keybearer-tray'), directory)
        script(os.path.join(directory, 'keybearerd'), 'exit 1')
    return desktop.spawn([os.path.join(directory, 'keybearer-tray'), *arguments])


def broker_on(desktop, **script_of_it):
    broker = FakeBroker(desktop.socket, **script_of_it)
    broker.start()
    return broker


def gone(pid):
    """Whether a process has ended, if nobody has asked for its status, too."""
    try:
        with open(f'/proc/{pid}/stat') as file:
            return file.read().rpartition(')')[2].split()[0] == 'Z'
    except OSError:
        return True


def after_the_arm_delay():
    time.sleep(ARM_DELAY)
    linger(0.3)


def press_until(desktop, key, condition, what):
    """Where a key does nothing yet: the page comes when its tool has answered, or the window is not armed."""
    def tried():
        desktop.key(key)
        linger(0.3)
        return condition()
    desktop.wait(tried, what)


def click_last_button(desktop, window):
    """In the middle of the rightmost button of a question: what allows for the longest."""
    _, _, width, height = desktop.geometry(window)
    desktop.click_in(window, (width - 60, height - 29))


class RealBroker:
    """A desktop with a configured broker, which whoever comes first starts, and a provider that agrees at once."""

    def __init__(self, more=''):
        self.more = more

    def __enter__(self):
        self.provider = TinyProvider()
        self.desktop = Desktop()
        try:
            self.desktop.__enter__()
        except BaseException:
            self.provider.stop()
            raise
        self.home = os.path.join(self.desktop.root, 'kb')
        os.makedirs(os.path.join(self.home, 'config'), mode=0o700)
        with open(os.path.join(self.home, 'config', 'config.yaml'), 'w') as file:
            file.write('store: {backend: memory}\n'
                       f'providers: {{demo: {{issuer: "{self.provider.issuer}", client_id: desk, scopes: [email]}}}}\n'
                       f'{self.more}')
        browser = os.path.join(self.desktop.root, 'browser')
        script(browser, f'exec "{sys.executable}" -c "import sys, urllib.request as u; u.urlopen(sys.argv[1])" "$1"')
        self.desktop.environment['BROWSER'] = browser
        return self

    def __exit__(self, *_):
        self.provider.stop()
        pid = self.pid()
        if pid:
            try:
                os.kill(pid, signal.SIGTERM)
                # Whoever comes first has started it: it is not our child. What it writes at its end is below the home.
                self.desktop.wait(lambda: gone(pid), 'the end of the broker')
            except ProcessLookupError:
                pass
            except AssertionError:
                os.kill(pid, signal.SIGKILL)
        self.desktop.__exit__()

    def pid(self):
        try:
            with open(os.path.join(self.home, 'run', 'broker.pid')) as file:
                return int(file.read())
        except (OSError, ValueError):
            return 0

    def command(self, *words):
        """What the command line prints."""
        return self.desktop.run(os.path.join(programs(), 'keybearer'), '--no-spawn', *words)

    def start(self, *words):
        """The command line, to go on beside the test."""
        return self.desktop.spawn([os.path.join(programs(), 'keybearer'), '--no-spawn', *words],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)


def run(how, tests):
    if not programs() or missing():
        print(how if not programs() else 'not installed: ' + ' '.join(missing()))
        return 2
    chosen = [test for test in tests if not sys.argv[2:] or test.__name__ in sys.argv[2:]]
    failed = 0
    for test in chosen:
        print(test.__name__, flush=True)
        try:
            test()
        except (AssertionError, subprocess.SubprocessError, OSError, queue.Empty) as error:
            failed += 1
            print('    FAILED', error)
            traceback.print_exc()
        except Exception:  # a mistake in the test is a failure, too, and the next one still runs
            failed += 1
            print('    FAILED')
            traceback.print_exc()
    print(f'{len(chosen) - failed} of {len(chosen)} passed')
    return 1 if failed else 0
