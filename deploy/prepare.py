"""
Bring the database up to date before the server starts; run by run.py in .venv, in one process.

Migrates what is not migrated yet; fills an empty database with the demo province (DEMO=1) or the
reference data alone; builds the search index, by which the demo is searched; writes the list of
the demo accounts to the file that is its argument.
"""

import contextlib
import io
import sys
from pathlib import Path
from typing import cast

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from marketplace.kernel import snapshot

OTHER_VERSION = """\
The database {NAME} was made by a version whose steps this one does not know; nothing was changed.
Start with an empty one: set it aside, or run `make clean` if it holds only the demo.\
"""


def say(text: str) -> None:
    print(text, flush=True)


def migrate() -> bool:
    """Apply what is missing; True when something was. Another version's database is left alone."""
    is_laid = snapshot.lay(connection)
    executor = MigrationExecutor(connection)
    try:
        executor.loader.check_consistent_history(connection)
    except InconsistentMigrationHistory:
        sys.exit(OTHER_VERSION.format(**connection.settings_dict))
    if not is_laid and not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Preparing the database ...")
    call_command("migrate", verbosity=0, interactive=False)
    return True


def this_database() -> str:
    """Return where the data is, without the password."""
    where = connection.settings_dict
    return f"{connection.vendor} {where['HOST']}:{where['PORT']} {where['NAME']}"


def forget_half_a_demo(unfinished: Path) -> None:
    """Throw away the database that an earlier start was filling with its demo, and no other."""
    if not unfinished.exists():
        return
    if unfinished.read_text(encoding="utf-8") != this_database():
        say(f"A demo was begun in another database and not finished; see {unfinished}.")
        return
    if connection.vendor != "sqlite":
        sys.exit("The last start was stopped while it filled the demo: please empty the database.")
    say("The last start was stopped while it filled the demo; beginning anew.")
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    unfinished.unlink()


def quietly(*command: str) -> None:
    """Run a command without its report, which is for the operators and not for a first start."""
    call_command(*command, stdout=io.StringIO())


def indexed_together() -> contextlib.AbstractContextManager[None]:
    """Leave what a load has to index to the end of the block, where all is indexed at once."""
    now = import_string("marketplace.kernel.clock.now")  # loads models, as does what is given it
    putting_off = import_string("marketplace.kernel.effects.putting_off")
    return cast("contextlib.AbstractContextManager[None]", putting_off(now))


def load_reference(*, is_first: bool) -> None:
    """Load what the platform stands on; the first load is indexed as a whole at its end."""
    say("Loading the reference data ...")
    with indexed_together() if is_first else contextlib.nullcontext():
        quietly("load_reference")
        quietly("load_credit_scheme")
        quietly("load_pages")
        quietly("load_content")


def lacks_rules() -> bool:
    """Tell whether this version has rules that an older one's database has no value of."""
    parse = import_string("marketplace.reference.parse_parameters")
    text = (settings.BASE_DIR / "marketplace" / "data" / "parameters.csv").read_text("utf-8")
    stored = apps.get_model("marketplace.Parameter").objects.values_list("key", flat=True)
    return not {one.key for one in parse(text)}.issubset(stored)


def fill_with_demo(unfinished: Path) -> None:
    """Let the demo load the reference data too: as of its own first day."""
    say("Filling the demo province ...")
    unfinished.write_text(this_database(), encoding="utf-8")
    call_command("demo")
    unfinished.unlink()


def build_missing_indexes() -> None:
    """Build what is missing; a start does not fail for an index, the night builds it again."""
    rebuild_all = import_string("search.indexing.rebuild_all")  # loads models
    for outcome in rebuild_all(if_missing=True):
        if outcome.error:
            say(f"Search has to do without {outcome.index} for now: {outcome.error}")


def main(accounts: Path) -> None:
    unfinished = settings.DATA_DIR / "demo-unfinished"
    forget_half_a_demo(unfinished)
    migrated = migrate()
    is_new = False
    if settings.DEMO and not get_user_model().objects.exists():
        fill_with_demo(unfinished)
        is_new = True
    else:
        is_first = not apps.get_model("marketplace.Division").objects.exists()
        if is_first or migrated or lacks_rules():
            load_reference(is_first=is_first)
    build_missing_indexes()
    if is_new:
        quietly("demo_searches")
    with accounts.open("w", encoding="utf-8") as output:
        if settings.DEMO:
            call_command("demo_accounts", stdout=output)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
