"""A version comes as a file of a few kilobytes, with a reason."""

from django.core.files.uploadedfile import SimpleUploadedFile

from credit.forms.schemes import MOST_BYTES, SchemeForm


def errors(size: int, reason: str = "收费规则修订。") -> list[str]:
    file = SimpleUploadedFile("a.json", b" " * size)
    return [*SchemeForm({"reason": reason}, {"file": file}).errors]


def test_a_file_and_a_reason_are_asked_for() -> None:
    assert errors(MOST_BYTES) == []
    assert errors(MOST_BYTES + 1) == ["file"]
    assert errors(10, " ") == ["reason"]
    assert [*SchemeForm({}, {}).errors] == ["file", "reason"]
