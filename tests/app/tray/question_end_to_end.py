#!/usr/bin/env python3
"""The question whether a program may have access, as the real tray asks it on a desktop of its own: what keys and
clicks do before and after the arm delay, what stays on the screen, and when the question goes away by itself.

question_end_to_end.py DIRECTORY-OF-THE-PROGRAMS [TEST...]
"""
import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from desktop import Desktop  # noqa: E402
from fake_broker import hostile_request, program_request, start_request  # noqa: E402
from sanitizer import PATIENCE, linger  # noqa: E402
from stage import (ARM_DELAY, PROMPT, RealBroker, after_the_arm_delay, broker_on, click_last_button,  # noqa: E402
                   press_until, programs, run, tray_alone)

QUESTION = 'asks for access|bittet um Zugriff'
SCREENS = [(1024, 768), (1366, 768)]
LANGUAGES = ['C.UTF-8', 'de_DE.UTF-8']


def ready_tray(desktop):
    broker = broker_on(desktop)
    tray_alone(desktop)
    desktop.tray_icon()
    broker.await_call('health.get')
    return broker


def early(desktop, broker, first, act):
    """Puts questions, from the number `first`, until `act` was done to one of them within the arm delay. Its id."""
    for number in range(first, first + 10):
        broker.seen.clear()
        broker.ask(program_request(number))
        asked = time.monotonic()
        act(desktop.window(PROMPT))
        if time.monotonic() - asked < ARM_DELAY:
            return f'c{number}'
        # A busy machine: that was not early. Once more.
        broker.pending.clear()
        broker.emit('consent.withdrawn', consent_id=f'c{number}', why='expired')
        desktop.gone(PROMPT)
    raise AssertionError('this machine is too slow to press a key within the arm delay')


def keys_right_away_never_allow():
    """Deny has the focus: Enter and Space mean No, at once and later."""
    with Desktop() as desktop:
        broker = ready_tray(desktop)
        for number, key in enumerate(('Return', 'KP_Enter', 'space')):
            asked = early(desktop, broker, 10 * (number + 1), lambda _: desktop.key(key))
            # Before the window has the keyboard a key is nobody's; one that arrives can only say No.
            desktop.wait(lambda: broker.called('consent.answer') or desktop.key(key), 'the answer')
            assert broker.called('consent.answer')[0] == {'consent_id': asked, 'decision': 'deny'}, key
            desktop.gone(PROMPT)
        for number, key in enumerate(('Return', 'space', 'Escape')):
            broker.seen.clear()
            broker.ask(program_request(50 + number))
            desktop.window(PROMPT)
            after_the_arm_delay()
            desktop.key(key)
            desktop.gone(PROMPT)
            desktop.wait(lambda: broker.called('consent.answer'), 'the answer')
            assert broker.called('consent.answer')[0] == {'consent_id': f'c{50 + number}', 'decision': 'deny'}, key


def nothing_allows_before_the_arm_delay():
    def everything_that_allows(window):
        desktop.key('--delay', '0', 'alt+o', 'alt+s', 'alt+y')
        click_last_button(desktop, window)

    with Desktop() as desktop:
        broker = ready_tray(desktop)
        asked = early(desktop, broker, 10, everything_that_allows)
        after_the_arm_delay()
        assert not broker.called('consent.answer'), 'allowed within the arm delay'
        click_last_button(desktop, desktop.window(PROMPT))
        assert broker.await_call('consent.answer') == {'consent_id': asked, 'decision': 'allow'}
        desktop.gone(PROMPT)
        broker.ask(program_request(50))
        desktop.window(PROMPT)
        after_the_arm_delay()
        press_until(desktop, 'alt+o', lambda: broker.called('consent.answer'), 'the answer')
        assert broker.await_call('consent.answer') == {'consent_id': 'c50', 'decision': 'allow-once'}


def buttons_stay_on_the_screen_and_all_is_read_first():
    for width, height in SCREENS:
        for language in LANGUAGES:
            with Desktop(width, height) as desktop:
                desktop.environment.update({'LANG': language, 'LC_ALL': language})
                broker = ready_tray(desktop)
                broker.ask(hostile_request(1))
                window = desktop.window(QUESTION)
                x, y, wide, high = desktop.geometry(window)
                assert x >= 0 and y >= 0 and x + wide <= width and y + high <= height, (x, y, wide, high)
                after_the_arm_delay()
                click_last_button(desktop, window)
                linger(0.2)
                assert not broker.called('consent.answer'), 'allowed what nobody can have read'
                desktop.key('--delay', '4', *['Next'] * 100)
                click_last_button(desktop, window)
                assert broker.await_call('consent.answer')['decision'] == 'allow-session'
                desktop.gone(QUESTION)


def command_to_start_is_asked_about_as_one():
    with Desktop() as desktop:
        broker = ready_tray(desktop)
        broker.ask(start_request(1, '/usr/bin/node server.js'))
        short = desktop.geometry(desktop.window('A command asks for access'))
        after_the_arm_delay()
        press_until(desktop, 'alt+u', lambda: broker.called('consent.answer'), 'the answer')
        assert broker.await_call('consent.answer') == {'consent_id': 'c1', 'decision': 'allow-session'}
        desktop.gone(PROMPT)
        broker.ask(start_request(2, "/bin/sh -c '" + '\\u{202E} ' * 200 + " the end'"))
        window = desktop.window('A command asks for access')
        assert desktop.geometry(window)[3] > short[3] + 100, 'a long command needs room'
        after_the_arm_delay()
        desktop.key('Next', 'Next', 'Next', 'alt+o')
        assert broker.await_call('consent.answer') == {'consent_id': 'c2', 'decision': 'allow-once'}


def questions_of_the_real_broker():
    """One at a time a program, none twice, and none for somebody who has gone."""
    with RealBroker('profiles: {notes: {allow: [demo]}}\n') as broker:
        desktop = broker.desktop
        desktop.spawn([os.path.join(programs(), 'keybearer-tray')])
        desktop.tray_icon()
        desktop.wait(broker.pid, 'the broker')
        desktop.wait(lambda: 'demo' in broker.command('provider', 'list'), 'its answer')
        desktop.run(os.path.join(programs(), 'keybearer'), '--no-spawn', 'login', 'demo')
        assert broker.provider.email in broker.command('session', 'list')

        def pending():
            return broker.command('consent', 'pending', '--json').count('consent_id')

        asking = [broker.start('token', 'demo') for _ in range(3)]
        desktop.window(PROMPT)
        after_the_arm_delay()
        assert len(desktop.windows('--name', PROMPT)) == 1 and pending() == 1
        for child in asking:
            os.killpg(child.pid, signal.SIGKILL)
        desktop.gone(PROMPT)
        assert pending() == 0

        asking = [broker.start('token', 'demo') for _ in range(2)]
        desktop.window(PROMPT)
        after_the_arm_delay()
        press_until(desktop, 'alt+s', lambda: asking[0].poll() is not None, 'the answer')
        for child in asking:
            assert child.wait(20 * PATIENCE) == 0
        assert not desktop.windows('--name', PROMPT), 'asked again about what was allowed'

        told = broker.start('run', '--profile', 'notes', '--', '/bin/sh', '-c', 'echo it runs')
        desktop.window('A command asks for access')
        after_the_arm_delay()
        assert told.poll() is None
        press_until(desktop, 'alt+o', lambda: told.poll() is not None, 'the answer')
        assert told.wait(20 * PATIENCE) == 0 and told.stdout.read() == b'it runs\n'


TESTS = [keys_right_away_never_allow, nothing_allows_before_the_arm_delay,
         buttons_stay_on_the_screen_and_all_is_read_first, command_to_start_is_asked_about_as_one,
         questions_of_the_real_broker]


if __name__ == '__main__':
    sys.exit(run(__doc__, TESTS))
