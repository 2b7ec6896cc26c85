"""The forms of papers and avoided agencies."""

from bidding.forms.parts import AvoidForm, PapersForm
from marketplace.models import Organization


def test_a_paper_says_first_what_it_is_for():
    assert list(PapersForm(limit=1, most=1).fields) == ["kind", "file"]
    assert list(AvoidForm(agencies=Organization.objects.none()).fields) == ["agency", "reasons"]
