"""The frame of a page, and the pages of a list; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.template.defaultfilters import urlencode
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from marketplace.models import Membership
from marketplace.parties import Party
from marketplace.templatetags.drawn import drawn_once, drawn_template
from marketplace.web import parts_kept, shared_pages
from marketplace.web.components import Component

register = template.Library()


@dataclass(frozen=True)
class PageLink:
    """One place among the numbers of a list's pages; a gap has no address."""

    text: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class Pages(Component):
    """
    The pages of a list, with the rows that stand on this one; no `links` where all stand on it.

    `target` is the element that htmx puts the other page in.
    """

    links: Sequence[PageLink]
    previous_url: str
    next_url: str
    first: int
    last: int
    total: int
    target: str

    template_name = "components/pages.html"

    @classmethod
    def of(cls, page: Page[Any], asked: QueryDict, target: str = "") -> Pages:
        """Return the pages around `page`, each with all else that was asked for."""
        before = page.previous_page_number() if page.has_previous() else None
        after = page.next_page_number() if page.has_next() else None
        return cls(
            _page_links(page, asked) if page.has_other_pages() else (),
            _page_url(asked, before) if before else "",
            _page_url(asked, after) if after else "",
            page.start_index(),
            page.end_index(),
            page.paginator.count,
            target,
        )


def _page_links(page: Page[Any], asked: QueryDict) -> list[PageLink]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        PageLink(
            str(number),
            _page_url(asked, number) if isinstance(number, int) else "",
            number == page.number,
        )
        for number in numbers
    ]


def _page_url(asked: QueryDict, number: int) -> str:
    kept = asked.copy()
    kept["page"] = str(number)
    return f"?{kept.urlencode()}"


@register.simple_tag(takes_context=True)
def pages(context: Context, page_obj: Page[Any], target: str = "") -> SafeString:
    """Draw the pages of a list, keeping the query string; nothing of an empty one."""
    if not page_obj.paginator.count:
        return SafeString("")
    return Pages.of(page_obj, context["request"].GET, target).render_html()


@register.simple_tag(takes_context=True)
def side(context: Context) -> SafeString:
    """Draw the side navigation of the workbenches, once for what stands in it."""
    nav: Any = context.get("workbench_nav", ())
    return drawn_template("frame/side.html", entries=tuple(nav() if callable(nav) else nav))


@register.simple_tag(takes_context=True)
def footer_links(context: Context) -> SafeString:
    """Draw the links of the footer, once for the one that hangs on the reader."""
    return drawn_template("frame/footer_links.html", publish=own(context, "footer_publish"))


@register.filter
def role_names(party: Party) -> str:
    """Name the roles a party holds, in the order of the model."""
    return "、".join(str(role.label) for role in Membership.Role if role.value in party.roles)


@register.simple_tag(takes_context=True)
def person_menu(context: Context) -> SafeString:
    """Draw the person and what is theirs, once for all of it but the token of its forms."""
    party = context["party"]
    others = context["other_organizations"]() if party else ()
    drawn = drawn_template(
        "frame/person_menu.html",
        name=str(context["user"]),
        unit=party.organization.name if party else "",
        roles=role_names(party) if party else "",
        unread=context.get("unread_count", 0),
        is_editor=context["can_edit_pages"](),
        others=tuple((one.key, one.name) for one in others),
        csrf_token=shared_pages.MARK,
    )
    return SafeString(drawn.replace(shared_pages.MARK, str(context.get("csrf_token", ""))))


@dataclass(frozen=True)
class FooterLink(Component):
    """A link of the footer."""

    label: str
    url: str

    template_name = "components/footer_item.html"


@register.simple_tag
def footer_item(label: str, name: str) -> SafeString:
    """Draw a link of the footer; nothing if there is no such page yet."""
    try:
        return _footer_item(str(label), reverse(name))
    except NoReverseMatch:
        return SafeString("")


@drawn_once
def _footer_item(label: str, url: str) -> FooterLink:
    return FooterLink(label, url)


@dataclass(frozen=True)
class NavLink(Component):
    """A link of the main navigation; `current` is the value of aria-current, `symbol` an icon."""

    label: str
    url: str
    current: str
    symbol: str

    template_name = "components/nav_item.html"


@register.simple_tag(takes_context=True)
def nav(context: Context, symbol: str = "") -> SafeString:
    """Draw the entries of the header or of the menu, once for the address of the page."""
    request = context.get("request")
    path = request.path if request else ""
    return drawn_template("frame/nav.html", path=path, symbol=symbol)


@register.simple_tag(takes_context=True)
def nav_item(context: Context, label: str, name: str) -> SafeString:
    """Draw a link to a named page, marked when the reader is there; nothing without the page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    path = str(context.get("path", ""))
    current = "page" if path == url else "true" if url != "/" and path.startswith(url) else ""
    return _nav_item(str(label), url, current, context.get("symbol", ""))


@drawn_once
def _nav_item(label: str, url: str, current: str, symbol: str) -> NavLink:
    return NavLink(label, url, current, symbol)


@register.simple_tag(takes_context=True)
def way_in(context: Context, login_url: str) -> str:
    """Return the address of the log-in, from which one comes back to this page."""
    request = context.get("request")
    if request is None or request.path == login_url:
        return login_url
    return f"{login_url}?next={urlencode(request.get_full_path())}"


@register.simple_tag(takes_context=True)
def own(context: Context, name: str) -> SafeString:
    """Draw a part of the frame that is the reader's own; in a page for everybody, its place."""
    place = shared_pages.place_of(name)
    if place is not None:
        return SafeString(place)
    template = get_template(f"frame/{name}.html")
    html: SafeString = template.template.render(context)  # type: ignore[attr-defined]
    return html


@register.simple_tag
def own_mark() -> SafeString:
    """Stand between the own parts that are drawn together."""
    return SafeString(shared_pages.MARK)


@register.simple_tag
def next_part() -> SafeString:
    """Stand between the parts of a page that are drawn once for everybody."""
    return SafeString(parts_kept.MARK)


@register.simple_tag(name="drawn")
def drawn_for(template: str, **told: Hashable) -> SafeString:
    """Draw a template with what it is told, plain values and nothing else, once for them."""
    return drawn_template(template, **told)
