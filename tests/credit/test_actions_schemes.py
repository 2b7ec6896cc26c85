"""A scheme is loaded whole or not at all, and what has begun stays as it was."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credit.actions.schemes import load_scheme, propose_scheme, settle_scheme
from credit.in_force import scheme_at
from credit.models import CreditScheme, SchemeProposal
from marketplace.management.commands._loading import DATA
from marketplace.models import Message
from marketplace.reference import BadReferenceData
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.vectors import NEW, SHIPPED, next_version
from tests.factories.marketplace import (
    AuthorityFactory,
    Role,
    UserFactory,
    division,
    load_laws,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture(autouse=True)
def laws(rules):
    load_laws()


def load(folder=DATA):
    printed = StringIO()
    call_command("load_credit_scheme", at=NOON, data=folder, stdout=printed)
    return printed.getvalue()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scope": "360429"}, "“scope”列，“360429”：信用评价方案全省统一：同一行为不因地而异"),
        ({"version": 1}, "“version”列，“1”：这个版本已经载入，内容不能再改"),
        ({"valid_from": NOON.date().isoformat()}, "已经有方案施行，新的版本只能从以后的日期起"),
        ({"kinds": [NEW]}, "“abandonment”：平台自动记录的行为须列入方案"),
        ({"legal_basis": "《没有的办法》"}, "法规库里没有这份文件"),
        ({"base": "100.3"}, "“base”列，“100.3”：分值须是 0.5 的倍数"),
    ],
    ids=["scope", "version", "day", "kinds", "basis", "base"],
)
def test_k5_05_a_refused_scheme_says_why_and_changes_nothing(tmp_path, changes, said):
    load()
    (tmp_path / "credit_scheme.json").write_text(next_version(**changes), encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        load(tmp_path)

    assert CreditScheme.objects.get().version == 1


def test_a_kind_keeps_its_name(tmp_path):
    load()
    text = next_version().replace("串通报价", "围标串标")
    (tmp_path / "credit_scheme.json").write_text(text, encoding="utf-8")

    with pytest.raises(
        CommandError, match="“collusion 围标串标”：这个代码已经用于另一种行为，不能改名"
    ):
        load(tmp_path)


def test_a_new_version_never_rewrites_the_past():
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    before = scheme_at(NOON)

    load_scheme(text=next_version(base="50"), file="b.json", at=NOON)

    assert scheme_at(NOON) == before
    assert scheme_at(NOON + timedelta(days=1)).base == 50


# --- put up by one manager, confirmed by another ---
@pytest.fixture
def office():
    load()
    return AuthorityFactory(division=division("360000"))


def put_up(office, by, text=None, reason="新规施行。"):
    text = next_version(base="50") if text is None else text
    return propose_scheme(
        organization=office, text=text, file="b.json", reason=reason, by=by, at=NOON
    )


def test_a_version_counts_when_a_second_manager_has_confirmed_it(office):
    manager, tomorrow = party(office, Role.MANAGER), NOON + timedelta(days=1)
    party(office, Role.REGULATOR)
    first, second = UserFactory(), UserFactory()

    proposal = put_up(office, first)

    assert scheme_at(tomorrow).base == 100
    assert [one.user for one in Message.objects.filter(kind="credit/scheme_proposed")] == [
        manager.user
    ]
    settle = {"organization": office, "proposal": proposal, "is_confirmed": True, "at": NOON}
    with refused("second_manager_looks"):
        settle_scheme(by=first, **settle)
    proposal = settle_scheme(by=second, **settle)
    assert (proposal.scheme.version, proposal.settled_by, proposal.outcome) == (
        2,
        second,
        "已采用",
    )
    assert (scheme_at(NOON).base, scheme_at(tomorrow).base) == (100, 50)
    with refused("proposal_is_open"):
        settle_scheme(by=second, **settle)


def test_a_declined_version_counts_never_and_makes_room_for_another(office):
    first, second = UserFactory(), UserFactory()
    proposal = put_up(office, first)
    with refused("no_version_awaits_a_look"):
        put_up(office, second)

    settle_scheme(organization=office, proposal=proposal, is_confirmed=False, by=second, at=NOON)

    assert CreditScheme.objects.get().version == 1
    assert SchemeProposal.objects.get().outcome == "不予采用"
    put_up(office, first)


def test_what_is_no_version_is_not_put_up_and_what_came_too_late_is_not_stored(office):
    first, second = UserFactory(), UserFactory()
    with refused("reasons_are_given"):
        put_up(office, first, reason=" ")
    with pytest.raises(BadReferenceData):
        put_up(office, first, next_version(scope="360429"))
    assert not SchemeProposal.objects.exists()
    proposal = put_up(office, first)

    with refused("version_begins_later"):
        settle_scheme(
            organization=office,
            proposal=proposal,
            is_confirmed=True,
            by=second,
            at=NOON + timedelta(days=1),
        )

    assert CreditScheme.objects.get().version == 1
