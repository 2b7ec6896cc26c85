"""Axe itself: that it finds what is planted; and pages in the looks that a reader may choose."""

from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import COLOURS, COLOURS_AND_PLACE, LOOKS, SIZES, Look, complaints
from tests.journeys.crawl import DISPLAY, EDITORS, HTML, Asker, Reading, view_name

pytestmark = pytest.mark.browser

# A reader who has chosen elder mode: the server draws the tables of charts open, and reads aloud.
ELDER_COOKIE = {"name": "mode", "value": "elder"}
AS_CHOSEN = Look(widths=(1440, 320))
# The same colour is a fault on white and none on black: a colour kept wrongly would tell, and so
# would a verdict that is taken over to another surface. Of equal rows two are left.
PLANT = """() => {
  const make = (tag, id, styles, textContent = '') => {
    const node = Object.assign(document.createElement(tag), {textContent});
    if (id) node.id = id;
    Object.assign(node.style, styles);
    return node;
  };
  const plant = (...what) => {
    const node = make(...what);
    document.querySelector('main').prepend(node);
    return node;
  };
  plant('p', 'pale', {color: '#bbbbbb', background: '#ffffff'}, 'pale');
  plant('p', 'transparent', {color: 'rgba(0, 0, 0, 0.25)', background: '#ffffff'}, 'pale');
  plant('p', 'on-black', {color: '#bbbbbb', background: '#000000'}, 'clear');
  plant('p', '', {}).append(make('i'), make('b'), make('input', 'unlabelled', {}));
  const shelf = (background, ...rows) => {
    const list = plant('ul', '', {background});
    for (const [id, color] of rows) list.append(make('li', id, {color}, 'the same words'));
  };
  const grey = ['', '#bbbbbb'];
  shelf('#ffffff', ['on-white', '#bbbbbb']);
  shelf('#000000', grey, grey, grey, grey, ['in-the-dark', '#333333'], grey);
}"""
PLANTED = [
    'color-contrast: <li id="in-the-dark"',
    'color-contrast: <li id="on-white"',
    'color-contrast: <p id="transparent"',
    'color-contrast: <p id="pale"',
    'label: <input id="unlabelled">',
]
# The same rows are pale on white and clear on black.
GROUNDS = ["#000000", "#ffffff"]
SHELF = """background => {
  const list = Object.assign(document.createElement('ul'), {
    innerHTML: ['one', 'two<b></b>', 'three<i></i>']
      .map(row => `<li class="pale">${row}</li>`)
      .join(''),
  });
  list.querySelectorAll('li').forEach(row => (row.style.color = '#bbbbbb'));
  const shelf = document.createElement('div');
  shelf.style.background = background;
  shelf.append(list);
  document.querySelector('main').prepend(shelf);
}"""
DESK = (1440,)
# What is clear by day and pale by night.
NIGHT = """() => {
  const main = document.querySelector('main');
  main.insertAdjacentHTML('afterbegin', '<p id="night">pale at night</p>');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('@media (prefers-color-scheme: dark) { #night { color: #333333; } }');
  document.adoptedStyleSheets.push(sheet);
}"""
WIDE = "document.querySelector('main').style.width = '5000px'"


def go(address: str, page: Page, *, then: str = "") -> None:
    page.goto(address)
    if then:
        page.evaluate(then)


def test_planted_faults_are_found_at_both_widths(browse):
    page = browse()

    found = complaints([(page, [partial(go, "/accounts/login/", then=PLANT)])])

    for width in SIZES:
        begin = f"{page.url} at {width}: "
        told = [text.removeprefix(begin) for text in found if text.startswith(begin)]
        assert [text.split(" style")[0] for text in told] == PLANTED


def test_what_colours_decide_is_found_by_the_rules_for_colours_and_speaks_for_them_alone(browse):
    page = browse()
    arrivals = [partial(go, "/accounts/login/", then=PLANT)]

    by_colours = complaints([(page, arrivals)], [Look(widths=DESK, rules=COLOURS)])
    by_place = complaints([(page, arrivals)], [Look(widths=DESK, rules=COLOURS_AND_PLACE)])
    by_all = complaints([(page, arrivals)], [Look(widths=DESK)])

    begin = f"{page.url} at 1440: "
    colours = PLANTED[:-1]
    told = [
        [text.removeprefix(begin).split(" style")[0] for text in found]
        for found in (by_colours, by_place, by_all)
    ]
    assert told == [colours, colours, PLANTED]


def test_a_part_that_has_passed_speaks_for_its_like_in_the_same_hands_alone(browse):
    page = browse()
    pages = [partial(go, "/accounts/login/", then=f"({SHELF})('{ground}')") for ground in GROUNDS]

    found = complaints([(page, [*pages, *pages])], [Look(widths=DESK)])

    told = [text.rpartition("color-contrast: ")[2].split(" style")[0] for text in found]
    assert told == ['<li class="pale"'] * 3 * 2


def test_a_page_that_is_too_wide_is_found(browse):
    found = complaints([(browse(), [partial(go, "/accounts/login/", then=WIDE)])])

    assert [complaint.rpartition(": ")[2] for complaint in found] == ["scrolls sideways"] * 2


def kinds(asker: Asker, start: str) -> list[str]:
    """Return a page and one of each kind that it leads to."""
    links = Reading(asker.get(start).data.decode()).links
    own = [start, *(one.address for one in links if one.address.startswith("/"))]
    first = {view_name(urlsplit(address).path): address for address in reversed(own)}
    asked = [one for one in first.values() if not one.startswith((DISPLAY, EDITORS))]
    answers = {address: asker.get(address, follow=False) for address in reversed(asked)}
    return [
        address
        for address, answer in answers.items()
        if answer.status == 200 and HTML in answer.headers.get("content-type", "")
    ]


def test_a_look_is_judged_by_its_own_colours_and_leaves_the_page_as_it_came(browse):
    page = browse()
    arrivals = [partial(go, "/accounts/login/", then=NIGHT)]

    found = complaints([(page, arrivals)], LOOKS)

    assert found == [f'{page.url} at 1440, dark: color-contrast: <p id="night">pale at night</p>']
    assert page.locator("html").get_attribute("data-mode") == "standard"


def main_of(asker: Asker, address: str) -> str:
    """Return the markup of the main part of a page."""
    return Reading(asker.get(address).data.decode().partition("<main")[2]).markup


def test_what_the_server_draws_otherwise_for_elders_is_accessible(
    browse, base_url, problems, record_property
):
    """
    Of all kinds of pages one step from the start: the crawl judges what is the same in elder mode.
    """
    usual, elder = Asker(base_url), Asker(base_url, {"cookies": [ELDER_COOKIE]})
    page = browse()
    page.context.add_cookies([{**ELDER_COOKIE, "url": base_url}])

    addresses = kinds(usual, "/")
    differ = [one for one in addresses if main_of(usual, one) != main_of(elder, one)]
    found = complaints([(page, [partial(go, one) for one in ("/", *differ)])], [AS_CHOSEN])

    assert page.locator("html").get_attribute("data-mode") == "elder"
    record_property("pages judged", (1 + len(differ)) * len(AS_CHOSEN.widths))
    record_property("violations", len(found))
    assert len(addresses) > 12
    assert differ != []
    assert found == []
    assert problems == []
