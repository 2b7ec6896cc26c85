"""One trigger, word for word, whatever the blanks in which a database tells it."""

import pytest

from marketplace.kernel.trigger_text import Trigger, squeezed

ON_SQLITE = Trigger("one", "table", "CREATE TRIGGER one\nBEFORE UPDATE")
ON_POSTGRESQL = Trigger("one", "table", "CREATE TRIGGER one", "refuse", "BEGIN RAISE; END")


def test_blanks_of_any_kind_and_number_are_one() -> None:
    assert squeezed("\n a  b\tc\n") == "a b c"


@pytest.mark.parametrize(
    ("trigger", "definition", "body", "is_it"),
    [
        (ON_SQLITE, " CREATE  TRIGGER one BEFORE\nUPDATE ", "", True),
        (ON_SQLITE, "CREATE TRIGGER one BEFORE UPDATE WHEN 0", "", False),
        (ON_POSTGRESQL, "CREATE TRIGGER one", "\nBEGIN  RAISE; END\n", True),
        (ON_POSTGRESQL, "CREATE TRIGGER one", "BEGIN RETURN NULL; END", False),
    ],
)
def test_a_trigger_is_the_same_when_its_words_and_those_of_its_function_are(
    trigger: Trigger, definition: str, body: str, *, is_it: bool
) -> None:
    assert trigger.is_told_as(definition, body) is is_it


def test_the_function_is_there_before_the_trigger_that_runs_it() -> None:
    assert [*ON_SQLITE.statements()] == [ON_SQLITE.definition]
    assert [*ON_POSTGRESQL.statements()] == [
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger "
        "LANGUAGE plpgsql AS $$BEGIN RAISE; END$$",
        "CREATE TRIGGER one",
    ]
