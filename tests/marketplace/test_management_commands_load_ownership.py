import pytest

from marketplace.models import OwnershipTie
from tests.loading import load
from tests.marketplace.test_actions_ownership import FIRST
from tests.marketplace.test_reference_ownership import HEADER

pytestmark = pytest.mark.django_db


def test_a_file_of_a_registry_is_loaded_by_its_name(tmp_path):
    (tmp_path / "ties.csv").write_text(HEADER + FIRST, encoding="gbk")

    assert load("load_ownership", data=tmp_path, file="ties.csv") == [
        "ties: 1 created, 0 updated, 0 unchanged"
    ]
    assert OwnershipTie.objects.get().source == "ties.csv"
