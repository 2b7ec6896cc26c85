"""Each refusal of a list and of an edit says why."""

import pytest

from marketplace.guards.catalogue import grounds_on
from marketplace.guards.catalogue_lists import may_change_item, verdicts_on
from marketplace.models import CatalogueList, ListChange
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db
Kind = ListChange.Kind


def refusals(verdicts):
    return [one.refusal for one in verdicts if not one.holds]


def test_an_item_ends_only_from_a_state_that_holds_with_a_reason_and_a_published_replacement():
    change = ListChange(item=ServiceItemFactory(code="S01"), kind=Kind.ABOLISH, replaced_by="S99")
    grounds = grounds_on(NOON.date())

    assert refusals(verdicts_on(change, grounds)) == [
        "只有已经公布或者暂停的事项可以取消",
        "请写明理由，事项页要告诉公众",
        "替代事项S99没有公布",
    ]
    change.kind = Kind.SUSPEND
    assert refusals(verdicts_on(change, grounds)) == [
        "只有已经公布的事项可以暂停",
        "请写明理由，事项页要告诉公众",
    ]


def test_a_draft_in_a_waiting_list_and_what_is_public_are_not_edited():
    public, draft = ServiceItemFactory(published=True), ServiceItemFactory(name="甲")
    waiting = CatalogueList.objects.create(
        number="赣办〔2026〕1号", dated_on=NOON.date(), proposed_at=NOON
    )
    waiting.changes.create(item=draft, kind=Kind.PUBLISH)

    assert refusals(may_change_item(public)) == ["只有草稿可以修改；已经公布的事项请起草新的版本"]
    assert refusals(may_change_item(draft)) == [
        "草稿“甲”列在等待确认的清单赣办〔2026〕1号里，先确认或者撤回清单"
    ]
