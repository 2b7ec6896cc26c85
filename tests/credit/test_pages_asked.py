"""What the pages that ask before an act say."""

from credit.models import Case
from credit.pages import asked
from tests.clock import NOON


def test_a_notice_names_the_hearing_only_where_there_is_one():
    texts = [
        " ".join(map(str, asked.notice(Case(restriction_kind=kind), ()).effects))
        for kind in ("freeze", "warning")
    ]

    assert ["要求听证" in text for text in texts] == [True, False]
    assert all("现在不产生任何限制" in text for text in texts)


def test_a_decision_lists_what_its_signature_stops():
    case = Case(restriction_kind="freeze", severity="serious", months=12)

    page = asked.decision(case, (), NOON)

    effects = " ".join(map(str, page.effects))
    assert "停止接受该机构报名" in effects
    assert "申请复核一次" in effects
    assert (page.button, page.button_class, page.failed) == ("签署“暂停报名”决定", "btn-danger", ())
