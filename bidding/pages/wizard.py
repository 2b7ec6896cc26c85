"""The steps of the buyer's wizard."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.web.components import FUTURE, NOW, PAST, Step

WIZARD = (
    ("item", _("选事项")),
    ("need", _("填需求")),
    ("method", _("定方式")),
    ("check", _("核对")),
    ("submit", _("提交")),
)


def wizard_steps(current: str, tender: Tender | None = None) -> list[Step]:
    """
    Return the steps of the buyer's wizard as the stepper draws them.

    Every step of a draft can be reached from every other, for each is saved by itself.
    """
    names = [name for name, _label in WIZARD]
    here = names.index(current)
    steps = []
    for place, (name, label) in enumerate(WIZARD):
        state = PAST if place < here else NOW if place == here else FUTURE
        is_open = tender is not None and state != NOW
        url = _wizard_url(tender, name) if tender is not None and is_open else ""
        steps.append(Step(label, state, url=url, is_open=is_open))
    return steps


def _wizard_url(tender: Tender, step: str) -> str:
    if step == "submit":
        return reverse("bidding:tender_submit", args=[tender.slug])
    if step == "item":
        return reverse("bidding:tender_item", args=[tender.slug])
    return reverse("bidding:tender_edit", args=[tender.slug, step])
