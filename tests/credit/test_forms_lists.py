"""What is asked of a file of a list."""

from credit.forms.lists import ListForm
from credit.models import ListKind
from tests.uploads import upload


def test_a_list_needs_its_kind_basis_and_file():
    data = {"kind": ListKind.TAX, "basis": "《测试条例》"}

    assert ListForm(data, {"table": upload(b"x", "list.csv")}).is_valid()
    assert set(ListForm({}).errors) == {"kind", "basis", "table"}
    assert "kind" in ListForm({**data, "kind": ListKind.PEER}).errors
