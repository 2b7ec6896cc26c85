"""What every page shows: the platform's time, whom one acts for, and how it looks."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.models import User
from marketplace.parties import Capacity, Party, acting, unread_of
from marketplace.permissions import can_edit_pages
from marketplace.web.languages import ENGLISH, can_be_english, language_of
from marketplace.web.workbench import nav_of


@dataclass(frozen=True)
class Display:
    """
    How a reader has asked for pages: `theme` is light, dark, or empty for the system's.

    In an app that has a frame of its own (赣服通) a page that is embedded leaves out ours.
    """

    mode: str
    theme: str
    embed: str = ""
    is_english: bool = False
    can_be_english: bool = False

    @property
    def is_embedded(self) -> bool:
        return self.embed == "1"

    @property
    def is_elder(self) -> bool:
        return self.mode == "elder"

    @property
    def is_dark(self) -> bool:
        return self.theme == "dark"

    @property
    def is_light(self) -> bool:
        return self.theme == "light"


@dataclass(frozen=True)
class Imprint:
    """Whose site it is and where it is registered; what an installation has not set is empty."""

    host: str
    icp: str
    police: str
    code: str


def _imprint() -> Imprint:
    return Imprint(
        settings.IMPRINT_HOST,
        settings.IMPRINT_ICP,
        settings.IMPRINT_POLICE,
        settings.IMPRINT_CODE,
    )


def _others(party: Party) -> tuple[Capacity, ...]:
    return party.others


def _display(request: HttpRequest) -> Display:
    """Return what cookies remember; of embedding also what the address itself says."""
    mode, theme, embed = (request.COOKIES.get(name, "") for name in ("mode", "theme", "embed"))
    return Display(
        mode,
        theme,
        request.GET.get("embed", embed),
        is_english=language_of(request) == ENGLISH,
        can_be_english=can_be_english(request),
    )


def site(request: HttpRequest) -> dict[str, Any]:
    """
    Return `platform_now`, `platform_day`, `party`, `display`, `imprint`, and `is_demo`.

    `canonical_url` is the one address of the page.

    `workbench_nav` and `can_edit_pages` are asked for only where a template names them.
    """
    now = clock.now()
    party = acting(request)
    context: dict[str, Any] = {
        "platform_now": now,
        "platform_day": day_of(now),
        "is_demo": settings.DEMO,
        "imprint": _imprint(),
        "canonical_url": _canonical(request),
        "party": party,
        "display": _display(request),
    }
    if isinstance(user := getattr(request, "user", None), User):
        context["can_edit_pages"] = partial(can_edit_pages, user)
    if party is not None:
        context["other_organizations"] = partial(_others, party)
        context["unread_count"] = unread_of(party)
        context["workbench_nav"] = partial(nav_of, party, now, here=request.path)
    return context


def _canonical(request: HttpRequest) -> str:
    """Return the one address of a page, whatever was filtered or sorted; each page of a list."""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return f"{settings.PUBLIC_URL}{request.path}{query}"
