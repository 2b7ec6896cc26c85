"""What editors wrote for a form stands beside it while it is live, and costs its page nothing."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

import cms
from cms.management.commands.load_content import CONTENT
from cms.models import FormHelpPage, SectionPage
from cms.models.help import FORMS, HELPED, SHARED
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


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Yield the name of every address below a resolver."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield f"{space}{one.name}"


def test_an_act_is_helped_at_its_own_address_as_on_the_page_of_its_form(pages: str) -> None:
    load_reference()
    help_page(form="bidding:contract", slug="contract", summary="价款与中选结果一致。")

    assert "价款与中选结果一致。" in help_beside("bidding:rate", NOON)
    assert help_beside("bidding:rate", NOON) == help_beside("bidding:contract", NOON)


def test_every_form_is_the_address_of_one_and_has_help_from_the_start(pages: str) -> None:
    forms = {view for _who, forms in FORMS for view, _label in forms}
    others = [view for views in SHARED.values() for view in views]
    rows = tomllib.loads(CONTENT.read_text(encoding="utf-8"))["page"]

    assert HELPED.keys() - set(names(get_resolver())) == set()
    assert sorted(row["form"] for row in rows if row["kind"] == "help") == sorted(forms)
    assert len(forms) == sum(len(forms) for _who, forms in FORMS) == 71
    assert len(HELPED) == len(forms) + len(others)
    assert SHARED.keys() <= forms


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

    assert len(moved) == 15
    assert [text for text in moved if text.count("{% form_help %}") != 1] == []
