import pytest
from django.test import Client

from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


def test_display_remembers_elder_mode_and_goes_back(client: Client) -> None:
    response = client.get("/display/", {"mode": "elder", "next": "/accounts/login/?next=/x/"})

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/x/"
    assert response.cookies["mode"].value == "elder"
    assert response.cookies["mode"]["httponly"] is True
    assert response.cookies["mode"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    "page", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""]
)
def test_display_never_leads_to_another_site(client: Client, page: str) -> None:
    response = client.get("/display/", {"theme": "dark", "next": page})

    assert response["Location"] == "/"
    assert response.cookies["theme"].value == "dark"


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("/contracts/ab12/upload/", "/contracts/ab12/"),
        ("/contracts/ab12/upload/?a=1", "/contracts/ab12/"),
        ("/regulator/cases/ab12/decide/", "/regulator/cases/ab12/decide/"),
        ("/workbench/switch/", "/workbench/"),
        ("/demo/clock/", "/demo/clock/"),
        ("/admission/reapply/", "/admission/"),
        ("/no-such-page/?a=1", "/no-such-page/?a=1"),
    ],
)
def test_display_leads_to_the_page_above_an_address_for_forms_only(
    client: Client, page: str, leads_to: str
) -> None:
    response = client.get("/display/", {"theme": "dark", "next": page})

    assert response["Location"] == leads_to
    assert response.cookies["theme"].value == "dark"


def test_an_app_with_a_frame_of_its_own_gets_pages_without_ours(client: Client) -> None:
    parts = ('class="z-util"', 'class="z-foot"')
    plain, embedded = (client.get(f"/accounts/login/{asked}") for asked in ("", "?embed=1"))
    client.get("/display/", {"embed": "1", "next": "/accounts/login/"})

    assert all(part in plain.content.decode() for part in parts)
    for response in (embedded, client.get("/accounts/login/")):
        html = response.content.decode()
        assert not any(part in html for part in parts)
        assert '<main id="main"' in html


def test_display_ignores_what_it_does_not_know(client: Client) -> None:
    response = client.get("/display/", {"mode": '"><script>', "theme": "sepia"})

    assert response.status_code == 302
    assert not response.cookies


def test_display_is_asked_by_get_only(client: Client) -> None:
    assert client.post("/display/", {"mode": "elder"}).status_code == 405


def test_the_chosen_mode_and_theme_reach_the_page(client: Client) -> None:
    client.get("/display/", {"mode": "elder"})
    client.get("/display/", {"theme": "dark"})

    page = on_one_line(client.get("/accounts/login/"))

    assert '<html lang="zh-Hans" data-mode="elder" data-theme="dark">' in page
    assert 'href="/static/marketplace/dark.css">' in page
    assert "标准版" in page
    assert "浅色" in page


def test_a_page_follows_the_system_until_one_chooses(client: Client) -> None:
    page = on_one_line(client.get("/accounts/login/"))

    assert '<html lang="zh-Hans" data-mode="standard">' in page
    assert 'dark.css" media="(prefers-color-scheme:dark)">' in page


def test_a_chosen_light_theme_does_not_load_the_dark_values(client: Client) -> None:
    client.get("/display/", {"theme": "light"})

    assert "dark.css" not in client.get("/accounts/login/").content.decode()
