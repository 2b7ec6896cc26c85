from pathlib import Path

from marketplace.handlers import write_sms


def test_each_text_message_gets_a_file_that_only_the_owner_reads(settings, tmp_path: Path) -> None:
    settings.SMS_FILE_PATH = str(tmp_path / "sms")

    write_sms("13807971234", "验证码 1")
    write_sms("13807971234", "验证码 2")

    files = sorted((tmp_path / "sms").iterdir())
    assert sorted(path.read_text(encoding="utf-8") for path in files) == ["验证码 1", "验证码 2"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert all(path.name.startswith("13807971234-") for path in files)
