"""The kinds of deadline in an admission."""

from marketplace.actions.admissions.deadlines import CHECK, PUBLICITY
from marketplace.kernel.models import Deadline
from marketplace.kernel.models.deadlines import KNOWN
from marketplace.models import Agency
from marketplace.models.deadlines import AdmissionDeadline
from tests.clock import NOON


def test_each_kind_is_counted_and_read_off_the_agency() -> None:
    assert [CHECK.name, PUBLICITY.name] == AdmissionDeadline.values
    assert AdmissionDeadline.values == ["agency.check", "agency.publicity"]
    agency = Agency()
    vars(agency)[KNOWN] = [
        Deadline(kind=AdmissionDeadline.CHECK, ends_at=NOON, is_provisional=True)
    ]

    assert (agency.check_due_at, agency.publicity_ends_at) == (NOON, None)
    assert agency.is_due_provisional


def test_each_kind_has_words_of_its_own() -> None:
    assert [str(kind.label) for kind in AdmissionDeadline] == ["形式审核期限", "公示截止"]
