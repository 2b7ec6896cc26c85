"""Whatever waits for a second person says alike who proposed it and who settled it."""

from credit.models import Correction, SchemeProposal
from marketplace.models import RuleProposal
from marketplace.models.second_look import SecondLook


def test_what_waits_for_a_second_person_has_the_same_columns() -> None:
    names = {field.name for field in SecondLook._meta.fields}
    assert names == {"proposed_at", "proposed_by", "settled_at", "settled_by"}

    for model in (RuleProposal, SchemeProposal, Correction):
        optional = [name for name in names if model._meta.get_field(name).null]
        assert sorted(optional) == ["settled_at", "settled_by"]
