"""What must not go public by mistake is found, and what may is not."""

import pytest
from django.core.exceptions import ValidationError

from cms.actions.writing import write_notice
from cms.models import NoticePage
from cms.sensitive import FileCheck, sensitive_in
from marketplace.models import User
from tests.clock import NOON


class Strict:
    """A province's own check."""

    def findings(self, text: str) -> list[str]:
        return [text[:2]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("证件 36010219900101123X。", ["身份证号码"]),
        ("联系 13800000000", ["个人手机号码"]),
        ("账号 6222000000000000000", ["银行卡号"]),
        ("机密★一年", ["密级标志"]),
        (
            "座机 0791-88888888，信用代码 91360000MA35XXXX1X",
            [],
        ),
        ("国家秘密的项目不在平台采购。", []),
    ],
)
def test_kinds_of_things_are_found_by_their_look(text: str, found: list[str]) -> None:
    assert FileCheck().findings(text) == found


def test_the_settings_name_who_checks(settings: object) -> None:
    settings.CONTENT_CHECK = "tests.cms.test_sensitive.Strict"  # type: ignore[attr-defined]

    assert sensitive_in("甲乙丙") == ["甲乙"]


@pytest.mark.django_db
def test_a_page_with_such_a_thing_is_refused(editor: User) -> None:
    values = {"slug": "n", "title": "通知"}
    with pytest.raises(ValidationError, match="个人手机号码"):
        write_notice(values=values, text="<p>联系 13800000000</p>", by=editor, at=NOON)

    assert not NoticePage.objects.exists()
