"""What the forms of the acts take."""

from datetime import datetime
from decimal import Decimal

import pytest

from credit.forms.acts import CorrectionForm, HearingForm, RepairDecisionForm
from credit.models import Entry
from marketplace.kernel.calendar import CHINA


@pytest.mark.parametrize(
    ("points", "taken"), [("-2.5", Decimal("-2.5")), ("0", Decimal(0)), ("-2.3", None)]
)
def test_a_correction_takes_halves(points, taken):
    form = CorrectionForm({"points": points, "note": "x"}, entry=Entry())

    assert form.is_valid() == (taken is not None)
    assert form.cleaned_data.get("points") == taken


def test_a_hearing_takes_place_by_the_clock_of_china():
    form = HearingForm({"takes_place_at": "2026-12-02T09:30", "place": " 三楼 "})

    assert form.is_valid()
    assert form.cleaned_data["takes_place_at"] == datetime(2026, 12, 2, 9, 30, tzinfo=CHINA)


@pytest.mark.parametrize(("answer", "is_granted"), [("yes", True), ("no", False)])
def test_a_repair_is_granted_or_not(answer, is_granted):
    form = RepairDecisionForm({"is_granted": answer, "reasons": "x"})

    assert form.is_valid()
    assert form.cleaned_data["is_granted"] is is_granted
