"""The command lists what leads nowhere, here and elsewhere."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db


class Nobody:
    """No site answers but one."""

    def problem(self, address: str) -> str:
        return "" if address == "https://www.gov.cn/" else "404"


def test_each_broken_link_is_a_line_and_a_failure(pages: str, settings: object) -> None:
    settings.LINK_FETCH = f"{__name__}.Nobody"  # type: ignore[attr-defined]
    text = "".join(
        f'<a href="{one}">链接</a>'
        for one in ("/nowhere/", "https://www.gov.cn/", "https://gone.example/")
    )
    HomePage.objects.get().add_child(
        instance=ContentPage(title="a", slug="a", body=[("text", text)])
    )

    def lines(*options: str) -> list[str]:
        output = StringIO()
        with pytest.raises(CommandError, match="broken"):
            call_command("check_links", *options, stdout=output)
        return output.getvalue().splitlines()

    assert lines("--inside") == ["/a/ /nowhere/: 这个网址打不开"]
    assert lines()[1:] == ["/a/ https://gone.example/: 404"]


def test_nothing_is_said_of_pages_whose_links_lead_somewhere(pages: str) -> None:
    output = StringIO()

    call_command("check_links", "--inside", stdout=output)

    assert output.getvalue() == ""
