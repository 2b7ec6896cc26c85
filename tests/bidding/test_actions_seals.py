"""A seal that is not what was published is told to the operators, and to nobody else."""

import pytest

from bidding.actions.seals import note_altered_seal
from bidding.models import Tender
from marketplace.kernel.verdicts import Verdict


@pytest.mark.parametrize(("holds", "words"), [(True, 0), (False, 1)])
def test_only_an_altered_seal_is_logged_with_the_code_of_its_order(
    caplog: pytest.LogCaptureFixture, holds: bool, words: int
) -> None:
    tender = Tender(code="JX360702-2026-D00001", title="保密的名称")

    note_altered_seal(tender, Verdict("seal_is_as_published", holds, "封存值不符", ""))

    assert caplog.text.count("seal_altered") == words
    assert caplog.text.count(tender.code) == words
    assert "保密的名称" not in caplog.text
