"""Nobody publishes alone, and what was public is neither deleted nor moved."""

import pytest

from cms.actions.writing import write_notice
from cms.models import NoticeIndexPage, plain_text
from marketplace.models import User
from tests.clock import NOON
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db
WORDS = {"source": "省数据局", "summary": "一句话。", "body": "<p>正文<b>要点</b>。</p>"}


def test_rights_on_a_page_that_was_public_and_on_a_draft(editor: User, reviewer: User) -> None:
    live = publish_notice(slug="live", title="通知", by=editor, at=NOON, **WORDS)
    draft = write_notice(values={"slug": "d", "title": "草稿"}, text="", by=editor, at=NOON)
    names = [
        "publish",
        "unpublish",
        "delete",
        "move",
        "edit",
        "unschedule",
        "set_view_restrictions",
    ]

    def may(page: object, user: User) -> set[str]:
        rights = page.permissions_for_user(user)  # type: ignore[attr-defined]
        return {name for name in names if getattr(rights, f"can_{name}")()}

    assert may(live, editor) == {"edit"}
    assert may(live, reviewer) == {"edit", "unpublish", "unschedule"}
    assert may(draft, editor) == {"edit", "delete", "move"}
    assert not NoticeIndexPage.objects.get().permissions_for_user(reviewer).can_publish_subpage()


def test_the_text_of_a_page_has_no_markup(editor: User) -> None:
    notice = publish_notice(slug="live", title="通知", by=editor, at=NOON, **WORDS)

    assert notice.text() == plain_text(notice.body) == "正文要点。"
