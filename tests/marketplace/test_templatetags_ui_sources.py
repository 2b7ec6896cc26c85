"""The sources of a rule as a template draws them."""

import pytest
from django.template import Context, Template

from marketplace.kernel.laws import cite
from tests.factories.marketplace import load_laws


@pytest.fixture
def laws(db):
    load_laws()


def drawn(**context):
    return Template("{% load ui %}{{ basis|sources }}").render(Context(context))


def test_several_sources_stand_side_by_side(laws):
    assert drawn(basis=cite("国发〔2022〕5号") + cite("GB 32100")) == (
        '<a href="/laws/state-council-2022-5/">国发〔2022〕5号</a>（未收录）；'
        '<a href="/laws/uscc/">GB 32100</a>（未收录）'
    )


def test_words_are_escaped():
    assert drawn(basis="<b>") == "&lt;b&gt;"
