"""How a question is read; what each reading finds is in test_answers.py."""

from dataclasses import dataclass, field, replace

import pytest

from search.expression import ANYWHERE
from search.index import Document
from search.query import Query, parse
from search.understanding import Reading, Understanding
from search.vocabulary import standard
from tests.search.asking import ORIGINAL


@dataclass
class Nothing:
    """An index that holds only things called by some words."""

    words: set[str] = field(default_factory=set)
    named: list[Document] = field(default_factory=list)
    name = "nothing"

    def count(self, queries: list[Query], _tier: int = ANYWHERE) -> list[int]:
        return [int(all(term.text in self.words for term in one.terms)) for one in queries]

    def sample(self, _queries: list[Query], most: int) -> list[Document]:
        return self.named[:most]


def understanding(text: str, *words: str) -> Understanding:
    return Understanding(parse(text), Nothing(set(words)), standard())  # type: ignore[arg-type]


def test_a_word_for_a_kind_asks_for_it() -> None:
    typed = understanding("测绘 机构").typed

    assert typed.query.intents == ("agency",)
    assert typed.reading is Reading.TYPED


@pytest.mark.parametrize(
    ("text", "is_clean"),
    [("赣州环评", True), ("哪里有测绘公司", True), ("环竟影响", False), ("bim模型", True)],
)
def test_what_is_made_of_words_holds_no_slip(text: str, is_clean: bool) -> None:
    assert understanding(text).is_clean is is_clean


def test_words_that_mean_nothing_are_not_looked_for() -> None:
    split = understanding("哪里有做测绘的公司").split()

    assert split is not None
    assert [term.text for term in split.query.terms] == ["测绘", "公司"]


def test_what_is_one_word_cannot_be_split() -> None:
    assert understanding("测绘").split() is None
    assert understanding('"赣州测绘"').split() is None


def test_letters_alone_are_read_by_their_sound() -> None:
    assert understanding("zhice").by_sound() is not None
    assert understanding("知策").by_sound() is None


def test_of_words_that_stand_nowhere_together_the_one_of_the_trade_is_kept() -> None:
    fewer = understanding("南昌测绘", "测绘").fewer()

    assert fewer is not None
    assert ([term.text for term in fewer.query.terms], fewer.left_out) == (["测绘"], ("南昌",))
    assert understanding("南昌飞碟", "飞碟").fewer() is None


def test_what_says_half_of_a_question_is_enough_where_few_things_are_called_so() -> None:
    kept = replace(ORIGINAL, kind="item", title="气球施放")
    few, many = Nothing({"气球"}, [kept] * 8), Nothing({"气球"}, [kept] * 9)
    orders = Nothing({"气球"}, [replace(kept, kind="tender")])

    read = [
        Understanding(parse("气球飞碟"), index, standard()).fewer()  # type: ignore[arg-type]
        for index in (few, many, orders)
    ]

    assert [one and one.left_out for one in read] == [("飞碟",), None, None]


def test_what_says_more_than_half_of_a_question_is_enough_where_anything_is_called_so() -> None:
    called = Nothing({"飞行器"}, [ORIGINAL])

    fewer = Understanding(parse("月球飞行器"), called, standard()).fewer()  # type: ignore[arg-type]

    assert fewer is not None
    assert fewer.left_out == ("月球",)
    assert understanding("月球飞行器", "飞行器").fewer() is None


def test_a_short_form_is_read_as_the_names_that_it_shortens() -> None:
    short = understanding("项建").short()

    assert short is not None
    assert (short.query.text, short.reading) == ("项目建议书", Reading.SHORT)


@pytest.mark.parametrize("text", ["飞碟", "环评", "赣州", '"司鉴"'])
def test_what_is_a_word_or_shortens_none_or_is_quoted_is_no_short_form(text: str) -> None:
    known = standard().with_places(["赣州"])

    assert Understanding(parse(text), Nothing(), known).short() is None  # type: ignore[arg-type]


def test_what_anything_is_called_is_no_short_form() -> None:
    named = Nothing(named=[ORIGINAL])

    assert Understanding(parse("司鉴"), named, standard()).short() is None  # type: ignore[arg-type]


def test_a_slip_is_put_right_where_the_vocabulary_knows_better() -> None:
    corrected = understanding("可行姓研究").corrected()

    assert corrected is not None
    assert corrected.query.text == "可行性研究"
    assert understanding("飞碟飞碟").corrected() is None


def test_a_word_for_a_kind_is_kept_as_one_of_the_trade_is() -> None:
    fewer = understanding("黑名单公司", "黑名单").fewer()

    assert fewer is not None
    assert [term.text for term in fewer.query.terms] == ["黑名单"]
    assert fewer.left_out == ("公司",)


def test_all_of_a_kind_is_nobodys_question_where_more_was_asked() -> None:
    assert understanding("飞碟制造许可", "许可").fewer() is None
    assert understanding("飞碟 机构", "机构").fewer() is None


def test_a_run_of_which_nothing_is_a_word_is_not_cut_into_characters() -> None:
    assert understanding("甲乙").split() is None


def test_letters_are_read_as_people_say_them_who_do_not_tell_sounds_apart() -> None:
    near = understanding("suitu").by_near_sound()

    assert near is not None
    [term] = near.query.terms
    grams = {phrase.grams for one in term.alternatives for phrase in one.phrases}
    assert ("0sshui", "0stu") in grams
    assert ("0ssui", "0stu") not in grams  # that is the first reading of letters
    assert understanding("水土").by_near_sound() is None


def test_most_of_a_sentence_is_looked_for_and_what_stands_nowhere_is_left_out() -> None:
    most = understanding("测绘和监理哪里便宜", "测绘", "监理").most()

    assert most is not None
    assert ([term.text for term in most.query.terms], most.left_out) == (
        ["测绘", "监理"],
        ("便宜",),
    )
    assert (most.reading, most.query.enough, most.is_whole) == (Reading.MOST, 0.4, False)


def test_most_of_what_says_nothing_is_not_looked_for() -> None:
    assert understanding("飞碟便宜月球", "飞碟", "便宜").most() is None  # nothing is called so
    assert understanding("测绘飞碟便宜月球", "测绘").most() is None  # one word is not most
    assert understanding("测绘监理飞碟便宜月球便宜", "测绘", "月球").most() is None


def test_the_kind_that_a_question_ends_in_is_needed_and_then_it_is_not() -> None:
    read = understanding("测绘监理公司", "测绘", "监理", "公司")

    most, others = read.most(), read.most_of_any_kind()

    assert most is not None
    assert others is not None
    assert [term.is_needed for term in most.query.terms] == [False, False, True]
    assert [term.is_needed for term in others.query.terms] == [False, False, False]


def test_a_word_says_more_where_it_is_of_the_trade_and_less_as_a_single_character() -> None:
    most = understanding("占测绘便宜", "占", "测绘", "便宜").most()

    assert most is not None
    single, trade, other = (term.weight for term in most.query.terms)
    assert trade == 2 * other == 4 * single
