"""The forms of a dispute ask for what its matter is known by."""

import pytest

from bidding.forms.disputes import AboutForm, DisputeForm


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"matter": "selection"}, {"code": ["请填写采购编号。"]}),
        ({"matter": "operator"}, {"name": ["请填写单位名称。"]}),
        ({"matter": "selection", "code": "JX"}, {}),
        ({"matter": "onboarding", "name": "某公司"}, {}),
    ],
)
def test_a_matter_is_named(typed: dict[str, str], errors: dict[str, list[str]]) -> None:
    assert AboutForm(typed).errors == errors


def test_the_form_has_what_the_matter_needs() -> None:
    plain = DisputeForm(limit=1)
    again = DisputeForm(limit=1, has_evidence=True)
    of_day = DisputeForm(limit=1, asks_day=True, others=[])

    assert list(plain.fields) == ["facts", "request", "evidence", "is_true"]
    assert not again.fields["evidence"].required
    assert {"respondent", "occurred_on"} <= set(of_day.fields)
