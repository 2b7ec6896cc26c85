"""Importing a list from a file."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credit.models import Restriction
from tests.credit.test_actions_lists import row, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_a_list_is_imported_and_a_fault_is_told(tmp_path, agency, authority):
    file, out = tmp_path / "list.csv", StringIO()
    file.write_bytes(table(row(agency)))
    options = {"kind": "listed_procurement_breach", "basis": "《测试条例》", "stdout": out}

    call_command("import_credit_list", file, **options)

    assert out.getvalue().startswith("added 1, removed 0, unchanged 0, matched 1")
    file.write_text("x\n")
    with pytest.raises(CommandError):
        call_command("import_credit_list", file, **options)
    file.write_text("x.y.z")
    with pytest.raises(CommandError):
        call_command("import_credit_list", file, key="11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    assert Restriction.objects.count() == 1
