"""A manager of the province edits the catalogue in the browser; another one confirms."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.models import CatalogueList, Membership, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import (
    COUNTY,
    PROVINCE,
    AuthorityFactory,
    MembershipFactory,
    ServiceClassFactory,
    ServiceItemFactory,
    division,
    load_laws,
)
from tests.senders import Sender

pytestmark = pytest.mark.django_db
Role = Membership.Role
HOME = "/manager/catalogue/"
BASIS = "《水法》第十九条"


def somebody(code: str = PROVINCE, role: str = Role.MANAGER) -> Sender:
    authority = AuthorityFactory(division=division(code))
    client = Sender()
    client.force_login(MembershipFactory(organization=authority, role=role).user)
    return client


def draft(**changed: Any) -> ServiceItem:
    load_laws()
    item: ServiceItem = ServiceItemFactory(**({"code": "S01", "legal_basis": BASIS} | changed))
    return item


def test_only_a_manager_of_the_province_keeps_the_catalogue() -> None:
    told = {
        who: somebody(*who).get(HOME).status_code
        for who in ((PROVINCE, Role.MANAGER), (COUNTY, Role.MANAGER), (PROVINCE, Role.OPERATOR))
    }

    assert [*told.values()] == [200, 403, 403]


def test_a_list_is_planned_seen_against_the_last_one_and_confirmed() -> None:
    old = ServiceItemFactory(code="S01", published=True, deliverable="报告")
    new = draft(version=2, deliverable="论证报告", service_class=old.service_class, name=old.name)
    given = {"number": "赣办〔2026〕1号", "dated_on": "2026-11-24", "reason": "更新"}

    answer = somebody().post(f"{HOME}lists/new/", {**given, "publish": [new.pk]})
    found = CatalogueList.objects.get()
    second = somebody()
    page = second.get(answer.url)
    [line] = page.context["lines"]
    assert ("成果文件", "报告", "论证报告") in [
        (str(one.label), one.before, one.after) for one in line.differences
    ]
    confirmed = second.post(f"{answer.url}confirm/", {"seen": page.context["seen"]})

    assert (answer.status_code, confirmed.status_code) == (302, 302)
    found.refresh_from_db()
    new.refresh_from_db()
    assert (found.status, new.status, new.published_at) == ("active", "published", NOON)


def test_a_list_against_the_law_is_shown_again_with_the_reason() -> None:
    item = draft(legal_basis="《港口工程建设管理规定》")
    given = {"number": "赣办〔2026〕1号", "dated_on": "2026-11-24", "reason": "更新"}

    answer = somebody().post(f"{HOME}lists/new/", {**given, "publish": [item.pk]})

    assert answer.status_code == 422
    assert "只有部门规章或者地方规定的不能公布" in answer.content.decode()
    assert not CatalogueList.objects.exists()


def test_an_item_is_edited_by_a_new_version_of_it() -> None:
    load_laws()
    item = ServiceItemFactory(code="S01", published=True, legal_basis=BASIS)
    client = somebody()

    begun = client.post(f"{HOME}items/S01/version/", {})
    page = client.get(begun.url)
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in values.items()}
    saved = client.post(
        begun.url, {**sent, "deliverable": "论证报告", "seen": page.context["seen"]}
    )

    assert (begun.status_code, saved.status_code) == (302, 302)
    assert [*ServiceItem.objects.values_list("version", "status", "deliverable")] == [
        (2, "draft", "论证报告"),
        (1, "published", item.deliverable),
    ]


def test_who_may_do_the_work_is_changed_place_by_place() -> None:
    item = draft()
    ServiceClassFactory(code="C25", name="工程设计")
    client, url = somebody(), f"{HOME}items/{item.code}/requirement/"

    def change(**given: Any) -> Any:
        seen = client.get(url).context["seen"]
        return client.post(url, {"seen": seen, "place": "", "edit": "add", **given})

    certificate = {"kind": "certificate", "service_class": "C25", "level": "first"}
    without_law = change(**certificate)
    change(**certificate, basis="《建筑法》第十三条", higher_too="on")
    change(edit="any_of")
    change(kind="practitioners", profession="注册建筑师", count="2", place="")

    assert "请填写要求证书的法律依据" in without_law.content.decode()
    item.refresh_from_db()
    [whole] = item.requirement["any_of"][:1]
    assert whole["kind"] == "commitment"
    assert [one["kind"] for one in item.requirement["any_of"]] == [
        *("commitment", "certificate", "practitioners"),
    ]


def test_a_manager_records_to_whom_a_list_was_sent_and_everybody_reads_it() -> None:
    found = CatalogueList.objects.create(
        number="赣办〔2026〕1号",
        status="active",
        dated_on=NOON.date(),
        proposed_at=NOON,
        decided_at=NOON,
    )
    url = f"{HOME}lists/{found.slug}/"
    client = somebody()
    given = {"authority": "国务院办公厅", "document_number": "赣府文〔2026〕9号"}

    def send(day: str) -> Any:
        seen = client.get(url).context["seen"]
        return client.post(f"{url}submissions/", {**given, "submitted_on": day, "seen": seen})

    early, sent = send("2020-01-01"), send(f"{NOON:%Y-%m-%d}")

    assert (early.status_code, sent.status_code) == (422, 302)
    assert "报送日期不能早于清单公布" in early.content.decode()
    [row] = found.submissions.all()
    assert (row.authority, row.document_number, row.submitted_on, row.recorded_at) == (
        *("国务院办公厅", "赣府文〔2026〕9号"),
        *(NOON.date(), NOON),
    )
    public = client.get(f"/items/lists/{found.slug}/").content.decode()
    assert row.office.name in public
    assert str(row.recorded_by) not in public.partition("<main")[2]
    assert str(row.recorded_by) in client.get(url).content.decode().partition("<main")[2]
    denied = somebody(COUNTY).post(f"{url}submissions/", {**given, "submitted_on": "2026-11-24"})
    assert denied.status_code == 404
    assert found.submissions.count() == 1
