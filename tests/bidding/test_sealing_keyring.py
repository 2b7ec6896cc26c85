"""Keys of holders lie in files that nobody else reads, outlive their rotation, and are missed."""

import stat

import pytest

from bidding.sealing.keyring import FileKeyring, KeyMissing


@pytest.fixture
def ring(settings, tmp_path) -> FileKeyring:
    settings.SEAL_KEYS_DIR = tmp_path / "keys"
    return FileKeyring()


def test_a_share_is_unwrapped_by_its_holder_under_its_words_alone(ring):
    wrapped, key = ring.wrap("operator", b"share", b"1"), ring.current("operator")

    assert ring.unwrap("operator", key, wrapped, b"1") == b"share"
    assert b"share" not in wrapped
    for holder, name, words in (("operator", key, b"2"), ("regulator", key, b"1")):
        with pytest.raises(KeyMissing):
            ring.unwrap(holder, name, wrapped, words)


def test_the_files_are_closed_to_everybody_else(ring):
    ring.current("operator")
    ring.rotate("operator")

    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    assert [(one.name, stat.S_IMODE(one.stat().st_mode)) for one in ring.folder.iterdir()] == [
        ("operator", 0o600)
    ]


def test_an_older_key_unwraps_until_it_is_forgotten(ring):
    old = ring.current("operator")
    wrapped = ring.wrap("operator", b"share", b"")

    new = ring.rotate("operator")

    assert (ring.current("operator"), new == old) == (new, False)
    assert ring.unwrap("operator", old, wrapped, b"") == b"share"
    ring.forget("operator", [old, new])
    assert (ring.has("operator", old), ring.has("operator", new)) == (False, True)
    with pytest.raises(KeyMissing):
        ring.unwrap("operator", old, wrapped, b"")


def test_of_two_that_make_the_first_key_at_once_the_first_wins(ring):
    first = ring.current("operator")

    ring._made("operator")

    assert ring.current("operator") == first
    assert len(list(ring.folder.iterdir())) == 1
