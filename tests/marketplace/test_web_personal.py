"""Personal data is hidden, and what only looks like it is not."""

import pytest

from marketplace.web.personal import without_personal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话 13812345678。", "电话 138****。"),
        ("电话 138 1234 5678。", "电话 138****。"),
        ("座机0797-8123456转8012", "座机079****转8012"),
        ("身份证 360702199001010025", "身份证 360****"),
        ("账号6222021234567890123。", "账号622****。"),
        ("写信给 a.b@example.com。", "写信给 a.b****。"),
        ("采购 JX360702-2026-00012，金额 348000 元", "采购 JX360702-2026-00012，金额 348000 元"),
        ("代码 91360702MA35HXYZ12", "代码 91360702MA35HXYZ12"),
    ],
)
def test_what_is_personal_is_hidden(text: str, shown: str) -> None:
    assert without_personal(text) == shown
