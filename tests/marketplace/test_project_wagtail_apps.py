"""Wagtail's applications come up, and what they would answer programs with is not loaded."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

from marketplace.project.wagtail_apps import without_interface

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import sys
import django
django.setup()
from django.apps import apps
from wagtail.permissions import policy_registry
names = ("wagtaildocs.Document", "wagtailimages.Image", "wagtailredirects.Redirect")
known = policy_registry.values_by_class
print("ninja" in sys.modules, [apps.get_model(name) in known for name in names])
"""


def test_no_process_loads_an_interface_that_has_no_address(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev"}
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **settings},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "False [True, True, True]"


@pytest.mark.parametrize("name", ["documents", "images", "contrib.redirects"])
def test_each_application_is_what_it_was_but_for_that(name: str) -> None:
    [own] = [one for one in apps.get_app_configs() if one.name == f"wagtail.{name}"]

    assert type(own).__module__ == "marketplace.project.wagtail_apps"
    assert own.label == f"wagtail{name.rpartition('.')[2]}".replace("documents", "docs")


def test_who_imports_a_module_of_it_later_gets_the_real_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "wagtail.images.api.v3.router"
    monkeypatch.delitem(sys.modules, name, raising=False)
    real = ModuleType("already there")
    monkeypatch.setitem(sys.modules, "wagtail.api.v3.api", real)

    with without_interface("wagtail.images"):
        assert importlib.import_module(name).router is None
        assert sys.modules["wagtail.api.v3.api"] is real

    assert name not in sys.modules
    assert sys.modules["wagtail.api.v3.api"] is real
