"""Help for a form is listed under who fills the form in."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import FormHelpPage, SectionPage

pytestmark = pytest.mark.django_db


def test_help_is_listed_under_who_fills_in_its_form(pages: str) -> None:
    section = SectionPage.objects.get(slug="help")
    told = {"bid": "bidding:bid", "order": "bidding:tender_edit", "case": "credit:case_new"}
    told |= {"none": None}
    made = [
        section.add_child(instance=FormHelpPage(title=slug, slug=slug, form=form))
        for slug, form in told.items()
    ]

    assert [str(page.listed().group) for page in made] == [
        "中介服务机构",
        "项目业主",
        "工作人员",
        "",
    ]
    assert [page.is_for_staff for page in made] == [False, False, True, False]


def test_a_form_has_one_help(pages: str) -> None:
    section = SectionPage.objects.get(slug="help")
    section.add_child(instance=FormHelpPage(title="一", slug="one", form="bidding:bid"))
    second = FormHelpPage(title="二", slug="two", form="bidding:bid")

    with pytest.raises(ValidationError) as refused:
        section.add_child(instance=second)

    assert "form" in refused.value.message_dict
    assert FormHelpPage.objects.count() == 1
