"""Why an entry counts as it does, in words."""

import pytest

from credit.pages.findings import why_of
from credit.scoring import Why


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Why.COUNTS, "计分"),
        (Why.LIMITED, "超过该类行为的上限，部分不计"),
        (Why.CORRECTED, "已更正，不计分"),
        (Why.VOID, "更正为不成立，不计分"),
        (Why.OVER, "计分期满，不再计分"),
        (Why.OTHER_CYCLE, "不在本计分周期，不再计分"),
    ],
)
def test_every_reason_has_its_words(why, said):
    assert why_of(why) == said
