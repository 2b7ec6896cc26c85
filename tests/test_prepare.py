"""The start of `make run`: which database it may throw away, and what an older one lacks."""

from pathlib import Path

import pytest

from deploy import prepare
from marketplace.kernel.models import Parameter
from tests.factories.marketplace import load_rules

pytestmark = pytest.mark.django_db


def test_a_demo_that_was_begun_elsewhere_costs_no_other_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "real.sqlite3"
    other.write_bytes(b"everything")
    marker = tmp_path / "demo-unfinished"
    marker.write_text(prepare.this_database(), encoding="utf-8")
    monkeypatch.setitem(prepare.connection.settings_dict, "NAME", str(other))

    prepare.forget_half_a_demo(marker)

    assert other.read_bytes() == b"everything"
    assert marker.exists()
    assert "not finished" in capsys.readouterr().out


def test_a_database_of_before_a_rule_is_loaded_again() -> None:
    load_rules()
    assert not prepare.lacks_rules()

    Parameter.objects.filter(key="order.counted_as.works").delete()

    assert prepare.lacks_rules()
