"""The windows of a program as a screen reader gets them, over AT-SPI. Needs the packages python3-gi, gir1.2-atspi-2.0
and at-spi2-core, and the system's own Python. One desktop a process: the library keeps its first connection, so
apart() gives each its own."""
import json
import multiprocessing
import os
import socket
import time
import traceback
import warnings

from sanitizer import PATIENCE

PLUGINS = 'tests/plugins'  # beside the directory of the programs
MOST_CHILDREN = 400        # of one thing: a table tells all of its cells
ANSWER = 5000 * PATIENCE   # milliseconds for an answer of the program

Atspi = None


def apart(work, *arguments):
    """Runs work(*arguments) in a process of its own; what it returns, or its failure as an AssertionError."""
    here, there = multiprocessing.get_context('fork').Pipe()

    def run():
        try:
            there.send((True, work(*arguments)))
        except BaseException as error:
            there.send((False, f'{error}\n{traceback.format_exc()}'))

    child = multiprocessing.get_context('fork').Process(target=run)
    child.start()
    there.close()
    try:
        good, value = here.recv()
    except EOFError:
        good, value = False, 'the process of the test ended early'
    child.join()
    if not good:
        raise AssertionError(value)
    return value


def prepare(desktop, programs):
    """Before the program starts: it is to speak AT-SPI and to load the probe."""
    desktop.environment.update({
        'QT_LINUX_ACCESSIBILITY_ALWAYS_ON': '1', 'GTK_A11Y': 'none',
        'QT_PLUGIN_PATH': os.path.join(os.path.dirname(os.path.abspath(programs)), PLUGINS),
        'QT_QPA_GENERIC_PLUGINS': f'windowprobe:{desktop.root}/probe.sock'})


def connect(desktop):
    global Atspi
    for name in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'):
        os.environ[name] = desktop.environment[name]
    os.environ.pop('AT_SPI_BUS_ADDRESS', None)
    warnings.simplefilter('ignore')
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi as library
    Atspi = library
    Atspi.init()
    Atspi.set_timeout(ANSWER, 15000)


class Node:
    """What one accessible object says of itself, read once."""

    def __init__(self, source, parent=None, index=0):
        self.source = source
        self.parent = parent
        self.index = index  # among all children of the parent, those that are not on show, too
        self.role = source.get_role_name()
        self.name = source.get_name() or ''
        self.description = source.get_description() or ''
        self.states = {state.value_nick for state in source.get_state_set().get_states()}
        self.place = None
        self._content = None
        if 'Component' in source.get_interfaces():
            box = source.get_extents(Atspi.CoordType.SCREEN)
            self.place = (box.x, box.y, box.width, box.height)
        self.children = []

    def has(self, *states):
        return all(state in self.states for state in states)

    @property
    def on_show(self):
        return 'showing' in self.states and self.place is not None and self.place[2] > 0 and self.place[3] > 0

    @property
    def text(self):
        """What it reads as: its name; of a field, what is written in it."""
        return self.name or self.content

    @property
    def content(self):
        if self._content is None:
            try:
                self._content = self.source.get_text(0, -1) if 'Text' in self.source.get_interfaces() else ''
            except Exception:
                self._content = ''
        return self._content

    def relations(self, kind):
        found = []
        for relation in self.source.get_relation_set():
            if relation.get_relation_type().value_nick == kind:
                found += [relation.get_target(i) for i in range(relation.get_n_targets())]
        return found

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        node = self.parent
        while node:
            yield node
            node = node.parent

    def frozen(self):
        """What was read, without the connection to where it came from: to keep, and to send to another process."""
        copy = Node.__new__(Node)
        copy.__dict__.update(self.__dict__, _content=self.content, source=None, parent=None)
        copy.children = [child.frozen() for child in self.children]
        for child in copy.children:
            child.parent = copy
        return copy

    def press(self):
        for index in range(self.source.get_n_actions()):
            if self.source.get_action_name(index) in ('Press', 'Toggle', 'ShowMenu', 'click'):
                return self._do(index)
        raise AssertionError(f'{self} has nothing to press')

    def _do(self, index):
        # What opens a menu or a dialog that is waited for answers when that is closed again.
        Atspi.set_timeout(400, 15000)
        try:
            return self.source.do_action(index)
        except Exception as error:
            if 'reply' not in str(error):
                raise
            return True
        finally:
            Atspi.set_timeout(ANSWER, 15000)

    def __str__(self):
        name = ' '.join(self.name.replace('\u200b', '').split())
        return f'{self.role} "{name[:70]}"'


def read(source, parent=None, hidden=False, place=0):
    """The tree below an accessible; without `hidden` only what is on show."""
    node = Node(source, parent, place)
    index = -1
    # Counted anew each time: Qt 6.4 ends in a crash when it is asked for a scroll bar that has just gone.
    while (index := index + 1) < min(source.get_child_count(), MOST_CHILDREN):
        child = source.get_child_at_index(index)
        if child is None:
            continue
        try:
            if hidden or 'showing' in {state.value_nick for state in child.get_state_set().get_states()}:
                node.children.append(read(child, node, hidden, index))
        except Exception:  # gone while it was being read
            continue
    return node


class Program:
    """A program on the desktop, found by its name."""

    def __init__(self, desktop, name='keybearer-tray'):
        self.desktop = desktop
        self.name = name
        self.source = desktop.wait(self._find, f'{name} on the AT-SPI bus')

    def _find(self):
        root = Atspi.get_desktop(0)
        for index in range(root.get_child_count()):
            child = root.get_child_at_index(index)
            try:
                if child and child.get_name() == self.name:
                    return child
            except Exception:
                continue
        return None

    def trees(self, title=''):
        """Of each window whose title holds the word; one that closes meanwhile is left out."""
        for source in self.windows():
            try:
                if title in (source.get_name() or ''):
                    yield read(source)
            except Exception:
                continue

    def windows(self):
        """What is open, by title; a menu is a window too."""
        found = []
        for index in range(self.source.get_child_count()):
            child = self.source.get_child_at_index(index)
            try:
                if child and 'showing' in {state.value_nick for state in child.get_state_set().get_states()}:
                    found.append(child)
            except Exception:
                continue
        return found

    def titles(self):
        return [window.get_name() or '' for window in self.windows()]

    def window(self, wanted, timeout=20):
        """The tree of the window whose title holds a word, or for which a function says yes, once it is there."""
        matches = wanted if callable(wanted) else (lambda source: wanted in (source.get_name() or ''))

        def look():
            return next((tree for tree in self.trees() if matches(tree.source)), None)
        return self.desktop.wait(look, f'the window {wanted!r}; there are {self.titles()}', timeout)

    def gone(self, title, timeout=20):
        self.desktop.wait(lambda: not any(title in name for name in self.titles()), f'the end of {title!r}', timeout)

    def find(self, *roles, name=None, within=None, timeout=20, enabled=True):
        """One thing on show by its role, and by its name or a piece of it, once it is there."""
        def look():
            for tree in self.trees(within or ''):
                found = [node for node in tree.walk() if node.role in roles and node.on_show
                         and (not enabled or 'enabled' in node.states)
                         and (name is None or name in node.name.replace('\u200b', ''))]
                if found:
                    return next((node for node in found if node.name == name), found[0])
            return None
        return self.desktop.wait(look, f'{" or ".join(roles)} {name!r}; there are {self.titles()}', timeout)

    def press(self, name, within=None, timeout=20):
        self.find('push button', 'check box', 'radio button', 'menu item', 'toggle button', 'check menu item', 'menu',
                  name=name, within=within, timeout=timeout).press()

    def choose(self, text, timeout=20):
        """An entry of the menu that is open."""
        self.desktop.wait(lambda: self.probe(f'choose {text}'), f'the entry {text!r} of a menu', timeout)

    def says(self, words, within=None, timeout=20):
        """Waits until something on show reads so."""
        def look():
            for tree in self.trees(within or ''):
                for node in tree.walk():
                    if words in f'{node.name} {node.description} {node.content}'.replace('\u200b', ''):
                        return node
            return None
        return self.desktop.wait(look, f'the words {words!r}', timeout)

    def probe(self, question):
        """What the plug-in inside of the program answers."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(20 * PATIENCE)
            line.connect(os.path.join(self.desktop.root, 'probe.sock'))
            line.sendall(question.encode() + b'\n')
            return json.loads(line.makefile().readline())

    def settle(self):
        """Until two looks see the same: nothing is being laid out or loaded any more."""
        before, end = None, time.monotonic() + 5 * PATIENCE
        while time.monotonic() < end:
            now = [(node.role, node.name, node.place) for tree in self.trees() for node in tree.walk()]
            if now == before:
                return
            before = now
            time.sleep(0.05)

