#!/usr/bin/env python3
"""The tray as a person meets it: on an X desktop with a panel, driven by mouse and keyboard, against a broker that
plays a script. Starts everything it needs and ends all of it.

tray_end_to_end.py DIRECTORY-OF-THE-PROGRAMS [NAME-OF-A-TEST]...
"""
import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from desktop import Desktop  # noqa: E402
from fake_broker import sample_request, sample_sessions, session  # noqa: E402
from sanitizer import PATIENCE, linger  # noqa: E402
from stage import (PROMPT, RealBroker, after_the_arm_delay, broker_on, press_until, programs, run,  # noqa: E402
                   script, tray_alone)

PROGRAMS = programs()


# Where the lines of the menu stand, counted from below, while the broker runs with a store that is no file.
SETTINGS, SETUP, PAUSE, OPEN, SIGN_IN = 2, 3, 4, 5, 6


def menu_keys(line, *then):
    return ['Up'] * line + list(then or ('Return',))


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
    return red > 150 and 80 < green < 190 and blue < 80


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
        linger(0.5)  # nothing more is to come: what is measured is the tray at rest
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
        desktop.choose(place, *menu_keys(OPEN))
        window = desktop.window('^Sessions')
        desktop.run('xdotool', 'windowfocus', '--sync', window)
        desktop.key('Escape')
        desktop.gone('^Sessions')
        desktop.click(place, 1)
        desktop.window('^Sessions')
        desktop.choose(place, 'Up', 'Return')
        desktop.in_front('Quit Keybearer')
        desktop.key('alt+k')
        assert tray.wait(10 * PATIENCE) == 0, 'Quit ends the tray'


def consent_arms_anew_when_it_comes_back_to_the_front():
    with Desktop() as desktop:
        broker = broker_on(desktop)
        tray_alone(desktop, '--sessions')
        sessions = desktop.window('^Sessions')
        desktop.tray_icon()
        broker.await_call('health.get')
        broker.ask(sample_request(1))
        prompt = desktop.window(PROMPT)
        after_the_arm_delay()
        desktop.run('xdotool', 'windowactivate', '--sync', sessions)
        desktop.run('xdotool', 'windowactivate', '--sync', prompt, 'key', 'alt+o')
        assert not broker.called('consent.answer'), 'allowed right after the return'
        after_the_arm_delay()
        press_until(desktop, 'alt+s', lambda: broker.called('consent.answer'), 'the answer')
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
        linger(0.3)
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
        linger(0.3)
        desktop.choose(place, *menu_keys(SIGN_IN, 'Right', 'Return'))  # > GitHub
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
        assert tray_alone(desktop).wait(10 * PATIENCE) == 0
        desktop.window('^Sessions')
        assert first.poll() is None


def without_a_panel_the_window_opens():
    with Desktop(panel=False) as desktop:
        broker_on(desktop, sessions=sample_sessions())
        tray_alone(desktop)
        desktop.window('^Sessions')


def real_broker_is_started_used_and_started_again():
    with RealBroker() as broker:
        desktop = broker.desktop
        desktop.spawn([os.path.join(PROGRAMS, 'keybearer-tray')])
        _, place = desktop.tray_icon()
        first = desktop.wait(broker.pid, 'the broker')
        desktop.wait(lambda: 'demo' in broker.command('provider', 'list'), 'its answer')
        linger(0.5)
        desktop.choose(place, *menu_keys(SIGN_IN, 'Right', 'Return'))  # > demo
        desktop.wait(lambda: broker.provider.email in broker.command('session', 'list'), 'the session')
        asking = broker.start('token', 'demo')
        desktop.window(PROMPT)
        after_the_arm_delay()
        assert asking.poll() is None, 'answered before the person did'
        press_until(desktop, 'alt+o', lambda: asking.poll() is not None, 'the answer')
        assert asking.wait(10 * PATIENCE) == 0
        assert len(asking.stdout.read().strip()) > 20, 'no token'
        os.kill(first, signal.SIGKILL)
        second = desktop.wait(lambda: broker.pid() not in (0, first) and broker.pid(), 'another broker', 30)
        desktop.wait(lambda: 'demo' in broker.command('provider', 'list'), 'its answer')
        assert second != first


TESTS = [icon_is_embedded_and_tells_the_state, menu_opens_and_leads_to_the_window,
         consent_arms_anew_when_it_comes_back_to_the_front, requests_are_shown_one_by_one_and_withdrawn_ones_vanish,
         signing_in_opens_the_browser_and_closes_by_itself, second_start_shows_the_window_of_the_first,
         without_a_panel_the_window_opens, real_broker_is_started_used_and_started_again]


if __name__ == '__main__':
    sys.exit(run(__doc__, TESTS))
