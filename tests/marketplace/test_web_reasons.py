"""What a page says of rules that hold, and of those that do not."""

from marketplace.kernel.laws import PLATFORM_DEFAULT
from marketplace.kernel.verdicts import Verdict
from marketplace.web.reasons import Verdicts, why_not

FINE = Verdict("is_open", True, "采购不在报名状态", PLATFORM_DEFAULT)
LATE = Verdict("is_in_time", False, "报名已经截止", PLATFORM_DEFAULT)


def test_what_fails_is_listed_and_what_holds_in_silence_is_counted() -> None:
    found = Verdicts.of([FINE, LATE, FINE])

    assert (found.failed, found.stated, found.silent, found.says_more) == ([LATE], [], 2, True)
    assert not Verdicts.of([FINE]).says_more


def test_why_not_stands_under_a_name_of_its_own_and_only_where_something_fails() -> None:
    names = [why_not([LATE], "报名", url) for url in ("/a/", "/b/", "/a/")]

    assert [why.failed for why in names if why] == [[LATE]] * 3
    assert names[0] == names[2] != names[1]
    assert why_not([FINE], "报名", "/a/") is None
