"""The row that an address names, as its page shows it."""

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from bidding.models import Tender
from credit.models import Case
from marketplace.web.lookups import named_or_404
from tests.factories.bidding import TenderFactory
from tests.factories.credit import CaseFactory

pytestmark = pytest.mark.django_db


def test_a_row_is_what_its_queryset_reads_with_all_that_comes_along() -> None:
    order = TenderFactory(complete=True)
    TenderFactory(active=True)

    found = named_or_404(Tender, order.slug, "with_details")

    asked = Tender.objects.with_details().get(slug=order.slug)
    assert found == asked
    assert vars(found)["_state"].fields_cache.keys() == vars(asked)["_state"].fields_cache.keys()
    with CaptureQueriesContext(connection) as more:
        assert (found.buyer, found.seal, found.division.parent, found.created_by) == (
            *(asked.buyer, asked.seal, asked.division.parent, asked.created_by),
        )
    assert len(more) == 0


def test_rows_that_it_prefetches_are_read_too() -> None:
    case = CaseFactory(stated=True)

    found = named_or_404(Case, case.slug, "with_details")

    asked = Case.objects.with_details().get(slug=case.slug)
    assert vars(found).keys() == vars(asked).keys()
    with CaptureQueriesContext(connection) as more:
        assert found.decision_due_at == asked.decision_due_at
    assert len(more) == 0


def test_the_sql_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = CaseFactory(), CaseFactory()
    named_or_404(Case, first.slug, "with_details")
    made = []
    as_sql = SQLCompiler.as_sql

    def noted(compiler: SQLCompiler, *args: object, **kwargs: object) -> object:
        made.append(compiler.query.model)
        return as_sql(compiler, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", noted)

    assert named_or_404(Case, second.slug, "with_details") == second
    assert Case not in made


def test_what_a_slug_names_not_is_not_found() -> None:
    CaseFactory()

    with pytest.raises(Http404):
        named_or_404(Case, "zzzzzzzzzzzz", "with_details")
