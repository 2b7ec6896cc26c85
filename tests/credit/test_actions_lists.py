"""What others list restricts here by their basis, and lets go when they do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from credit.actions.lists import (
    import_list,
    import_signed_decisions,
    preview_list,
    signed_decisions,
)
from credit.measures import is_restricted
from credit.models import Case, ListedParty, ListImport, ListKind, Restriction
from credit.signed_lists import NotSigned, private_key, sign
from marketplace.models import Message
from marketplace.reference import BadReferenceData
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.test_signed_lists import SEED
from tests.factories.credit import RestrictionFactory, active_agency

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
HEAD = "企业名称,统一社会信用代码,处罚文号,执法单位,公布日期,处罚截止日期,移出日期\n"


def table(*rows):
    return (HEAD + "".join(",".join(row) + "\n" for row in rows)).encode()


def row(agency, number="赣财罚1号", until="2027-05-01", removed=""):
    return (agency.name, agency.uscc, number, "省财政厅", "2026-05-01", until, removed)


def taken(content, at=NOON, **options):
    given = {"kind": ListKind.PROCUREMENT, "basis": "《测试条例》", "file": "list.csv", **options}
    return import_list(content=content, at=at, **given)


def test_a_hit_restricts_by_the_basis_of_its_list_and_until_its_end(agency, authority):
    stranger = ("别处公司", "91440300MA00000000", "x", "y", "2026-05-01", "2027-05-01", "")

    outcome = taken(table(row(agency), stranger))

    assert (outcome.added, outcome.matched, outcome.removed) == (2, 1, 0)
    case, restriction = Case.objects.get(), Restriction.objects.get()
    assert (case.source, case.status, case.decided_by) == ("listed", "decided", None)
    assert (case.reference, restriction.legal_basis) == ("赣财罚1号", "《测试条例》")
    assert restriction.effective_to.date() == date(2027, 5, 1)
    assert is_restricted(agency, NOON)
    assert "赣财罚1号" in Message.objects.get(organization=agency).body
    assert ListedParty.objects.filter(organization=None).count() == 1


def test_the_same_file_changes_nothing_a_second_time(agency, authority):
    content = table(row(agency))
    taken(content)

    assert taken(content, at=NOON + DAY).is_known
    again = taken(table(row(agency), row(agency, "赣财罚2号", "2026-05-02")), at=NOON + DAY)

    assert (again.added, again.unchanged) == (1, 1)
    assert (ListImport.objects.count(), Restriction.objects.count()) == (2, 1)


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_its_list_lets_go_is_free_at_once(agency, authority, is_whole):
    taken(table(row(agency)))
    gone = table() if is_whole else table(row(agency, removed="2026-11-25"))

    outcome = taken(gone, at=NOON + DAY, is_whole=is_whole)

    assert outcome.removed == 1
    assert not is_restricted(agency, NOON + DAY)
    assert (Case.objects.get().status, Restriction.objects.get().lifted_at) == (
        "repaired",
        NOON + DAY,
    )
    back = taken(table(row(agency, until="2027-06-01")), at=NOON + 2 * DAY)
    assert (back.added, is_restricted(agency, NOON + 2 * DAY)) == (1, True)


def test_codes_of_before_find_the_same_agency(authority):
    agency = active_agency(uscc="91360702MA35KAQX5U")
    for number, code in (("1", "MA35KAQX-5"), ("2", "360702MA35KAQX5")):
        old = (agency.name, code, number, "y", "2026-05-01", "2027-05-01", "")
        assert taken(table(old)).matched == 1


def test_a_file_with_a_fault_changes_nothing(agency, authority):
    broken = ("某公司", "12", "x", "y", "2026-05-01", "", "")
    with pytest.raises(BadReferenceData):
        taken(table(row(agency), broken))
    assert not ListedParty.objects.exists()
    with refused("legal_basis_is_of_law"):
        taken(table(row(agency)), basis="平台默认")


def test_our_decisions_restrict_in_another_installation_that_verifies_them(
    agency, authority, settings
):
    settings.CREDIT_SIGNING_KEY = SEED
    key = private_key(SEED).public_key()
    ours = RestrictionFactory(organization=agency, effective_to=NOON + 90 * DAY)
    content = signed_decisions(at=NOON).encode()
    # the other installation knows the agency by its code, and nothing of our case
    number = ours.case.decision_number
    Restriction.objects.update(lifted_at=NOON)
    given = {"key": key, "file": "decisions.jws", "at": NOON + DAY}

    outcome = import_signed_decisions(content=content, **given)

    assert (outcome.added, outcome.matched) == (1, 1)
    assert ListedParty.objects.get().number == number
    assert is_restricted(agency, NOON + DAY)
    assert ListImport.objects.get().changes["added"] == 1
    assert import_signed_decisions(content=content, **given).is_known
    later = import_signed_decisions(content=content + b"\n", **given)
    assert (later.added, later.unchanged) == (0, 1)
    forged = sign([], "甲省", "x", private_key("A" * 43)).encode()
    with pytest.raises(NotSigned):
        import_signed_decisions(content=forged, **given)
    assert ListImport.objects.count() == 2


def test_a_preview_says_whom_a_file_would_restrict_and_release_and_does_neither(agency, authority):
    other = active_agency()
    taken(table(row(agency)))
    free = table(row(other, "赣财罚2号"))
    before = (ListImport.objects.count(), Case.objects.count(), Message.objects.count())

    found = preview_list(lambda: taken(free, at=NOON + DAY, is_whole=True), NOON + DAY)

    assert [one.organization for one in found.restricted] == [other]
    assert [one.organization for one in found.released] == [agency]
    assert (found.outcome.added, found.outcome.removed) == (1, 1)
    after = (ListImport.objects.count(), Case.objects.count(), Message.objects.count())
    assert (before, is_restricted(agency, NOON + DAY)) == (after, True)
    assert not is_restricted(other, NOON + DAY)


PUBLISHED = (
    "企业名称,统一社会信用代码（或组织机构代码）,企业地址,严重违法失信行为的具体情形,处罚结果,"
    "处罚依据,处罚日期,公布日期,公布截止日期,执法单位\n"
)


@pytest.mark.parametrize("places", [(0, 18), (8, 17), (2, 17)])
def test_k7_02_a_row_as_it_is_published_restricts_by_an_old_code_and_ends_by_itself(
    agency, authority, places
):
    """K7-02: name, code or organisation code or tax number, facts, result, basis, dates."""
    old = agency.uscc[slice(*places)]
    told = "南昌,提供虚假材料,禁止参加一年,《政府采购法》,2026-05-01,2026-05-08,2027-04-30,省财政厅"

    outcome = taken((PUBLISHED + f"{agency.name},{old},{told}\n").encode())

    assert (outcome.added, outcome.matched) == (1, 1)
    restriction = Restriction.objects.get()
    assert (restriction.case.source, restriction.case.facts) == ("listed", "提供虚假材料")
    end = restriction.effective_to
    assert end == datetime(2027, 4, 30, 16, tzinfo=UTC)
    assert [is_restricted(agency, at) for at in (NOON, end - DAY / 24, end)] == [True, True, False]
