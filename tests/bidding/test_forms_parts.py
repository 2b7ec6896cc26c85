"""The forms of papers and avoided agencies."""

import pytest

from bidding.forms.parts import AvoidForm, PapersForm
from marketplace.models import Organization
from tests.factories.credit import active_agency


def test_a_paper_says_first_what_it_is_for():
    assert list(PapersForm(limit=1, most=1).fields) == ["kind", "file"]
    assert list(AvoidForm(agencies=Organization.objects.none()).fields) == ["agency", "reasons"]


@pytest.mark.django_db
def test_an_agency_is_named_by_its_code_or_whole_name_and_by_nothing_else() -> None:
    agency = active_agency(name="赣州章江咨询有限公司")

    def named(text: str) -> AvoidForm:
        form = AvoidForm({"agency": text, "reasons": "亲属"}, agencies=Organization.objects.all())
        form.is_valid()
        return form

    for text in (agency.uscc.lower(), f" {agency.name} "):
        assert named(text).cleaned_data["agency"] == agency
    for text in ("章江", "91360702MA0000000X"):
        assert named(text).errors == {
            "agency": ["没有可以承接这项服务的机构是这个代码或者名称，请核对。"]
        }
