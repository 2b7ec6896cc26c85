"""Which addresses are nobody's but the reader's own."""

import pytest

from marketplace.web.private import is_private


@pytest.mark.parametrize(
    ("path", "is_own"),
    [
        ("/", False),
        ("/search/", False),
        ("/agencies/", False),
        ("/agency/bids/", True),
        ("/agencies/ab12/contact/", True),
        ("/tenders/ab12/", False),
        ("/tenders/ab12/bid/", True),
        ("/credit/cases/ab12/", True),
        ("/credit/", False),
    ],
)
def test_a_page_of_those_who_are_signed_in_is_private(path: str, is_own: bool) -> None:
    assert is_private(path) is is_own
