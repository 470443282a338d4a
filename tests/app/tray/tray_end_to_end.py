#!/usr/bin/env python3
"""The tray as a person meets it: on an X desktop with a panel, driven by mouse and keyboard, against a broker that
plays a script. Starts everything it needs and ends all of it.

tray_end_to_end.py DIRECTORY-OF-THE-PROGRAMS [NAME-OF-A-TEST]...
"""
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from desktop import Desktop, missing  # noqa: E402
from fake_broker import FakeBroker, sample_request, sample_sessions, session  # noqa: E402
from tiny_provider import TinyProvider  # noqa: E402

PROGRAMS = sys.argv[1] if len(sys.argv) > 1 else ''
ARM_DELAY = 0.5
PROMPT = 'asks for access'


def tray_alone(desktop, *arguments):
    """The tray, away from the real broker: what it finds beside itself to start refuses at once."""
    directory = os.path.join(desktop.root, 'bin')
    if not os.path.isdir(directory):
        os.mkdir(directory)
        shutil.copy(os.path.join(PROGRAMS, 'keybearer-tray'), directory)
        script(os.path.join(directory, 'keybearerd'), 'exit 1')
    return desktop.spawn([os.path.join(directory, 'keybearer-tray'), *arguments])


def script(path, line):
    with open(path, 'w') as file:
        file.write(f'#!/bin/sh\n{line}\n')
    os.chmod(path, stat.S_IRWXU)


def broker_on(desktop, **script):
    broker = FakeBroker(desktop.socket, **script)
    broker.start()
    return broker


def colours(desktop, place, size=26):
    """The colours around a place on the screen, as (red, green, blue)."""
    x, y = place
    text = desktop.run('import', '-window', 'root', '-crop', f'{size}x{size}+{x - size // 2}+{y - size // 2}',
                       '-depth', '8', 'txt:-')
    found = set()
    for line in text.splitlines()[1:]:
        code = line.split('#')[1][:6]
        found.add(tuple(int(code[i:i + 2], 16) for i in (0, 2, 4)))
    return found


def is_amber(colour):
    red, green, blue = colour
    return red > 200 and 90 < green < 190 and blue < 80


def is_red(colour):
    red, green, blue = colour
    return red > 180 and green < 110 and blue < 120


def icon_shows(desktop, place, kind):
    desktop.wait(lambda: any(map(kind, colours(desktop, place))), f'the icon to show {kind.__name__}')


def private_kib(pid):
    with open(f'/proc/{pid}/smaps_rollup') as file:
        return sum(int(line.split()[1]) for line in file if line.startswith('Private_'))


def icon_is_embedded_and_tells_the_state():
    with Desktop() as desktop:
        broker = broker_on(desktop, sessions=[session(1, 'github', 'ana@example.com')])
        start = time.monotonic()
        tray = tray_alone(desktop)
        _, place = desktop.tray_icon()
        seconds = time.monotonic() - start
        broker.await_call('health.get')
        time.sleep(0.5)  # nothing more is to come: what is measured is the tray at rest
        print(f'    start to icon {seconds * 1000:.0f} ms, private memory {private_kib(tray.pid) / 1024:.1f} MiB')
        assert not any(map(is_amber, colours(desktop, place))), 'attention without a cause'
        record = session(2, 'google', 'bo', state='needs_sign_in')
        broker.sessions.append(record)
        broker.emit('session.changed', session_id='s2', change='added', session=record)
        icon_shows(desktop, place, is_amber)
        broker.stop()
        icon_shows(desktop, place, is_red)
        broker.sessions.pop()
        broker.seen.clear()
        broker.start()
        desktop.wait(lambda: broker.called('events.subscribe') and broker.called('session.list'), 'the reconnection')
        desktop.wait(lambda: not any(map(is_red, colours(desktop, place))), 'the icon to be well again')
        assert tray.poll() is None


def menu_opens_and_leads_to_the_window():
    with Desktop() as desktop:
        broker_on(desktop)
        tray = tray_alone(desktop)
        _, place = desktop.tray_icon()
        desktop.click(place, 3)
        time.sleep(0.3)  # the menu grabs the keyboard once it is mapped
        desktop.key('Up', 'Up', 'Return')  # from below: Quit, Sessions
        window = desktop.window('^Sessions')
        desktop.run('xdotool', 'windowfocus', '--sync', window)
        desktop.key('Escape')
        desktop.gone('^Sessions')
        desktop.click(place, 1)
        desktop.window('^Sessions')
        desktop.click(place, 3)
        time.sleep(0.3)
        desktop.key('Up', 'Return')
        assert tray.wait(10) == 0, 'Quit ends the tray'


def consent_needs_the_arm_delay():
    with Desktop() as desktop:
        broker = broker_on(desktop)
        tray_alone(desktop)
        desktop.tray_icon()
        broker.await_call('health.get')

        for attempt in range(10, 20):
            broker.ask(sample_request(attempt, caller={'pid': 7, 'executable': '/usr/bin/git'}))
            asked = time.monotonic()
            window = desktop.window(PROMPT)
            x, y, width, height = desktop.geometry(window)
            desktop.run('xdotool', 'key', '--delay', '0', 'alt+o', 'mousemove', str(x + width - 60),
                        str(y + height - 32), 'click', '1', 'key', '--delay', '0', 'alt+y')
            if time.monotonic() - asked < ARM_DELAY:
                break
            # A busy machine: that was not early. Once more.
            broker.pending.clear()
            broker.emit('consent.withdrawn', consent_id=f'c{attempt}', why='expired')
            desktop.gone(PROMPT)
            broker.seen.clear()
        else:
            raise AssertionError('this machine is too slow to press a key within the arm delay')
        assert not broker.called('consent.answer'), 'allowed before the arm delay'
        time.sleep(ARM_DELAY + 0.3)
        desktop.key('alt+o')
        assert broker.await_call('consent.answer') == {'consent_id': f'c{attempt}', 'decision': 'allow-once'}
        desktop.gone(PROMPT)

        broker.ask(sample_request(2))
        desktop.window(PROMPT)
        time.sleep(ARM_DELAY + 0.3)
        desktop.key('Return')
        assert broker.await_call('consent.answer') == {'consent_id': 'c2', 'decision': 'deny'}
        desktop.gone(PROMPT)


def consent_arms_anew_when_it_comes_back_to_the_front():
    with Desktop() as desktop:
        broker = broker_on(desktop)
        tray_alone(desktop, '--sessions')
        sessions = desktop.window('^Sessions')
        desktop.tray_icon()
        broker.await_call('health.get')
        broker.ask(sample_request(1))
        prompt = desktop.window(PROMPT)
        time.sleep(ARM_DELAY + 0.3)
        desktop.run('xdotool', 'windowactivate', '--sync', sessions)
        desktop.run('xdotool', 'windowactivate', '--sync', prompt)
        desktop.key('alt+o')
        assert not broker.called('consent.answer'), 'allowed right after the return'
        time.sleep(ARM_DELAY + 0.3)
        desktop.key('alt+s')
        assert broker.await_call('consent.answer')['decision'] == 'allow-session'


def requests_are_shown_one_by_one_and_withdrawn_ones_vanish():
    with Desktop() as desktop:
        broker = broker_on(desktop)
        tray_alone(desktop)
        desktop.tray_icon()
        broker.await_call('health.get')
        broker.ask(sample_request(1))
        broker.ask(sample_request(2))
        desktop.window(PROMPT)
        time.sleep(0.3)
        assert len(desktop.windows('--name', PROMPT)) == 1
        for number in (1, 2):
            broker.emit('consent.withdrawn', consent_id=f'c{number}', why='expired')
        desktop.gone(PROMPT)
        assert not broker.called('consent.answer')


def signing_in_opens_the_browser_and_closes_by_itself():
    with Desktop() as desktop:
        seen = os.path.join(desktop.root, 'seen')
        browser = os.path.join(desktop.root, 'browser')
        script(browser, f'printf %s "$1" > {seen}.new && mv {seen}.new {seen}')
        desktop.environment['BROWSER'] = browser
        broker = broker_on(desktop, sessions=[])
        tray_alone(desktop)
        _, place = desktop.tray_icon()
        broker.await_call('health.get')
        time.sleep(0.3)
        desktop.click(place, 3)
        time.sleep(0.3)
        desktop.key('Up', 'Up', 'Up', 'Right', 'Return')  # Quit, Sessions, Sign in > GitHub
        assert broker.await_call('signin.start') == {'provider': 'github', 'flow': 'auto'}
        desktop.window('Sign in to GitHub')
        desktop.wait(lambda: os.path.exists(seen), 'the browser')
        with open(seen) as file:
            assert file.read() == broker.authorization_url
        broker.finish_signin('i1', 'github', 'ana@example.com')
        desktop.gone('Sign in to GitHub')


def second_start_shows_the_window_of_the_first():
    with Desktop() as desktop:
        broker_on(desktop)
        first = tray_alone(desktop)
        desktop.tray_icon()
        assert tray_alone(desktop).wait(10) == 0
        desktop.window('^Sessions')
        assert first.poll() is None


def without_a_panel_the_window_opens():
    with Desktop(panel=False) as desktop:
        broker_on(desktop, sessions=sample_sessions())
        tray_alone(desktop)
        desktop.window('^Sessions')


def real_broker_is_started_used_and_started_again():
    provider = TinyProvider()
    with Desktop() as desktop:
        home = os.path.join(desktop.root, 'kb')
        os.makedirs(os.path.join(home, 'config'), mode=0o700)
        with open(os.path.join(home, 'config', 'config.yaml'), 'w') as file:
            file.write('store: {backend: memory}\n'
                       f'providers: {{demo: {{issuer: "{provider.issuer}", client_id: desk, scopes: [email]}}}}\n')
        browser = os.path.join(desktop.root, 'browser')
        script(browser, f'exec "{sys.executable}" -c "import sys, urllib.request as u; u.urlopen(sys.argv[1])" "$1"')
        desktop.environment['BROWSER'] = browser
        command_line = os.path.join(PROGRAMS, 'keybearer')

        def broker_pid():
            try:
                with open(os.path.join(home, 'run', 'broker.pid')) as file:
                    return int(file.read())
            except (OSError, ValueError):
                return 0

        try:
            desktop.spawn([os.path.join(PROGRAMS, 'keybearer-tray')])
            _, place = desktop.tray_icon()
            first = desktop.wait(broker_pid, 'the broker')
            desktop.wait(lambda: 'demo' in desktop.run(command_line, '--no-spawn', 'provider', 'list'), 'its answer')
            time.sleep(0.5)
            desktop.click(place, 3)
            time.sleep(0.3)
            desktop.key('Up', 'Up', 'Up', 'Right', 'Return')  # Quit, Sessions, Sign in > demo
            desktop.wait(lambda: provider.email in desktop.run(command_line, '--no-spawn', 'session', 'list'),
                         'the session')
            asking = desktop.spawn([command_line, '--no-spawn', 'token', 'demo'], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE)
            desktop.window(PROMPT)
            time.sleep(ARM_DELAY + 0.3)
            assert asking.poll() is None, 'answered before the person did'
            desktop.key('alt+o')
            assert asking.wait(10) == 0
            assert len(asking.stdout.read().strip()) > 20, 'no token'
            os.kill(first, signal.SIGKILL)
            second = desktop.wait(lambda: broker_pid() not in (0, first) and broker_pid(), 'another broker', 30)
            desktop.wait(lambda: 'demo' in desktop.run(command_line, '--no-spawn', 'provider', 'list'), 'its answer')
            assert second != first
        finally:
            provider.stop()
            if broker_pid():
                try:
                    os.kill(broker_pid(), signal.SIGTERM)
                except ProcessLookupError:
                    pass


TESTS = [icon_is_embedded_and_tells_the_state, menu_opens_and_leads_to_the_window, consent_needs_the_arm_delay,
         consent_arms_anew_when_it_comes_back_to_the_front, requests_are_shown_one_by_one_and_withdrawn_ones_vanish,
         signing_in_opens_the_browser_and_closes_by_itself, second_start_shows_the_window_of_the_first,
         without_a_panel_the_window_opens, real_broker_is_started_used_and_started_again]


def main():
    if not PROGRAMS or missing():
        print(__doc__ if not PROGRAMS else 'not installed: ' + ' '.join(missing()))
        return 2
    chosen = [test for test in TESTS if not sys.argv[2:] or test.__name__ in sys.argv[2:]]
    failed = 0
    for test in chosen:
        print(test.__name__, flush=True)
        try:
            test()
        except (AssertionError, subprocess.SubprocessError, OSError) as error:
            failed += 1
            print('    FAILED', error)
            traceback.print_exc()
        except Exception:  # an empty queue and the like: a failure, and the next test still runs
            failed += 1
            print('    FAILED')
            traceback.print_exc()
    print(f'{len(chosen) - failed} of {len(chosen)} passed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
