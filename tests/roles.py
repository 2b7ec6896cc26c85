"""PostgreSQL as the application has it: through a role that owns nothing."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection

from marketplace.kernel import roles


@pytest.fixture
def lesser_role(db: None) -> Iterator[str]:
    """Let the test go on as a role that has what `migrate` grants, and nothing more."""
    role = f"lesser_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role}")
        roles.grant(role)
        cursor.execute(f"SET ROLE {role}")
        yield role
        cursor.execute("RESET ROLE")
