#!/usr/bin/python3
"""What the tray costs on a desktop of its own, with a broker that plays a script: start to icon, private memory,
wake-ups while nothing happens, and how long its windows keep a person waiting with 5000 sessions and a million rows of
the log. Prints one line a figure; times of a busy machine mean little.

tray.py DIRECTORY-OF-THE-PROGRAMS [--starts 10] [--idle 60]
"""
import argparse
import os
import statistics
import sys
import time

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'app', 'tray', 'support')
sys.path.insert(0, SUPPORT)
from accessible import apart  # noqa: E402
from desktop import Desktop  # noqa: E402
from rich_broker import RichBroker  # noqa: E402
from scenes import Stage  # noqa: E402

from results import say  # noqa: E402

SESSIONS = 5000
ROWS = 1_000_000


def private_mib(pid):
    with open(f'/proc/{pid}/smaps_rollup') as file:
        return sum(int(line.split()[1]) for line in file if line.startswith('Private_')) / 1024


def switches(pid):
    """How often each of its threads has gone to sleep until now: each was a wake-up before."""
    counts = {}
    for thread in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{thread}/status') as file:
            counts[thread] = sum(int(line.split()[1]) for line in file if line.startswith('voluntary_ctxt_switches'))
    return counts


def wake_ups(pid, before):
    """Since then. A thread that has ended meanwhile has taken its count along."""
    return sum(count - before.get(thread, 0) for thread, count in switches(pid).items())


def small(programs, starts, idle):
    """A person's usual handful of sessions; nothing looks on but the panel."""
    times = []
    for number in range(starts):
        with Desktop() as desktop:
            broker = RichBroker(desktop.socket)
            broker.start()
            begin = time.monotonic()
            tray = desktop.spawn([os.path.join(programs, 'keybearer-tray')])
            desktop.wait(desktop.tray_icon, 'the icon')
            times.append((time.monotonic() - begin) * 1000)
            if number == starts - 1:
                desktop.wait(lambda: broker.called('health.get'), 'that the tray has asked')
                time.sleep(3)  # what is done once after the start is over
                memory = private_mib(tray.pid)
                say('B8', 'tray, private memory, icon alone', f'{memory:.1f} MiB', '<= 45 MiB', memory <= 45)
                before = switches(tray.pid)
                time.sleep(idle)
                say('', f'tray, wake-ups in {idle} s at rest', str(wake_ups(tray.pid, before)))
            broker.stop()
    median = statistics.median(times)
    say('B8', f'tray, start to icon, median of {starts} ({min(times):.0f} to {max(times):.0f} ms)', f'{median:.0f} ms',
        '<= 700 ms', median <= 700)


def longest(stage, what, act):
    """How long the window let others wait while something was done."""
    stage.program.probe('pulse')
    begin = time.monotonic()
    act()
    stage.program.settle()
    took = time.monotonic() - begin
    say('', f'tray, {what}: longest stop of the window', f'{stage.program.probe("pulse")["microseconds"] / 1000:.0f} ms, '
        f'{took * 1000:.0f} ms until all stood still')


def huge(programs):
    with Stage(programs, broker=lambda path: RichBroker.huge(path, SESSIONS, ROWS)) as stage:
        say('', f'tray, private memory, {SESSIONS} sessions, window open', f'{private_mib(stage.tray.pid):.1f} MiB')
        stage.program.probe('pulse')
        for number in range(1, stage.pages() + 1):
            longest(stage, f'page {number}', lambda: stage.open_page(number))
            longest(stage, f'page {number}, to its end and back', lambda: scroll(stage))
        stage.open_page(1)
        longest(stage, 'search in all pages', lambda: stage.desktop.key('ctrl+f', 'p', '4', '2'))


def scroll(stage):
    stage.desktop.key('Tab', *['Next'] * 10, 'End', *['Prior'] * 10, 'Home')


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('programs')
    parser.add_argument('--starts', type=int, default=10)
    parser.add_argument('--idle', type=int, default=60)
    options = parser.parse_args()
    small(options.programs, options.starts, options.idle)
    apart(huge, options.programs)


if __name__ == '__main__':
    main()
