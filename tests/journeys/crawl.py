"""What a reader finds by following links: what is broken, and what each page is made of."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

import urllib3
from django.urls import Resolver404, resolve
from playwright.sync_api import StorageState

EDITORS = "/cms/"
HELP = "form-help"
DISPLAY = "/display/"
HTML, JSON = "text/html", "application/json"
# What everybody sees alike: the public reader opens every one, the others so many of each.
SAME_FOR_ALL = {
    "bidding:agency": 4,
    "bidding:agency_contact": 2,
    "bidding:award_letter": 2,
    "bidding:figure_csv": 2,
    "bidding:item": 3,
    "bidding:place": 3,
    "bidding:service_class": 2,
    "bidding:tender": 24,
    "bidding:tender_contact": 2,
    "bidding:tender_evidence": 2,
    "bidding:tender_verify": 2,
    "credit:decision": 2,
    "marketplace:law": 3,
    "marketplace:rulebook_content": 1,
    "marketplace:rulebook_version": 1,
    "wagtail_serve": 3,
}
# Tabs, queues and orders of a list: each value is another page. Of other parameters a few values.
EVERY_VALUE = {"in", "mode", "phase", "queue", "sort", "state", "status", "theme"}
SOME_VALUES = 2
# Attributes that name a person, a place, a moment or a secret, and change neither look nor meaning.
SAYS_NOTHING = {"action", "content", "data-now", "data-until", "datetime", "href", "value"}
# Attributes whose value a browser may load, run or apply.
IS_CARRIED_OUT = {"class", "http-equiv", "rel", "sizes", "src", "srcset", "style", "type"}
LOADS_ITS_HREF = {"image", "link", "use"}
# What of a form is no question, and what says of a button why it does nothing or what it opens.
CONTROLS = {"button", "input", "select", "textarea"}
ASKS_NOTHING = {"button", "hidden", "image", "reset", "submit"}
SENDS = {"image", "submit"}
WORKS_WITHOUT_SCRIPTS = {"aria-disabled", "popovertarget"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Link:
    """Where a page leads, and whether it offers that as a file."""

    address: str
    is_download: bool


@dataclass
class _Open:
    """An element that has begun: its tag, what a browser carries out of it, and what it holds."""

    tag: str
    element: str
    is_hidden: bool = False
    holds: list[str] = field(default_factory=list)

    def hold(self, thing: str) -> None:
        """Add what comes next in it, unless it comes for the third time on end."""
        if self.holds[-2:] != [thing, thing]:
            self.holds.append(thing)

    @property
    def digest(self) -> str:
        return sha256(repr(self.holds).encode()).hexdigest()


@dataclass
class _Form:
    """A form that has begun: whether it is posted from the main part, and whether it is sent."""

    is_posted: bool
    is_sent: bool = False


class Reading(HTMLParser):
    """
    One page: its links, its anchors, whether it has the demo's bar, its markup and its elements.

    Also whether its main part has a form to fill in, and what would do nothing without scripts: a
    form that no button sends, a button that sends nothing and is shown, a link that leads nowhere.

    The markup is every tag with its attributes, and where there is text, as a digest. What follows
    twice upon its like is left out. So two pages with the same markup differ in words, and in how
    many rows of the same kind their lists have, and axe judges them alike.

    An element is a tag inside its parent, each with the names of its attributes and the values that
    a browser carries out; and the text of a script or a style that is carried out.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: set[str] = set()
        self.has_bar = False
        self.asks = False
        self.needs_scripts: set[str] = set()
        self.elements: set[str] = set()
        self._form: _Form | None = None
        self._open = [_Open("", "")]
        self.feed(text)
        while len(self._open) > 1:
            self._close()
        self.markup = self._open[0].digest

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.links.append(Link(values["href"] or "", "download" in values))
        self.ids.add(values.get("id") or "")
        self.has_bar |= "z-demo" in (values.get("class") or "").split()
        said = [(name, value) for name, value in attrs if name not in SAYS_NOTHING]
        element = _element(tag, attrs)
        self.elements.add(f"{self._open[-1].element} > {element}")
        is_closed = tag == "dialog" and "open" not in values  # a script alone opens it
        is_hidden = self._open[-1].is_hidden or "hidden" in values or is_closed
        self._open.append(_Open(tag, element, is_hidden, [f"{tag} {said}"]))
        self._judge(tag, values)
        if tag in VOID:
            self._close()

    def _judge(self, tag: str, values: dict[str, str | None]) -> None:
        """Note what a control does where no script runs."""
        kind = values.get("type") or ("submit" if tag == "button" else "")
        if tag == "a" and (values.get("href") or "#") == "#" and "href" in values:
            self.needs_scripts.add("a link that leads nowhere")
        is_hidden = self._open[-1].is_hidden or values.keys() & WORKS_WITHOUT_SCRIPTS
        if tag == "button" and kind == "button" and not is_hidden:
            self.needs_scripts.add(f"the button {values.get('id') or values.get('class')}")
        if tag == "form":
            is_in_main = "main" in {one.tag for one in self._open}
            self._form = _Form(is_posted=values.get("method") == "post" and is_in_main)
        if self._form is None or tag not in CONTROLS:
            return
        self._form.is_sent |= kind in SENDS or "aria-disabled" in values
        self.asks |= self._form.is_posted and kind not in ASKS_NOTHING

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            if not self._form.is_sent:
                self.needs_scripts.add("a form that no button sends")
            self._form = None
        if tag in {one.tag for one in self._open}:
            while self._open[-1].tag != tag:
                self._close()
            self._close()

    def _close(self) -> None:
        ended = self._open.pop()
        self._open[-1].hold(ended.digest)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._open[-1].hold("text")
            inside = self._open[-1]
            if inside.tag in {"script", "style"} and JSON not in inside.element:
                self.elements.add(f"{inside.element}: {data}")


def _element(tag: str, attrs: Attributes) -> str:
    is_name = ("rel", "canonical") in attrs  # the page's own address, which nothing loads
    loads = tag in LOADS_ITS_HREF and not is_name
    carried_out = IS_CARRIED_OUT | ({"href"} if loads else set())
    values = [
        f"{name}={value}" if name in carried_out or name.startswith("on") else name
        for name, value in sorted(attrs, key=str)
    ]
    return " ".join([tag, *values])


class Asker:
    """
    Asks for pages as a browser that has logged in: with its cookies, and keeping none of its own.

    Through a browser every answer takes three more processes.
    """

    def __init__(self, base_url: str, state: StorageState | None = None) -> None:
        self.base_url = base_url
        cookies = state["cookies"] if state else []
        said = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
        self.pool = urllib3.PoolManager(headers={"Cookie": said, "Accept-Language": "zh-CN"})

    def get(self, address: str, *, follow: bool = True) -> urllib3.BaseHTTPResponse:
        """Return the answer, of where a redirection leads unless `follow` is false."""
        return self.pool.request("GET", f"{self.base_url}{address}", redirect=follow)


@dataclass(frozen=True)
class Sight:
    """A page as it was seen; `elements` each under the policy of the page."""

    address: str
    markup: str
    elements: frozenset[tuple[str, str]]


@dataclass
class Crawl:
    """
    What one reader has seen.

    Every path is opened, but what all see alike only a few times. Addresses that differ only in
    their query are variants of one page: one is opened for each value of a tab, and for the first
    values of every other parameter. A link to an anchor that this kind of page has not shown yet is
    always followed.
    """

    asker: Asker
    netloc: str
    is_public: bool
    broken: list[str] = field(default_factory=list)
    sights: dict[str, Sight] = field(default_factory=dict)
    samples: dict[str, Sight] = field(default_factory=dict)
    opened: int = 0
    anchors: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _seen: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    _variants: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _kinds: Counter[str] = field(default_factory=Counter)
    _known_anchors: set[tuple[str, str]] = field(default_factory=set)
    _ids: dict[str, set[str]] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _queue: deque[tuple[str, str]] = field(default_factory=deque)

    def run(self, *starts: str) -> None:
        """Follow what is to be followed, then compare what was promised: anchors and files."""
        for start in starts:
            self._add(Link(start, is_download=False), "start")
        while self._queue:
            self._visit(*self._queue.popleft())
        self.broken += [
            f"no #{anchor} at {address} (linked from {origin})"
            for address, origins in self.anchors.items()
            for anchor, origin in origins.items()
            if anchor not in self._ids.get(address, {anchor})
        ]
        self.broken += [
            f"{address} is no file (linked from {origin})"
            for address, origin in self._files.items()
            if address in self.sights
        ]

    def _add(self, link: Link, origin: str) -> None:
        parts = urlsplit(urljoin(origin, link.address))
        if parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", self.netloc}:
            return
        address, name = address_of(parts), view_name(parts.path)
        if name == "wagtail" and origin.startswith(EDITORS):
            return
        if link.is_download:
            self._files.setdefault(address, origin)
        is_new = self._is_new(address, name, parts)
        if parts.fragment:
            anchor = unquote(parts.fragment)
            self.anchors[address].setdefault(anchor, origin)
            is_new |= (name, anchor) not in self._known_anchors
            self._known_anchors.add((name, anchor))
        if is_new and address not in self._asked:
            self._asked.add(address)
            self._queue.append((address, origin))

    def _is_new(self, address: str, name: str, parts: SplitResult) -> bool:
        if address in self._seen:
            return False
        self._seen.add(address)
        if parts.query:
            pairs = parse_qsl(parts.query, keep_blank_values=True)
            return [pair for pair in pairs if self._is_new_variant(name, *pair)] != []
        self._kinds[name] += 1
        return self.is_public or self._kinds[name] <= SAME_FOR_ALL.get(name, self._kinds[name])

    def _is_new_variant(self, name: str, parameter: str, value: str) -> bool:
        known = self._variants[name, parameter]
        if value in known or (parameter not in EVERY_VALUE and len(known) >= SOME_VALUES):
            return False
        known.add(value)
        return True

    def _visit(self, address: str, origin: str) -> None:
        # An address of /display/ would change how all later pages look: only where it leads.
        response = self.asker.get(address, follow=not address.startswith(DISPLAY))
        self.opened += 1
        if response.status >= 400:
            self.broken.append(f"{response.status} {address} (linked from {origin})")
        elif response.status == 200 and HTML in response.headers.get("content-type", ""):
            self._read(address, response)

    def _read(self, asked: str, response: urllib3.BaseHTTPResponse) -> None:
        parts = urlsplit(response.url or "")
        address, name = address_of(parts), view_name(parts.path)
        if name == "wagtail":
            return
        reading = Reading(response.data.decode())
        if not reading.has_bar:
            self.broken.append(f"no bar of the demo at {address}")
        if reading.asks and HELP not in reading.ids:
            self.broken.append(f"no help beside the form at {address}")
        self.broken += [f"{what} at {address}" for what in sorted(reading.needs_scripts)]
        if address == asked:
            self._ids[address] = reading.ids
        policy = response.headers.get("content-security-policy", "")
        policy = ";".join(sorted(part.strip() for part in policy.split(";")))
        elements = frozenset((policy, element) for element in reading.elements)
        self.sights[address] = Sight(address, reading.markup, elements)
        self.samples.setdefault(name, self.sights[address])
        for link in reading.links:
            self._add(link, address)


def address_of(parts: SplitResult) -> str:
    """Return path and query."""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@cache
def view_name(path: str) -> str:
    """Return the name of the page behind an address; editors' own pages are all one."""
    if path.startswith(EDITORS):
        return "wagtail"
    try:
        return resolve(path).view_name or path
    except Resolver404:
        return f"unknown {path}"
