#!/usr/bin/python3
"""Every window and page of the real tray as a screen reader, a keyboard and weak eyes meet it: over AT-SPI, with the
Tab key, on pictures of the screen, and from inside by a plug-in that measures texts.

accessibility_end_to_end.py DIRECTORY-OF-THE-PROGRAMS [NAME-OF-A-TEST]...
KB_TEST_WINDOWS="page 2,question": looks at those alone.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import accessible_rules as rules  # noqa: E402
from accessible import apart  # noqa: E402
from scenes import DIALOGS, Stage, close_dialog, open_dialog  # noqa: E402
from stage import programs, run  # noqa: E402


def each_window(stage):
    """(name, tree) of each page and dialog, while it is open."""
    chosen = os.environ.get('KB_TEST_WINDOWS', '').split(',')
    for number in range(1, stage.pages() + 1):
        if chosen == [''] or f'page {number}' in chosen:
            yield f'page {number}', stage.open_page(number)
    stage.open_page(1)
    for name in DIALOGS:
        if chosen != [''] and name not in chosen:
            continue
        try:
            window = open_dialog(stage, name)
        except AssertionError as error:
            yield f'{name} does not open: {error}', None
        else:
            yield name, window
        close_dialog(stage)


def picture_of(stage):
    path = os.path.join(stage.desktop.root, 'screen.ppm')
    stage.desktop.run('import', '-window', 'root', '-depth', '8', path)
    return rules.Picture(path, stage.scale)


def walk(look, **how):
    """All windows of a stage, each looked at; the faults of all, each with the window it is in."""
    found = []
    with Stage(programs(), **how) as stage:
        for name, window in each_window(stage):
            found += [f'{name} ("{window.name}"): {fault}' for fault in look(stage, window, name)] if window else [name]
    return sorted(set(found))


def none_of(found):
    for line in found:
        print('      ' + line)
    assert not found, f'{len(found)} faults'


def tab_reaches_everything_in_the_order_of_reading():
    def look(stage, window, _name):
        return rules.tab_walk(stage.desktop, lambda: stage.program.window(lambda source: source == window.source))
    none_of(apart(walk, look))


def look_at_text(stage, window, _name):
    """Contrast, and what is cut off."""
    return rules.contrasts(window, picture_of(stage)) + stage.program.probe('cut')


def everything_has_a_name_and_is_legible_on_light_ground():
    def look(stage, window, name):
        named = rules.names(window) + rules.tables(window) + rules.labels(window) + rules.pictures(window)
        return named + look_at_text(stage, window, name)
    none_of(apart(lambda: walk(look, scale=2)))


def text_is_legible_on_dark_ground():
    none_of(apart(lambda: walk(look_at_text, scale=2, dark=True)))


def german_text_is_not_cut_off():
    """Its words are the longest."""
    def look(stage, _window, _name):
        return stage.program.probe('cut')
    none_of(apart(lambda: walk(look, language='de')))


def right_to_left_is_the_mirror_of_left_to_right():
    def as_it_reads_from_the_left():
        with Stage(programs()) as stage:
            return {name: window.frozen() for name, window in each_window(stage) if window}

    def look_against(original):
        found = []
        with Stage(programs(), mirrored=True) as stage:
            for name, window in each_window(stage):
                if window is None or name not in original:
                    found.append(name)
                    continue
                faults = rules.mirrored(window, original[name]) + rules.overlaps(window) + stage.program.probe('cut')
                found += [f'{name} ("{window.name}"): {fault}' for fault in faults]
        return found
    original = apart(as_it_reads_from_the_left)
    none_of(apart(look_against, original))


def everything_is_translated():
    """In Japanese nothing stays in Latin letters but names, and what the broker tells."""
    def look(stage, window, name):
        if name == 'question-hostile':  # what is cut and escaped cannot be told from words of our own
            return []
        told = rules.strings_in([stage.broker.answers(), stage.doctor()])
        return rules.untranslated(window, told) + stage.program.probe('cut')
    none_of(apart(lambda: walk(look, language='ja')))


TESTS = [everything_has_a_name_and_is_legible_on_light_ground, text_is_legible_on_dark_ground,
         tab_reaches_everything_in_the_order_of_reading, german_text_is_not_cut_off,
         right_to_left_is_the_mirror_of_left_to_right, everything_is_translated]


if __name__ == '__main__':
    sys.exit(run(__doc__, TESTS))
