#!/usr/bin/python3
"""Takes a picture of every window and page of the tray: light and dark, at one and two pixels a point, in several
languages. Files are called PAGE-light-1x-de.png.

take_screenshots.py DIRECTORY-OF-THE-PROGRAMS DIRECTORY [--grounds light,dark] [--scales 1,2] [--languages en,de,ja]
                    [--only PART-OF-A-NAME] [--mirrored] [--sheet]
--sheet also makes one sheet-GROUND-SCALE-LANGUAGE.png of each series, to look at.
Needs what the tests on a desktop need, and qt6-gtk-platformtheme; for ja and zh a font, fonts-wqy-microhei.
"""
import argparse
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
from accessible import apart  # noqa: E402
from scenes import DIALOGS, Stage, close_dialog, open_dialog  # noqa: E402

SHEET_WIDTH = 760  # of one picture on a sheet


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('programs')
    parser.add_argument('directory')
    parser.add_argument('--grounds', default='light,dark')
    parser.add_argument('--scales', default='1,2')
    parser.add_argument('--languages', default='en,de,ja')
    parser.add_argument('--only', default='')
    parser.add_argument('--mirrored', action='store_true')
    parser.add_argument('--sheet', action='store_true')
    return parser.parse_args()


def slug(title):
    return re.sub(r'[^a-z]+', '-', title.lower()).strip('-')


def page_names(programs):
    """In English, for the names of files in every language."""
    with Stage(programs) as stage:
        return [slug(stage.open_page(number).name) for number in range(1, stage.pages() + 1)]


def take(stage, path):
    window = stage.desktop.run('xdotool', 'getactivewindow')
    stage.desktop.run('xdotool', 'mousemove', '2', '200')  # nothing is lit by the mouse
    stage.program.settle()
    stage.desktop.run('import', '-window', window, '-frame', '-strip', path)
    print(path, flush=True)


def series(options, names, ground, scale, language):
    """All pictures of one ground, scale and language."""
    ending = f'{ground}-{scale}x-{language}' + ('-mirrored' if options.mirrored else '')
    taken = []

    def wanted(name):
        return options.only in name

    def picture(name):
        taken.append(os.path.join(options.directory, f'{name}-{ending}.png'))
        take(stage, taken[-1])

    with Stage(options.programs, dark=ground == 'dark', scale=scale, language=language, mirrored=options.mirrored,
               gtk=True) as stage:
        for number, name in enumerate(names, 1):
            if wanted(name):
                stage.open_page(number)
                picture(name)
        stage.open_page(1)
        for name in filter(wanted, DIALOGS):
            try:
                open_dialog(stage, name)
                stage.desktop.wait(lambda: stage.active_title() == stage.others()[-1].get_name(), 'the dialog in front', 5)
                picture(name)
            except AssertionError as error:
                print(f'{name}: {error}', file=sys.stderr)
            close_dialog(stage)
    if options.sheet and taken:
        sheet = os.path.join(options.directory, f'sheet-{ending}.png')
        subprocess.run(['montage', *taken, '-resize', f'{SHEET_WIDTH}x', '-tile', '2x', '-geometry', '+8+8', '-background',
                        '#888888', sheet], check=False)
        print(sheet, flush=True)


def main():
    options = arguments()
    os.makedirs(options.directory, exist_ok=True)
    names = apart(page_names, options.programs)
    for language in options.languages.split(','):
        for ground in options.grounds.split(','):
            for scale in map(int, options.scales.split(',')):
                apart(series, options, names, ground, scale, language)


if __name__ == '__main__':
    main()
