"""Editors work in Chinese: what Wagtail has no Chinese for stands in a catalogue of ours."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings

import cms
from tests.catalogues import PART, Entry, Key, entries, made

FOLDER = Path(cms.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
OF_WAGTAIL = [app for app in settings.INSTALLED_APPS if app.startswith("wagtail")]
"""The apps of Wagtail that are in use; what the others say is on no page."""


def folders() -> list[Path]:
    places = [find_spec(app) for app in OF_WAGTAIL]
    found = [Path(place.origin).parent / "locale" for place in places if place and place.origin]
    return [folder for folder in found if folder.exists()]


def asked(domain: str) -> dict[Key, Entry]:
    """Return all that Wagtail can say, in English."""
    files = [folder / "en" / "LC_MESSAGES" / f"{domain}.po" for folder in folders()]
    return {entry.key: entry for file in files if file.exists() for entry in entries(file)}


def chinese(domain: str) -> set[Key]:
    """Return what Wagtail says in Chinese by itself."""
    files = [folder / "zh_Hans" / "LC_MESSAGES" / f"{domain}.mo" for folder in folders()]
    return {key for file in files if file.exists() for key in made(file)}


@pytest.mark.parametrize("domain", DOMAINS)
def test_wagtail_says_nothing_to_an_editor_that_has_no_chinese(domain: str) -> None:
    there = asked(domain)
    ours = {entry.key for entry in entries(FOLDER / f"{domain}.po")}

    assert len(there) > {"django": 1300, "djangojs": 80}[domain]
    assert sorted(map(str, set(there) - chinese(domain) - ours)) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_catalogue_was_made_of_its_source_and_lost_no_part(domain: str) -> None:
    written = [*entries(FOLDER / f"{domain}.po")]

    assert made(FOLDER / f"{domain}.mo") == {entry.key: entry.said for entry in written}
    assert [one for one in written if not set(PART.findall(one.said)) <= one.parts] == []
    assert [
        one for one in written if not one.plural and set(PART.findall(one.said)) != one.parts
    ] == []
