"""
Bring the database up to date before the server starts; run by run.py in .venv, in one process.

Migrates what is not migrated yet; loads the reference data and, with DEMO, the demo province into
a database without users; writes the list of the demo accounts to the file that is its argument.
"""

import io
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

CHECKOUT = Path(__file__).resolve().parents[1]


def say(text: str) -> None:
    print(text, flush=True)


def migrate() -> bool:
    """Apply what is missing; True when something was."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Preparing the database ...")
    call_command("migrate", verbosity=0, interactive=False)
    return True


def forget_half_a_demo(unfinished: Path) -> None:
    """Throw away the database when an earlier start was stopped in the middle of its demo."""
    if not unfinished.exists():
        return
    if connection.vendor != "sqlite":
        sys.exit("The last start was stopped while it filled the demo: please empty the database.")
    say("The last start was stopped while it filled the demo; beginning anew.")
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    unfinished.unlink()


def load_reference() -> None:
    """Load it quietly: what its items still lack is for the operators, not for a first start."""
    say("Loading the reference data ...")
    call_command("load_reference", stdout=io.StringIO())


def fill(unfinished: Path) -> None:
    """Load what an empty database needs."""
    load_reference()
    if settings.DEMO:
        say("Filling the demo province ...")
        unfinished.touch()
        call_command("demo")
        unfinished.unlink()


def main(accounts: Path) -> None:
    unfinished = settings.DATA_DIR / "demo-unfinished"
    forget_half_a_demo(unfinished)
    migrated = migrate()
    if not get_user_model().objects.exists():
        fill(unfinished)
    elif migrated:
        load_reference()
    with accounts.open("w", encoding="utf-8") as output:
        if settings.DEMO:
            call_command("demo_accounts", stdout=output)


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    django.setup()
    main(Path(sys.argv[1]))
