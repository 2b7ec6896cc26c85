"""Whether something moved the version of what is public."""

from collections.abc import Callable

from django.db import connection

from marketplace.kernel.known import VERSION


def moves(act: Callable[[], object]) -> bool:
    """Tell whether `act` is one more public change, also inside a test's transaction."""
    before = _figures()
    act()
    return _figures() != before


def _figures() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # what was marked earlier in this transaction hides nothing that follows
            cursor.execute("SELECT set_config('marketplace.public_changed', '', true)")
        cursor.execute(VERSION)
        return tuple(cursor.fetchone())
