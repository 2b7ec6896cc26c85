"""A new version begins as the old one was, and only drafts are edited."""

import pytest

from marketplace.actions.catalogue_drafts import change_item, change_requirement, draft_version
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import ServiceItem
from marketplace.requirements import Nothing
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_new_version_begins_with_the_words_of_the_old_one_and_is_begun_once():
    old = ServiceItemFactory(published=True, code="S01", deliverable="报告", norm="规范")
    person = UserFactory()

    draft = draft_version(item=old, by=person, at=NOON)
    again = draft_version(item=old, by=person, at=NOON)

    assert (draft.version, draft.status, draft.deliverable, draft.norm) == (
        *(2, "draft", "报告", "规范"),
    )
    assert draft.published_at is None
    assert (again, ServiceItem.objects.count()) == (draft, 2)


def test_a_draft_is_changed_and_the_trail_names_the_fields():
    draft = ServiceItemFactory(deliverable="报告")

    change_item(item=draft, values={"deliverable": "书", "norm": ""}, by=UserFactory(), at=NOON)
    change_requirement(item=draft, requirement=Nothing(), by=UserFactory(), at=NOON)

    draft.refresh_from_db()
    assert (draft.deliverable, draft.requirement["kind"]) == ("书", "nothing")
    said = [
        one.data["fields"] for one in AuditEntry.objects.filter(verb="item.changed").order_by("pk")
    ]
    assert said == [["deliverable"], ["requirement"]]


def test_what_was_public_is_never_edited():
    item = ServiceItemFactory(published=True, deliverable="报告")

    with pytest.raises(Refused) as refused:
        change_item(item=item, values={"deliverable": "书"}, by=UserFactory(), at=NOON)

    assert [one.guard for one in refused.value.verdicts] == ["item_is_draft"]
    item.refresh_from_db()
    assert item.deliverable == "报告"
