"""A published list brings the pages of the items in step with the catalogue."""

from datetime import date

import pytest

from cms.actions.items import keep_all_in_step, keep_in_step
from cms.models import ItemIndexPage, ServiceItemPage
from marketplace.actions.catalogue_lists import confirm_list, plan_list
from marketplace.kernel.effects import carry_out
from marketplace.kernel.models import Effect
from marketplace.models import ListChange, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory, UserFactory, load_laws

pytestmark = pytest.mark.django_db
BASIS = "《水法》第十九条"


def decide(*changes: ListChange) -> None:
    """Publish a list with these changes, and carry out what follows."""
    number = f"第{Effect.objects.count() + 1}号"
    planned = plan_list(
        number=number,
        dated_on=date(2026, 11, 24),
        reason="调整",
        changes=changes,
        by=UserFactory(),
        at=NOON,
    )
    confirm_list(found=planned, by=UserFactory(), at=NOON)
    for effect in Effect.objects.filter(kind="catalogue", done_at=None):
        carry_out(effect.pk)


def test_pages_follow_each_list_that_is_published(pages: str) -> None:
    load_laws()
    first = ServiceItemFactory(legal_basis=BASIS, code="S70", name="旧名称")
    decide(ListChange(item=first, kind=ListChange.Kind.PUBLISH))
    page = ServiceItemPage.objects.get()
    page.guidance = [("text", "<p>指引。</p>")]
    page.save()
    renamed = ServiceItemFactory(legal_basis=BASIS, code="S70", version=2, name="新名称")
    other = ServiceItemFactory(legal_basis=BASIS, code="S71", name="另一项")

    decide(*(ListChange(item=one, kind=ListChange.Kind.PUBLISH) for one in (renamed, other)))
    other.refresh_from_db()
    decide(ListChange(item=other, kind=ListChange.Kind.ABOLISH, reason="审批已取消"))

    found = {page.code: page for page in ServiceItemPage.objects.order_by("code")}
    assert {code: page.title for code, page in found.items()} == {"S70": "新名称", "S71": "另一项"}
    assert found["S70"].guidance[0].value.source == "<p>指引。</p>"
    assert all(page.live for page in found.values())
    assert ServiceItem.objects.get(code="S71").status == ServiceItem.Status.ABOLISHED


def test_a_second_run_changes_nothing_and_a_draft_has_no_page(pages: str) -> None:
    ServiceItemFactory(published=True, code="S70")
    ServiceItemFactory(code="S71")
    keep_in_step()
    before = list(ServiceItemPage.objects.values_list("pk", "code"))

    assert keep_all_in_step()

    assert list(ServiceItemPage.objects.values_list("pk", "code")) == before
    assert [code for _pk, code in before] == ["S70"]


def test_nothing_is_made_before_the_home_page_is_there() -> None:
    ServiceItemFactory(published=True)

    keep_in_step()

    assert not ItemIndexPage.objects.exists()
    assert not ServiceItemPage.objects.exists()
