#!/usr/bin/env python3
"""Takes the pictures of docs/screenshots anew: take_screenshots.py KEYBEARER-TRAY DIRECTORY
Light ones in Qt's own style, dark ones in Adwaita-Dark (package adwaita-qt6)."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from desktop import Desktop  # noqa: E402
from fake_broker import FakeBroker, sample_request  # noqa: E402

COLOURS = 128  # of the palette: keeps each picture below 120 KB


def picture(desktop, directory, name, region=None):
    time.sleep(1)  # everything painted, nothing blinking, the buttons of a question armed
    path = os.path.join(directory, name)
    desktop.screenshot(path, colours=COLOURS)
    if region:
        desktop.run('convert', path, '-crop', region, '+repage', path)
    print(path, os.path.getsize(path))


def take(tray, directory, dark):
    suffix = 'dark' if dark else 'light'
    with Desktop(width=960, height=600, dark=dark) as desktop:
        desktop.environment.update({'QT_STYLE_OVERRIDE': 'Adwaita-Dark' if dark else 'Fusion', 'BROWSER': 'true'})
        broker = FakeBroker(desktop.socket)
        broker.start()
        desktop.spawn([tray])
        _, place = desktop.tray_icon()
        broker.await_call('health.get')
        time.sleep(0.5)
        desktop.click(place, 3)
        time.sleep(0.4)
        desktop.key('Down', 'Down', 'Right')
        picture(desktop, directory, f'menu-{suffix}.png', '640x330+0+0')
        desktop.key('Escape', 'Escape')
        broker.ask(sample_request())
        desktop.window('asks for access')
        picture(desktop, directory, f'consent-{suffix}.png')
        desktop.key('Escape')
        desktop.gone('asks for access')
        desktop.click(place, 1)
        desktop.window('^Sessions')
        desktop.key('Down')
        picture(desktop, directory, f'sessions-{suffix}.png')
        desktop.key('Escape')
        desktop.click(place, 3)
        time.sleep(0.4)
        desktop.key('Up', 'Up', 'Up', 'Right', 'Return')
        desktop.window('Sign in to')
        picture(desktop, directory, f'signin-{suffix}.png')


if __name__ == '__main__':
    os.makedirs(sys.argv[2], exist_ok=True)
    for night in (False, True):
        take(sys.argv[1], sys.argv[2], night)
