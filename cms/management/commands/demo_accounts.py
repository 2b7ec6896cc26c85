"""Print who can be tried in the demo, grouped by reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from cms.demo.reading import memberships_of, person, tender_by_title
from cms.demo.script import Account, Hint, Script, script
from marketplace.kernel import clock

LOGIN_WIDTH = 12


class Command(BaseCommand):
    """List the demo's accounts: user name, organisation, role, and what to try first."""

    help = "List the demo's accounts and what to try with each."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are accounts to show with DEMO=1 only.")
        plan, now = script(), clock.now()
        groups = [
            {"title": group.title, "accounts": list(_shown(plan, group.accounts, now))}
            for group in plan.readers
        ]
        text = render_to_string(
            "cms/demo_accounts.txt",
            {
                "groups": [group for group in groups if group["accounts"]],
                "password": plan.texts["password"],
            },
        )
        self.stdout.write(text.rstrip())


def _shown(plan: Script, accounts: Any, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the accounts that exist."""
    for account in accounts:
        user = person(account.login)
        if user is None:
            continue
        roles = [f"{row.organization} · {row.get_role_display()}" for row in memberships_of(user)]
        yield {
            "login": account.login.ljust(LOGIN_WIDTH),
            "who": f"{user.name}  {' / '.join(roles)}".rstrip(),
            "hints": list(_hints(plan, account, now)),
        }


def _hints(plan: Script, account: Account, now: datetime) -> Iterator[str]:
    titles = {order.key: order.title for order in plan.orders}
    applying = [hint for hint in account.hints if _applies(hint, titles, now)]
    for hint in applying:
        yield hint.text.format(title=titles.get(hint.order, ""))
    if not applying:
        yield account.otherwise


def _applies(hint: Hint, titles: dict[str, str], now: datetime) -> bool:
    """Tell whether the order of a hint, if any, still stands as the hint says."""
    if not hint.order:
        return True
    tender = tender_by_title(titles[hint.order])
    if tender is None:
        return False
    if hint.when == "active":
        ends = tender.tender_period_end
        return tender.status == tender.Status.ACTIVE and ends is not None and now < ends
    part, _space, status = hint.when.rpartition(" ")
    award = getattr(tender, "award", None)
    rows = {"": tender, "award": award, "contract": getattr(award, "contract", None)}
    return getattr(rows[part], "status", None) == status
