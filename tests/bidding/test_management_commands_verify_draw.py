"""`manage.py verify_draw` reads one file and asks no database."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from marketplace.kernel.canonical import canonical_json
from tests.bidding.vectors import ALL, GOOD, changed

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "postgres://nobody:nothing@127.0.0.1:1/none"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_bytes(canonical_json(GOOD[0]))
    return path


@pytest.fixture
def forgery(tmp_path):
    path = tmp_path / "forgery.json"
    path.write_bytes(canonical_json(changed(GOOD[0], (("winner",), "x"), reseal=True)))
    return path


def _run(*arguments):
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "manage.py", "verify_draw", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": NOWHERE, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_report_is_printed(file):
    out = StringIO()

    call_command("verify_draw", str(file), digest=GOOD[0]["digest"], stdout=out)

    assert out.getvalue().splitlines()[-1].startswith("结论　验证通过：JX360982-2026-00412")


def test_a_forgery_ends_with_1(forgery):
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_draw", str(forgery), stdout=out)

    assert ended.value.code == 1
    assert "不符　由名次和最少报名数重算的结果一致" in out.getvalue()


def test_a_wrong_commitment_ends_with_1(file):
    with pytest.raises(SystemExit) as ended:
        call_command("verify_draw", str(file), commitment="0" * 64, stdout=StringIO())

    assert ended.value.code == 1


def test_an_unreachable_database_does_not_matter(forgery):
    bad = _run(str(forgery))

    assert (bad.returncode, bad.stderr) == (1, "")
    assert bad.stdout.splitlines()[0] == "通过　文件完整，每一项都是规定的写法"
    assert "结论　验证不通过" in bad.stdout


@pytest.mark.parametrize("evidence", ALL)
def test_every_version_is_verified_from_the_file_and_the_published_values(tmp_path, evidence):
    path, out = tmp_path / "evidence.json", StringIO()
    path.write_bytes(canonical_json(evidence))
    published = {"digest": evidence["digest"], "commitment": evidence["commitment"]}

    call_command("verify_draw", str(path), **published, stdout=out)

    assert "结论　验证通过" in out.getvalue()
    assert "不符" not in out.getvalue()
