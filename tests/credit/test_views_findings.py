"""Officers find what the arithmetic asks them to see to, and see to it on its page."""

import pytest

from credit.actions import record_entry
from credit.actions.schemes import load_scheme
from credit.models import Case, Finding
from marketplace.actions.rulebook import pin_rulebook
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.credit import active_agency
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    division,
    load_laws,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def finding():
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    record_entry(
        organization=active_agency(),
        kind="collusion",
        occurred_at=NOON,
        recorded_at=NOON,
        reference="JX360702-2026-C00001",
        rulebook=pin_rulebook(division=division("360000"), at=NOON),
    )
    return Finding.objects.get()


def officer(client, role=Role.REGULATOR, **authority):
    client.force_login(
        MembershipFactory(organization=AuthorityFactory(**authority), role=role).user
    )
    return client


def test_a_regulator_sees_the_arithmetic_and_writes_a_notice_from_it(client, finding):
    officer(client, division=finding.organization.division)

    listed = client.get("/regulator/cases/").content.decode()
    page = client.get(f"/regulator/findings/{finding.slug}/").content.decode()
    notice = client.get(
        f"/regulator/cases/new/?agency={finding.organization.slug}&finding={finding.slug}"
    ).content.decode()

    assert f"/regulator/findings/{finding.slug}/" in listed
    assert "信用分达到立案界限" in page
    assert "串通报价" in page
    assert "−40" in page
    assert "一般失信，暂停报名 3 个月" in page
    assert "信用分为 60 分（基础分 100 分）" in notice
    assert f"/regulator/findings/{finding.slug}/" in client.get("/workbench/").content.decode()


def test_a_finding_is_set_aside_on_its_page_and_leaves_the_list(client, finding):
    officer(client, division=finding.organization.division)
    address = f"/regulator/findings/{finding.slug}/"

    empty = client.post(address, {"reasons": ""})
    assert (empty.status_code, Finding.objects.open().count()) == (422, 1)
    done = client.post(address, {"reasons": "记录有误。"}, follow=True)

    assert "的线索不予立案，理由已经记录" in done.content.decode()
    assert "记录有误。" in done.content.decode()
    assert address not in client.get("/regulator/cases/").content.decode()
    assert not Case.objects.exists()


def test_another_place_s_officers_do_not_see_it_and_a_manager_sets_nothing_aside(client, finding):
    address = f"/regulator/findings/{finding.slug}/"
    officer(client, division=division("360400"))
    assert client.get(address).status_code == 404

    officer(client, role=Role.MANAGER, division=finding.organization.division)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reasons": "不查。"}).status_code == 403
    assert Finding.objects.open().exists()
