"""The focus ring as a browser draws it: on every control, in every look."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LOOKS = {
    "light": ("/display/?theme=light&next=/", "none"),
    "dark": ("/display/?theme=dark&next=/", "none"),
    "elder": ("/display/?mode=elder&next=/", "none"),
    "forced colours": ("/display/?theme=light&next=/", "active"),
}
# The component page has every kind of control; the list has facets, pages and light buttons.
ADDRESSES = ["/styleguide/", "/tenders/", "/accounts/login/"]
# A file is chosen by a control that cannot be seen, and the ring is around the button before it.
RINGLESS = """() => {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const found = document.querySelectorAll(`${controls}, [tabindex='0']`);
  const all = [...found].filter(one => one.checkVisibility());
  const hasRing = one => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    const isThere = outlineStyle !== "none" && parseFloat(outlineWidth) >= 3;
    return isThere && !/transparent|rgba.*, 0\\)$/.test(outlineColor);
  };
  const bare = [];
  for (const one of all) {
    one.focus();
    const shown = getComputedStyle(one).opacity === "0" ? one.nextElementSibling : one;
    if (document.activeElement !== one || !hasRing(shown)) bare.push(one.outerHTML.slice(0, 120));
  }
  return { count: all.length, bare };
}"""


def look(page: Page, name: str) -> None:
    """Choose a look as readers do; forced colours are the system's."""
    address, forced = LOOKS[name]
    page.goto(address)
    page.emulate_media(forced_colors=forced)


@pytest.mark.parametrize(("width", "looks"), [(1440, [*LOOKS]), (390, ["light", "elder"])])
def test_every_control_has_its_ring_in_every_look(browse, problems, width, looks):
    """On a phone in those looks that lay a page out otherwise; the others change its colours."""
    page = browse(width=width)

    for name in looks:
        look(page, name)
        for address in ADDRESSES:
            page.goto(address)
            page.keyboard.press("Tab")  # from here on the focus is that of a keyboard
            found = page.evaluate(RINGLESS)
            assert (name, address, found["bare"]) == (name, address, [])
            assert found["count"] > 25
    assert problems == []


def test_a_control_without_its_ring_is_found(browse):
    page = browse()
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    plant = "const one = document.querySelector('main button'); one.style.outline = 'none'"
    page.evaluate(plant)

    assert len(page.evaluate(RINGLESS)["bare"]) == 1
