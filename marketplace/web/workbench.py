"""What each app contributes to a person's workbench, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from marketplace.kernel.hooks import Way
from marketplace.models import User
from marketplace.parties import Party

Text = str | Promise
SHOWN = 20
"""How many things to do a workbench lists; the queues have them all."""
ASKED = SHOWN + 1
"""How many of each kind are read: one more, to say that there are more."""


@dataclass(frozen=True)
class NavItem:
    """
    One entry of the side navigation; `position` sorts entries of all apps.

    What waits is counted as far as a workbench lists it; `is_more` where there is more.
    """

    url: str
    label: Text
    icon: str
    position: int
    count: int | None = None
    is_more: bool = False
    is_here: bool = False

    def counting(self, first: Sized) -> NavItem:
        """Return the entry with how many wait, by the first `ASKED` of them."""
        found = len(first)
        return replace(self, count=min(found, SHOWN), is_more=found > SHOWN)


@dataclass(frozen=True)
class Todo:
    """
    One thing to do: the act, its object, until when, and where.

    `rule` is the key of the rulebook value that sets the deadline, `source` any other reason.
    """

    title: Text
    subject: str
    url: str
    action: Text
    due_at: datetime | None = None
    is_provisional: bool = False
    source: Text = ""
    rule: str = ""


@dataclass(frozen=True)
class Aside:
    """
    A panel beside the to-dos, or under them; `position` sorts the panels of all apps.

    `is_wide` puts it under the to-dos, where a table has room. `template` is
    drawn with `context` as `aside`, and with what every page has.
    """

    template: str
    context: Mapping[str, Any]
    position: int
    is_wide: bool = False


class NavContributor(Protocol):
    """Say where a person may go from the workbench."""

    def __call__(self, party: Party, at: datetime, /) -> list[NavItem]: ...


class TodoContributor(Protocol):
    """Say what a person has to do, and until when."""

    def __call__(self, party: Party, at: datetime, /) -> list[Todo]: ...


class AsideContributor(Protocol):
    """Say what stands beside a person's to-dos, or (`is_wide`) under them."""

    def __call__(self, party: Party, at: datetime, /) -> list[Aside]: ...


class PersonalContributor(Protocol):
    """Say what stands on a person's workbench whoever they act for, if for anybody."""

    def __call__(self, user: User, at: datetime, /) -> list[Aside]: ...


NAV = Way[NavContributor]()
TODOS = Way[TodoContributor]()
ASIDES = Way[AsideContributor]()
PERSONAL = Way[PersonalContributor]()


def nav_of(party: Party, at: datetime, here: str = "") -> list[NavItem]:
    """Return the side navigation of `party` over all apps, for the page at the address `here`."""
    found = (item for nav in NAV for item in nav(party, at))
    items = [replace(item, is_here=item.url == here) for item in found]
    return sorted(items, key=lambda item: item.position)


def todos_of(party: Party, at: datetime) -> list[Todo]:
    """Return what `party` has to do over all apps, the nearest deadline first, undated last."""
    todos = [todo for todos in TODOS for todo in todos(party, at)]
    return sorted(todos, key=lambda todo: (todo.due_at is None, todo.due_at))


def asides_of(party: Party, at: datetime) -> list[Aside]:
    """Return the panels beside the to-dos of `party` over all apps."""
    panels = [one for asides in ASIDES for one in asides(party, at)]
    return sorted(panels, key=lambda panel: panel.position)


def personal_of(user: User, at: datetime) -> list[Aside]:
    """Return the panels of a person themselves over all apps."""
    panels = [one for personal in PERSONAL for one in personal(user, at)]
    return sorted(panels, key=lambda panel: panel.position)
