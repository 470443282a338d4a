"""What holds for every window that a screen reader, a keyboard and weak eyes are to get along with. Each rule takes
the tree of a window (accessible.py) and gives sentences that say what is wrong; none: all is well."""
import collections
import re
import time

from sanitizer import PATIENCE

# What the keyboard stops at by itself; rows and tabs are moved through with the arrow keys inside of one stop.
STOPS = {'push button', 'check box', 'radio button', 'toggle button', 'combo box', 'text', 'password text', 'spin button',
         'list', 'table', 'tree', 'tree table', 'page tab list', 'slider', 'link', 'scroll pane', 'menu', 'chart'}
INSIDE = {'list item', 'table cell', 'tree item', 'page tab', 'table column header', 'table row header', 'column header',
          'menu item', 'check menu item'}
WORDLESS = {'filler', 'unknown', 'invalid', 'panel', 'layered pane', 'frame', 'redundant object', 'canvas'}
FIELDS = {'text', 'password text', 'combo box', 'spin button', 'slider'}
TABLES = {'table', 'tree', 'tree table'}
HEADERS = {'table column header', 'column header'}
WRITTEN = {'label', 'push button', 'check box', 'radio button', 'toggle button', 'list item', 'table cell', 'tree item',
           'text', 'combo box', 'page tab', 'table column header', 'column header', 'menu item', 'check menu item', 'link',
           'menu'}
LEAST_CONTRAST = 4.5
SMALLEST_INK = 3           # pixels of a colour before it counts as drawn on purpose
SAME_LINE = 6              # pixels by which two things of one line may begin apart
FOCUS_MOVES = 5 * PATIENCE  # seconds for the focus to move: a busy machine
MIRROR_TOLERANCE = 40      # pixels: a scroll bar, or words that wrap elsewhere


def shown(window):
    return [node for node in window.walk() if node.on_show]


def inner(node):
    """A part of a control: the button in a field, the field in a box."""
    return any(above.role in FIELDS | {'push button'} for above in node.ancestors())


# Names and roles

def names(window):
    found = []
    if not window.name:
        found.append(f'a window ({window.role}) has no title')
    for node in shown(window):
        if not node.has('focusable') or node.role in INSIDE or inner(node):
            continue
        if not node.name.strip() and not node.relations('labelled-by'):
            found.append(f'{node} can have the focus, but no name')
        if node.role in WORDLESS and node is not window and not node.children:  # what scrolls is its content
            found.append(f'{node} can have the focus, but its role says nothing')
    for node in shown(window):
        if node.role == 'push button' and not node.name.strip() and not inner(node):
            found.append(f'a button at {node.place} has no name')
    return sorted(set(found))


def tables(window):
    found = []
    for node in shown(window):
        if node.role not in TABLES:
            continue
        headers = [child for child in node.walk() if child.role in HEADERS]
        if not headers:
            found.append(f'{node} has no headers')
        if any(not header.name.strip() for header in headers):
            found.append(f'{node} has a header without a word')
    return found


def labels(window):
    """What ends in a colon and has something beside it belongs to that, and says so."""
    def beside(node):
        x, y, wide, high = node.place
        return any(other is not node and other.place[1] < y + high and y < other.place[1] + other.place[3]
                   and not (other.place[0] < x + wide and x < other.place[0] + other.place[2])
                   for other in node.parent.children if other.on_show)
    return [f'{node} belongs to no field' for node in shown(window)
            if node.role == 'label' and re.search(r'[:\uff1a]\s*$', node.name) and not node.relations('label-for')
            and beside(node)]


def pictures(window):
    """A picture says something, or stands beside words that do."""
    found = []
    for node in shown(window):
        if node.role != 'image' or node.name.strip() or node.description.strip():
            continue
        if not any(other.text.strip() for other in node.parent.walk() if other is not node):
            found.append(f'a picture at {node.place} in {node.parent} has neither words nor neighbours with words')
    return found


# The keyboard

def stop_of(node):
    """What Tab would stop at: the list of an item, the field of its inner button."""
    best = node
    for above in node.ancestors():
        if above.role in STOPS and (node.role in INSIDE or inner(node)):
            best = above
            break
    return best


def key_of(node):
    """The same thing at another look, wherever it has been scrolled to, and whatever it says of itself with the focus."""
    return (node.role, *[above.index for above in line_of_ancestors(node)])


def focused(window):
    found = [node for node in window.walk() if node.has('focused')]
    # Rather the list than its item; an item is the current one of its list wherever the keys go.
    found.sort(key=lambda node: 0 if node.role in STOPS else 2 if node.role in INSIDE else 1)
    return stop_of(found[0]) if found else None


def reachable(window):
    """What Tab has to reach. Labels are read by screen readers without the focus."""
    return [node for node in shown(window) if node.has('focusable', 'enabled') and node.role in STOPS and not inner(node)]


def tab_walk(desktop, read_window):
    """Where Tab goes, until it comes back; and what is wrong with that."""
    window = read_window()
    wanted = reachable(window)
    stops, found = [], []
    for _ in range(2 * len(wanted) + 8):
        before = focused(read_window())
        desktop.key('Tab')
        now = moved(read_window, before)
        if now is None or (before is not None and key_of(now) == key_of(before)):
            if len(wanted) > 1:
                found.append(f'Tab does not leave {before}')
            break
        if any(key_of(now) == key_of(stop) for stop in stops):
            if key_of(now) != key_of(stops[0]):
                found.append(f'Tab comes back to {now}, not to where it began: {stops[0]}')
            break
        stops.append(now)
    else:
        found.append('Tab does not come back')
    reached = {key_of(stop) for stop in stops}
    groups = {id(node.parent.source) for node in stops if node.role == 'radio button'}
    for node in wanted:
        # One of a group of radio buttons; arrow keys choose among them.
        alike = node.role == 'radio button' and any(
            {(sibling.role, sibling.name) for sibling in stop.parent.children} >= {(node.role, node.name)}
            for stop in stops if stop.role == 'radio button')
        if key_of(node) not in reached and not alike and len(wanted) > 1 and node.source not in groups:
            found.append(f'Tab does not reach {node}')
    # Where they stand is read in one look: on the way the page is scrolled.
    now = {key_of(node): node for node in read_window().walk()}
    return found + reading_order([now.get(key_of(stop), stop) for stop in stops])


def moved(read_window, before):
    end = time.monotonic() + FOCUS_MOVES
    while True:
        now = focused(read_window())
        if (now and (before is None or key_of(now) != key_of(before))) or time.monotonic() > end:
            return now
        time.sleep(0.01)


def line_of_ancestors(node):
    return [node, *node.ancestors()][::-1]


def is_behind(first, second, right_to_left=False):
    """Whether the second comes after the first for somebody who reads: of their parts below what holds both."""
    above, below = line_of_ancestors(first), line_of_ancestors(second)
    depth = 0
    while depth + 1 < min(len(above), len(below)) and above[depth].source == below[depth].source:
        depth += 1
    a, b = above[depth].place or first.place, below[depth].place or second.place
    if b[1] >= a[1] + a[3] - SAME_LINE:
        return True
    if a[1] >= b[1] + b[3] - SAME_LINE:
        return False
    return b[0] <= a[0] + SAME_LINE if right_to_left else b[0] >= a[0] - SAME_LINE


def reading_order(stops, right_to_left=False):
    """From top to bottom, and from where a line begins; the one step back is where the round begins anew."""
    steps = list(zip(stops, stops[1:] + stops[:1]))
    back = [(a, b) for a, b in steps if not is_behind(a, b, right_to_left)]
    return [f'Tab goes back from {a} to {b}' for a, b in back[1:]] if len(back) > 1 else []


# What eyes need

class Picture:
    """A picture of the screen, read from a portable pixmap. What is asked of it is in the program's own units."""

    def __init__(self, path, scale=1):
        self.scale = scale
        with open(path, 'rb') as file:
            data = file.read()
        fields, position = [], 0
        while len(fields) < 4:
            match = re.compile(rb'\s*(?:#[^\n]*\n\s*)*(\S+)').match(data, position)
            fields.append(match.group(1))
            position = match.end()
        if fields[0] != b'P6' or fields[3] != b'255':
            raise AssertionError(f'{path} is no portable pixmap')
        self.width, self.height = int(fields[1]), int(fields[2])
        self.pixels = memoryview(data)[position + 1:]

    def colours(self, place):
        """How often each colour occurs inside."""
        counts = collections.Counter()
        x, y, wide, high = (value * self.scale for value in place)
        left, right = max(0, x), min(self.width, x + wide)
        for row in range(max(0, y), min(self.height, y + high)):
            line = bytes(self.pixels[3 * (row * self.width + left):3 * (row * self.width + right)])
            counts.update(zip(line[::3], line[1::3], line[2::3]))
        return counts


def luminance(colour):
    parts = [value / 255 for value in colour]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrasts(window, picture):
    """The strongest ink against the ground of each text on show: thin strokes are mixed with the ground, so the
    colour of a text is the one that differs most."""
    found = []
    for node in shown(window):
        words = node.content if node.role in FIELDS - {'combo box'} else node.text
        if node.role not in WRITTEN or not words.strip() or not node.has('enabled'):
            continue
        if any(not above.has('enabled') for above in node.ancestors() if above.place):
            continue
        place = inside_of_its_view(node)
        if place is None:
            continue
        counts = picture.colours(place)
        if not counts:
            continue
        ground = max(counts, key=counts.get)
        best = max((contrast(ground, colour) for colour, times in counts.items() if times >= SMALLEST_INK), default=1)
        if best < LEAST_CONTRAST:
            found.append(f'{node} has a contrast of {best:.1f}')
    return found


def inside_of_its_view(node):
    """The part of its place that is inside of everything that holds it, without its edge; None: too little."""
    left, top, right, bottom = node.place[0], node.place[1], node.place[0] + node.place[2], node.place[1] + node.place[3]
    for above in node.ancestors():
        if above.place and above.place[2] > 0:
            left, top = max(left, above.place[0]), max(top, above.place[1])
            right, bottom = min(right, above.place[0] + above.place[2]), min(bottom, above.place[1] + above.place[3])
    if right - left < 8 or bottom - top < 8 or bottom - top < node.place[3] * 0.6:
        return None
    return left, top, right - left, bottom - top


# Right to left

def mirrored(window, original):
    """Everything that is told from its neighbours by where it stands has changed sides."""
    found = []
    places = {}
    for node in shown(original):
        places.setdefault((node.role, node.name), []).append(node)
    for node in shown(window):
        before = places.get((node.role, node.name), [])
        if node.role not in STOPS | {'label', 'image'} or len(before) != 1 or inner(node):
            continue
        was = before[0].place[0] - original.place[0]
        wanted = window.place[2] - was - before[0].place[2]
        is_now = node.place[0] - window.place[0]
        if abs(wanted - is_now) > MIRROR_TOLERANCE + abs(node.place[2] - before[0].place[2]):
            found.append(f'{node} stands {is_now} pixels from the left, mirrored it would be {wanted}')
    return found


def overlaps(window):
    """No two things that can be used lie upon each other."""
    found = []
    stops = [node for node in reachable(window) if node.role not in TABLES | {'list', 'scroll pane'}]
    for index, one in enumerate(stops):
        for other in stops[index + 1:]:
            a, b = one.place, other.place
            if a[0] + 1 < b[0] + b[2] and b[0] + 1 < a[0] + a[2] and a[1] + 1 < b[1] + b[3] and b[1] + 1 < a[1] + a[3]:
                found.append(f'{one} and {other} overlap')
    return found


# Languages

PROPER_NAMES = ['Keybearer', 'GitHub', 'GitLab', 'Google Workspace', 'Google', 'Microsoft', 'Slack', 'Notion', 'Linear',
                'MCP', 'OAuth', 'JSON', 'YAML', 'URL', 'API', 'QR', 'D-Bus', 'Claude Desktop', 'Claude Code', 'Claude',
                'VS Code', 'Cursor', 'mcp-remote', 'keybearer', 'keychain', 'CSV', 'OK', 'ID', 'PID', 'HTTP', 'HTTPS',
                'Keychain', 'Ctrl', 'UTC', 'URI', 'TLS', 'SSH', 'Bearer']
CJK = re.compile('[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]')


def words_of(node):
    for text in (node.name, node.description, node.content if node.role == 'combo box' else ''):
        text = ' '.join(text.replace('\u200b', '').split())
        if text:
            yield text


def own_words(text, data):
    """What is left of a text without the words of the broker, of its callers, and names."""
    def without(words):
        rest = text
        for word in words:
            rest = rest.replace(word, ' ').replace(word[0].upper() + word[1:], ' ')  # at the beginning of a sentence
        return rest
    text = re.sub(r'<[^>]+>', ' ', text)
    text = without(word for word in data if ' ' in word)
    # Addresses, places, names with dots in them, the ends of secrets, and what has a digit.
    text = re.sub(r'(?:[\w.+-]+@[\w.-]+|\w+://\S+|~?/[\w./~-]+|\b\w[\w-]*(?:\.[\w-]+)+|\w*\.\.\.\w+|'
                  r'\b[\w-]*\d[\w.:-]*)', ' ', text)
    for name in PROPER_NAMES:
        text = re.sub(rf'\b{re.escape(name)}\b', ' ', text)
    text = without(data)
    return ' '.join(re.findall(r'[A-Za-z]{2,}', text))


def untranslated(window, data):
    """In a language of the Far East: what has letters, and none of its own."""
    return sorted({f'{node.role} "{text[:90]}" is not translated' for node in shown(window)
                   if node.role not in {'text', 'password text', 'terminal'}
                   for text in words_of(node) if not CJK.search(text) and own_words(text, data)})


def texts(window):
    return {text for node in shown(window) if node.role not in {'text', 'password text'} for text in words_of(node)}


def strings_in(value):
    """All words of an answer of the broker, the longest first."""
    found = set()

    def walk(part):
        if isinstance(part, dict):
            for key, one in part.items():
                found.add(str(key))
                walk(one)
        elif isinstance(part, (list, tuple)):
            for one in part:
                walk(one)
        elif isinstance(part, str) and len(part) > 1:
            found.add(part)
            found.update(word for word in re.split(r'[\s/,:]+', part) if len(word) > 2)
    walk(value)
    return sorted(found, key=len, reverse=True)
