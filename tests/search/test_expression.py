"""What an index is asked: the best tier first, each within the next."""

from dataclasses import replace

from search.expression import (
    BODY,
    FACTS,
    MARKS,
    NAMED,
    TITLE,
    Every,
    Some,
    Where,
    Without,
    every,
    matching,
    narrowed,
    some,
    tiers,
)
from search.query import Phrase, in_other_words, parse

WORD = Phrase(("测绘",))
NAME = Where(Phrase(("0n测绘",)), (MARKS,))


def test_a_question_is_asked_of_names_then_titles_then_lines_then_texts() -> None:
    asked = parse("测绘")

    assert tiers(asked) == [
        NAME,
        Some((NAME, Where(WORD, (TITLE,)))),
        Some((NAME, Where(WORD, (TITLE, FACTS)))),
        Some((NAME, Where(WORD, (TITLE, FACTS, BODY)))),
    ]
    assert matching(asked) == tiers(asked)[-1]


def test_terms_need_not_stand_in_one_field() -> None:
    asked = tiers(parse("赣州 测绘"))[2]

    assert asked == Some(
        (
            Where(Phrase(("0n赣州测绘",)), (MARKS,)),
            Every((Where(Phrase(("赣州",)), (TITLE, FACTS)), Where(WORD, (TITLE, FACTS)))),
        )
    )


def test_a_whole_name_may_be_said_in_other_words() -> None:
    asked = parse("环评")
    wider = asked.with_terms(in_other_words(term, ["环境影响评价"]) for term in asked.terms)

    assert tiers(wider)[0] == Some(
        (
            Where(Phrase(("0n环境影响评价",)), (MARKS,)),
            Where(Phrase(("0n环评",)), (MARKS,)),
        )
    )


def test_of_one_facet_any_value_and_of_several_each_must_hold() -> None:
    found = narrowed(NAME, (("kind", ("law", "rule")), ("date", ("2026",))))

    law, rule, date = (
        Where(Phrase((gram,)), (MARKS,)) for gram in ("0fkind0law", "0fkind0rule", "0fdate02026")
    )
    assert found == Every((NAME, Some((law, rule)), date))


def test_one_part_alone_is_itself() -> None:
    assert every([NAME]) == some([NAME, NAME]) == NAME
    assert Without(NAME, NAME) != NAME


def test_most_of_the_words_are_asked_for_in_each_way_in_which_they_are_enough() -> None:
    asked = replace(parse("赣州 测绘 公路"), enough=0.5)
    place, road = Where(Phrase(("赣州",)), (TITLE,)), Where(Phrase(("公路",)), (TITLE,))
    word = Where(WORD, (TITLE,))

    named = matching(asked, NAMED)

    assert isinstance(named, Some)
    ways = (Every((place, word)), Every((place, road)), Every((word, road)))
    assert named.parts[1:] == (Some(ways),)
