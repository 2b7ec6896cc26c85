"""The command that tells whoever runs the platform which work after a commit keeps failing."""

from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.kernel.models import Effect
from tests.clock import NOON

pytestmark = pytest.mark.django_db
REST_ENDS = NOON.replace(year=2030)


@pytest.fixture
def _failing() -> None:
    """Store one effect that failed often, one that failed once, and one that is done at last."""
    for number, (failures, done_at) in enumerate([(3, None), (1, None), (9, NOON)], start=1):
        Effect.objects.create(
            pk=number,
            kind="email",
            key=f"email:{number}",
            due_at=NOON,
            done_at=done_at,
            attempt_count=failures,
            next_attempt_at=REST_ENDS,
            last_error="TimeoutError()",
        )


FIRST = "1 email due 2026-11-24T04:00:00+00:00, 3 failures: TimeoutError()\n"
SECOND = "2 email due 2026-11-24T04:00:00+00:00, 1 failures: TimeoutError()\n"


@pytest.mark.usefixtures("_failing")
@pytest.mark.parametrize(("options", "said"), [({}, FIRST), ({"failed": 1}, FIRST + SECOND)])
def test_what_failed_often_is_listed_and_the_exit_code_tells(options, said: str) -> None:
    output = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("effects", stdout=output, **options)

    assert ended.value.code == 1
    assert output.getvalue() == said
    assert Effect.objects.filter(next_attempt_at=REST_ENDS).count() == 3


@pytest.mark.usefixtures("_failing")
def test_nothing_is_said_where_nothing_failed_so_often() -> None:
    output = StringIO()

    call_command("effects", failed=4, stdout=output)

    assert output.getvalue() == ""


@pytest.mark.usefixtures("_failing")
def test_on_demand_what_is_listed_rests_no_more() -> None:
    output = StringIO()

    call_command("effects", retry=True, stdout=output)

    assert output.getvalue() == FIRST
    rests = dict(Effect.objects.values_list("pk", "next_attempt_at"))
    assert rests == {1: None, 2: REST_ENDS, 3: REST_ENDS}
