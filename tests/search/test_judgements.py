"""People find what they ask for, and every index gives the same answers in the same order."""

import json
import tomllib

import pytest
from django.core.management import call_command

from search.answers import _asked
from search.demo import PLAN
from search.index import Index
from search.query import parse
from tests.search.asking import settle
from tests.search.conforming import FILE, answers, fill
from tests.search.judging import Judgement, demo_documents, gain, judgements, ndcg

pytestmark = pytest.mark.django_db
GOOD = 0.92
PLANNED = tomllib.loads(PLAN.read_text(encoding="utf-8"))


@pytest.fixture
def demo(index: Index) -> Index:
    """Return each index with the documents of the demo province; its places are known."""
    call_command("load_divisions", verbosity=0)
    fill(index)
    settle(index)
    return index


def test_every_index_answers_alike_and_well(demo: Index) -> None:
    # given once for all of them: to fill an index takes as long as a hundred questions
    documents = demo_documents()
    judged = judgements()

    worth = [
        ndcg(one, _asked(demo, parse(one.query), is_reserve=False).found.hits, documents)
        for one in judged
    ]
    found = answers(demo)
    told = {row["text"]: row.get("found", True) for row in PLANNED["term"]}
    finds = {text: _asked(demo, parse(text), is_reserve=False).found.total > 0 for text in told}

    expected = json.loads(FILE.read_text(encoding="utf-8"))
    assert {name: found[name] for name in found if found[name] != expected.get(name)} == {}
    assert len(found) == len(expected) >= 150
    assert len(judged) >= 150
    assert sum(worth) / len(worth) >= GOOD
    assert finds == told


def test_every_judgement_means_something_of_the_demo() -> None:
    documents = demo_documents()
    known = {"服务超时容忍期"}  # in words that the demo says otherwise

    means = {one.query: any(one.grade(row) for row in documents) for one in judgements()}

    assert [query for query, means_something in means.items() if not means_something] == []
    assert known <= means.keys()


def test_the_best_order_is_worth_one_and_a_worse_one_less() -> None:
    first, second, *_ = documents = demo_documents()
    one = Judgement(
        "x", "", {f"{first.kind}:={first.title}": 3, f"{second.kind}:={second.title}": 1}
    )

    assert ndcg(one, [first, second], documents) == 1
    assert 0.5 < ndcg(one, [second, first], documents) < 1
    assert ndcg(one, [], documents) == 0
    assert gain([3, 0, 0, 3]) == 7
