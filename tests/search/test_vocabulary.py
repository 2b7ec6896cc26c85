"""Words that mean the same, and where a run is cut."""

import pytest

from search.vocabulary import Vocabulary, examples, in_short_words, standard


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("环评", "环境影响评价"),
        ("环境影响评价", "环评"),
        ("可研", "可行性研究"),
        ("水保方案", "水土保持方案"),
        ("赣州水保方案编制", "赣州水土保持方案编制"),
        ("稳评", "社会稳定风险评估"),
        ("文保", "文物保护"),
    ],
)
def test_a_word_stands_for_others_alone_and_within_a_text(typed: str, other: str) -> None:
    assert other in standard().variants(typed)


def test_a_word_without_a_group_stands_for_itself_alone() -> None:
    assert standard().variants("飞碟") == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("赣州环评", ["赣州", "环评"]),
        ("环评报告表", ["环评报告表"]),
        ("测绘公司哪里有", ["测绘", "公司", "哪里", "有"]),
        ("土地勘查", ["土地", "勘查"]),  # no 地勘 in it
        ("水库地勘", ["水库", "地勘"]),
    ],
)
def test_a_run_is_cut_into_the_longest_words_that_are_known(typed: str, words: list[str]) -> None:
    assert standard().cut(typed) == words


def test_a_word_is_one_of_here_or_of_everyday_or_letters() -> None:
    known = standard()

    assert [known.knows(word) for word in ("环评", "河道", "bim", "环竟", "评")] == [
        *(True, True, True, False, False),
    ]


def test_groups_of_a_manager_are_added_folded_and_a_word_alone_is_no_group() -> None:
    added = Vocabulary().with_groups([["飛碟", "UFO"], ["孤"], ["", " "]])

    assert added.groups == (("飞碟", "ufo"),)
    assert added.variants("飞碟") == ["ufo"]


def test_places_are_words_that_stand_for_nothing_else() -> None:
    known = Vocabulary().with_places(["章贡区"])

    assert known.cut("章贡区环评")[0] == "章贡区"
    assert known.variants("章贡区") == []


def test_words_that_ask_for_a_kind_say_which() -> None:
    assert standard().intents["黑名单"] == ("sanction",)
    assert standard().intents["公告"] == ("tender", "notice")


@pytest.mark.parametrize(
    ("letters", "parts"),
    [
        ("ganzhouhuanping", ["ganzhou", "huanping"]),
        ("gzhuanping", ["gz", "huanping"]),
        ("gzhp", ["gz", "hp"]),
        ("hphp", []),  # no place, and nothing in full
        ("gzgz", ["gz", "gz"]),  # a notary in Ganzhou
        ("huanping", []),  # one word is not several
        ("vvhuanping", []),
    ],
)
def test_letters_are_cut_into_words_in_full_or_by_their_first_letters(
    letters: str, parts: list[str]
) -> None:
    known = standard().with_places(["赣州市", "赣州"])

    assert [part for part, _words in known.said_apart(letters)] == parts


def test_first_letters_name_the_words_that_begin_so_and_two_are_too_few() -> None:
    known = standard()

    assert "环评报告表" in known.begun_by("hpbg")
    assert known.begun_by("hp") == ()
    assert known.begun_by("xxqq") == ()


def test_words_that_mean_nothing_are_blanks_between_the_others() -> None:
    assert standard().meaning("被暂停的机构") == [" ", "暂停", " ", "机构"]


def test_what_is_given_as_an_example_is_said_as_people_say_it() -> None:
    assert examples()[:3] == ("环评", "水土保持方案", "赣州 监理")


def test_a_particle_means_nothing_and_cuts_nothing() -> None:
    known = standard()

    assert "上" in known.particles
    assert known.cut("上传文件")[0] == "上传文件"
    assert known.with_places(["赣州"]).with_groups([["甲乙", "丙丁"]]).particles == known.particles


def test_a_word_of_two_words_is_cut_again() -> None:
    assert in_short_words("司法鉴定") == ["司法", "鉴定"]
    assert in_short_words("房地产评估") == ["房地产", "评估"]


def test_of_first_letters_the_place_is_named_first() -> None:
    known = standard().with_groups([["感知", "甲乙"]]).with_places(["赣州"])

    [(_letters, words), _rest] = known.said_apart("gzcehui")

    assert words[0] == "赣州"
