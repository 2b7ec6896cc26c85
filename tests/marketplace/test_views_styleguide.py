"""The page of components, for people who build pages."""

from typing import Any

import pytest
from django.test import Client

from marketplace.kernel.models import Parameter


@pytest.mark.django_db
@pytest.mark.parametrize("frame", ["", "workbench/"])
@pytest.mark.usefixtures("rules")
def test_the_component_page_is_shown_in_the_demo_only(
    client: Client, settings: Any, frame: str
) -> None:
    assert client.get(f"/styleguide/{frame}").status_code == 404

    settings.DEMO = True

    assert client.get(f"/styleguide/{frame}").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_the_component_page_says_the_limit_that_the_rules_set(
    client: Client, settings: Any
) -> None:
    settings.DEMO = True
    Parameter.objects.filter(key="upload.size").update(value=7)

    assert "最大 7.0\xa0MB" in client.get("/styleguide/").content.decode()
