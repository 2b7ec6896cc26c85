"""What editors wrote for a form stands beside it while it is live, and costs its page nothing."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

import cms
from cms.management.commands.load_content import CONTENT
from cms.models import FormHelpPage, SectionPage
from cms.models.help import FORMS, HELPED
from cms.pages.help import help_beside
from marketplace.kernel import known
from marketplace.web.form_help import help_for
from tests.clock import NOON
from tests.factories.bidding import load_reference

pytestmark = pytest.mark.django_db
BID = "bidding:bid"
ROOT = Path(cms.__file__).parents[1]
APPS = ("bidding", "cms", "credit", "marketplace", "search")


def help_page(**fields: object) -> FormHelpPage:
    told = {"title": "报价以前", "slug": "bid", "form": BID, "summary": "先看清条件。", **fields}
    page = FormHelpPage(**told)
    page.body = [("parameter", {"key": "bid.cost_explain"})]
    return SectionPage.objects.get(slug="help").add_child(instance=page)  # type: ignore[no-any-return]


def test_help_is_drawn_beside_its_form_alone_and_while_it_is_live(pages: str) -> None:
    load_reference()
    page = help_page()

    said = help_beside(BID, NOON)

    assert "先看清条件。" in said
    assert "2 个工作日" in said
    assert 'href="/help/bid/"' in said
    assert help_for(BID, NOON) == said
    assert help_beside("bidding:contract", NOON) == help_beside("bidding:tender", NOON) == ""
    page.unpublish()
    assert help_beside(BID, NOON) == ""


def test_at_a_version_the_same_help_costs_no_statement(
    pages: str, django_assert_num_queries
) -> None:
    load_reference()
    help_page()
    with known.at_version("one"):
        first = help_beside(BID, NOON)
        with django_assert_num_queries(0):
            again = help_beside(BID, NOON + timedelta(minutes=1))
            nothing = help_beside("bidding:contract", NOON)

    assert (again, nothing) == (first, "")


def test_a_copy_is_help_for_no_form(pages: str) -> None:
    page = help_page()

    copied = page.copy(update_attrs={"slug": "copy"})

    assert (copied.form, page.form) == (None, BID)
    assert help_beside(BID, NOON) != ""


def test_every_form_is_the_address_of_one_and_has_help_from_the_start(pages: str) -> None:
    spaces = get_resolver().namespace_dict
    known_views = {
        f"{space}:{name}"
        for space in ("bidding", "marketplace")
        for name in spaces[space][1].reverse_dict
        if isinstance(name, str)
    }
    rows = tomllib.loads(CONTENT.read_text(encoding="utf-8"))["page"]

    assert HELPED <= known_views
    assert sorted(row["form"] for row in rows if row["kind"] == "help") == sorted(HELPED)
    assert len(HELPED) == sum(len(forms) for _who, forms in FORMS)


def test_the_page_of_a_form_shows_its_help(pages: str, client: Client) -> None:
    load_reference()
    help_page(form="bidding:report_new", slug="report")

    page = client.get("/reports/new/").content.decode()

    assert page.count('id="form-help"') == 1
    assert page.index("</form>") < page.index("先看清条件。")


def test_a_page_that_leaves_help_out_at_its_end_has_it_beside_its_form() -> None:
    paths = [path for app in APPS for path in (ROOT / app).glob("templates/**/*.html")]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    moved = [text for text in texts if "{% block help %}{% endblock %}" in text]

    assert len(moved) == 8
    assert [text for text in moved if text.count("{% form_help %}") != 1] == []
