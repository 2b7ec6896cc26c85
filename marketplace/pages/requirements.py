"""Who may do the work of an item, as it is drawn, and what one agency lacks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.guards.requirements import Names, described, joined, names_of, reason
from marketplace.models import ServiceItem
from marketplace.requirements import AllOf, Answer, AnyOf, Holdings, Lack, Requirement, ask
from marketplace.web.components import Component, Text


@dataclass(frozen=True)
class Condition(Component):
    """
    One condition with what it rests on, or several under the word that joins them.

    `word` and `why` answer it for one agency; both are empty where nobody was asked about.
    """

    text: Text
    basis: str = ""
    parts: tuple[Condition, ...] = ()
    word: Text = ""
    why: Text = ""

    template_name = "components/condition.html"


def condition(requirement: Requirement, names: Names, answer: Answer | None = None) -> Condition:
    """Return how a requirement is drawn, with the answer to it if it was asked."""
    word = _word(answer)
    if isinstance(requirement, AnyOf | AllOf):
        answers = answer.parts if answer else (None,) * len(requirement.parts)
        pairs = zip(requirement.parts, answers, strict=True)
        parts = tuple(condition(part, names, own) for part, own in pairs)
        return Condition(joined(requirement), parts=parts, word=word)
    lacks = answer is not None and not answer.holds
    why = reason(Lack(requirement, answer.shortfalls), names) if answer and lacks else ""
    return Condition(described(requirement, names), requirement.basis, word=word, why=why)


def _word(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return _("具备") if answer.holds else _("不具备")


def condition_of(item: ServiceItem) -> Condition:
    """Return who may do the work of `item`, as everybody reads it."""
    return condition(item.requires, names_of(item))


@dataclass(frozen=True)
class ItemForAgency:
    """An item, and whether one agency may do its work."""

    item: ServiceItem
    holds: bool
    condition: Condition


def items_for_agency(items: Iterable[ServiceItem], held: Holdings) -> list[ItemForAgency]:
    """Return each item with its answer, those that the agency may do first."""
    rows = []
    for item in items:
        answer = ask(item.requires, held)
        drawn = condition(answer.requirement, names_of(item), answer)
        rows.append(ItemForAgency(item, answer.holds, drawn))
    return sorted(rows, key=lambda row: not row.holds)
