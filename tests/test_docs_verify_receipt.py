"""A receipt is checked offline by a program that shares no code with the platform."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bidding.sealing.receipts import Receipt, signing_key
from docs import verify_receipt
from tests.clock import NOON

KEY = signing_key("A" * 43)
PUBLIC = KEY.public_key().public_bytes_raw().hex()
RECEIPT = Receipt(
    tender_code="JX360702-2026-00001",
    agency="abcdefgh2345",
    uscc="91360700MA35HDKF7J",
    version=2,
    sealed="ab" * 32,
    arrived_at=NOON,
).signed(KEY)
ENTRANT = {"agency": "abcdefgh2345", "sealed": "ab" * 32, "offered_at": RECEIPT["arrived_at"]}
EVIDENCE = {"terms": {"tender_code": RECEIPT["tender_code"]}, "entrants": [ENTRANT]}


def run(folder: Path, receipt: object, evidence: object = None, *more: str) -> int:
    folder.joinpath("receipt.json").write_text(json.dumps(receipt), encoding="utf-8")
    given = [str(folder / "receipt.json"), *more]
    if evidence is not None:
        folder.joinpath("evidence.json").write_text(json.dumps(evidence), encoding="utf-8")
        given += ["--evidence", str(folder / "evidence.json")]
    return verify_receipt.main(given)


def test_a_receipt_holds_alone_and_against_what_was_published(tmp_path: Path) -> None:
    assert run(tmp_path, RECEIPT) == 0
    assert run(tmp_path, RECEIPT, EVIDENCE, "--key", PUBLIC.upper()) == 0


@pytest.mark.parametrize("field", sorted(set(RECEIPT) - {"format"}))
def test_any_changed_field_is_found(tmp_path: Path, field: str) -> None:
    old = RECEIPT[field]
    changed = old + 1 if isinstance(old, int) else old[:-1] + ("0" if old[-1] != "0" else "1")

    assert run(tmp_path, {**RECEIPT, field: changed}) == 1


@pytest.mark.parametrize(
    ("evidence", "key", "told"),
    [
        ({**EVIDENCE, "terms": {"tender_code": "x"}}, PUBLIC, "evidence: of another order\n"),
        ({**EVIDENCE, "entrants": []}, PUBLIC, "evidence: the agency is not in it\n"),
        (
            {**EVIDENCE, "entrants": [{**ENTRANT, "sealed": "cd" * 32}]},
            PUBLIC,
            f"evidence: sealed is {'cd' * 32}, not {'ab' * 32}\n"
            "(a later version of the bid replaces an earlier one)\n",
        ),
        (EVIDENCE, "00" * 32, "public_key: not the platform's\n"),
    ],
)
def test_what_does_not_fit_is_said(
    tmp_path: Path, capsys: Any, evidence: object, key: str, told: str
) -> None:
    assert run(tmp_path, RECEIPT, evidence, "--key", key) == 1
    assert capsys.readouterr().out == told


@pytest.mark.parametrize("bad", [[], {}, {**RECEIPT, "format": "x"}, {**RECEIPT, "sealed": "x"}])
def test_what_is_no_receipt_is_bad_input(tmp_path: Path, bad: object) -> None:
    assert run(tmp_path, bad) == 2
    assert verify_receipt.main([str(tmp_path / "none.json")]) == 2
    assert run(tmp_path, RECEIPT, []) == 2


def test_it_runs_alone(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(RECEIPT), encoding="utf-8")
    program = verify_receipt.__file__

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", program, str(path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "holds: JX360702-2026-00001: version 2\n")


def test_the_signature_is_that_of_rfc_8032_and_no_other() -> None:
    # section 7.1, TEST 2 and TEST 3
    vectors = [
        ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72"),
        ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82"),
    ]
    for seed, message in vectors:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
        public, content = key.public_key().public_bytes_raw(), bytes.fromhex(message)
        signature = key.sign(content)
        assert verify_receipt.is_signed(content, signature, public)
        assert not verify_receipt.is_signed(content + b"x", signature, public)
        high = int.from_bytes(signature[32:], "little") + verify_receipt.ORDER
        forged = signature[:32] + high.to_bytes(32, "little")
        assert not verify_receipt.is_signed(content, forged, public)
    assert not verify_receipt.is_signed(b"", b"", b"")
    assert not verify_receipt.is_signed(b"", bytes(64), b"\xff" * 32)
