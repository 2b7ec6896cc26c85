"""The rule values in the database are those of the file, and a stored one is never rewritten."""

from datetime import date

import pytest
from django.core.management import CommandError

from marketplace.actions.parameters import RulesRefused
from marketplace.kernel.models import Parameter, RulebookVersion
from marketplace.kernel.rules import rules_in_force
from marketplace.models import Division
from marketplace.reference import parse_parameters
from tests.clock import NOON
from tests.loading import load, rewrite, stored
from tests.reference_files import text

pytestmark = pytest.mark.django_db
SHIPPED = parse_parameters(text("parameters.csv"))
KEYS, ROWS = len({row.key for row in SHIPPED}), len(SHIPPED)


def test_parameters_need_their_division():
    with pytest.raises(CommandError):
        load("load_parameters")

    assert not Parameter.objects.exists()


def test_one_row_of_each_key_is_in_force_on_any_day():
    load("load_divisions")
    load("load_parameters")

    assert Parameter.objects.in_force(NOON.date()).count() == KEYS
    assert len(rules_in_force(Division.objects.get(code="360702"), NOON.date())) == KEYS


def test_a_new_value_is_a_new_row_and_ends_the_one_before_it_without_editing_it(data):
    load("load_divisions")
    load("load_parameters")
    old = Parameter.objects.filter(key="order.signup_min").values().get()
    with (data / "parameters.csv").open("a", encoding="utf-8") as file:
        file.write("order.signup_min,5,working_day,平台默认,,2027-01-01,360000\n")

    lines = load("load_parameters", data=data)

    assert lines == [f"parameters: 1 created, 0 updated, {ROWS} unchanged"]
    before, after = Parameter.objects.filter(key="order.signup_min").order_by("in_force_from")
    ended = {"in_force_until": date(2027, 1, 1)}
    assert Parameter.objects.filter(pk=before.pk).values().get() == old | ended
    assert (after.value, after.in_force_from, after.in_force_until) == (5, date(2027, 1, 1), None)
    assert load("load_parameters", data=data) == [
        f"parameters: 0 created, 0 updated, {ROWS + 1} unchanged"
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("value", "5"), ("unit", "calendar_day"), ("legal_basis", "平台默认（参考：湖南省规定）")],
)
def test_a_stored_value_is_never_rewritten(data, column, value):
    load("load_divisions")
    load("load_parameters")
    before = stored()
    rewrite(data / "parameters.csv", "order.signup_min", column, value)
    rewrite(data / "parameters.csv", "onboarding.publicity", "source_note", "新的说明")

    with pytest.raises(CommandError) as caught:
        load("load_parameters", data=data)

    assert isinstance(caught.value.__cause__, RulesRefused)
    [finding] = caught.value.__cause__.findings
    assert (finding.column, finding.verdict.guard) == (column, "stored_value_is_kept")
    assert stored() == before
    assert not RulebookVersion.objects.exists()


def test_the_words_about_a_value_may_be_improved(data):
    load("load_divisions")
    load("load_parameters")
    rewrite(data / "parameters.csv", "order.signup_min", "source_note", "新的说明")

    lines = load("load_parameters", data=data)

    assert lines == [f"parameters: 0 created, 1 updated, {ROWS - 1} unchanged"]
    assert Parameter.objects.get(key="order.signup_min").source_note == "新的说明"
