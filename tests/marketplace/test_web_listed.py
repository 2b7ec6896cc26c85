"""Rows that say how many they are."""

from marketplace.web.listed import Listed


def test_rows_keep_their_order_and_say_how_many_they_are() -> None:
    rows = Listed(name for name in ("甲", "乙"))

    assert ([*rows], rows.total, bool(rows)) == (["甲", "乙"], 2, True)
    assert (Listed().total, bool(Listed())) == (0, False)
