"""The steps of the wizard lead where they may, and nowhere before there is a draft."""

from bidding.models import Tender
from bidding.pages.wizard import wizard_steps
from marketplace.web.components import FUTURE, NOW, PAST


def test_before_the_item_is_chosen_no_step_leads_anywhere() -> None:
    steps = wizard_steps("item")

    assert [step.state for step in steps] == [NOW, FUTURE, FUTURE, FUTURE, FUTURE]
    assert [step.url for step in steps] == [""] * 5


def test_each_step_of_a_draft_leads_to_the_others() -> None:
    steps = wizard_steps("method", Tender(slug="abc"))

    assert [step.state for step in steps] == [PAST, PAST, NOW, FUTURE, FUTURE]
    assert [step.url for step in steps] == [
        "/buyer/tenders/abc/edit/item/",
        "/buyer/tenders/abc/edit/need/",
        "",
        "/buyer/tenders/abc/edit/check/",
        "/buyer/tenders/abc/submit/",
    ]
