"""What marketplace rests on: its guards and the values of the rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.citations import Citation, cited_by_guards
from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import declaration_of, is_declared
from marketplace.models import ServiceClass

GUARD, RULE, CLASS = _("办理条件"), _("规则手册"), _("服务类别")


def cited(*, on: date) -> Iterator[Citation]:
    """Yield what guards of the parties rest on, and each rule value that holds or will hold."""
    yield from cited_by_guards("marketplace.guards", kind=GUARD, on=on)
    for row in ServiceClass.objects.exclude(legal_basis=""):
        yield Citation(CLASS, row.name, row.legal_basis, on)
    to_come = Q(in_force_from__gt=on)
    rules = Parameter.objects.filter(to_come | Q(pk__in=Parameter.objects.in_force(on)))
    for rule in rules.only("key", "legal_basis", "in_force_from"):
        if is_declared(rule.key):
            url = f"{reverse('marketplace:rulebook')}#{rule.key}"
            label = declaration_of(rule.key).label
            yield Citation(RULE, label, rule.legal_basis, max(on, rule.in_force_from), url)
