"""Every public change stores an effect in its own transaction; what is not public stores none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from bidding.actions.tenders import evaluate_tender, register_selection
from cms.models import (
    ContentPage,
    FAQPage,
    GuidePage,
    NoticePage,
    PolicyPage,
    SectionPage,
    TopicPage,
)
from credit.actions import record_entry
from marketplace.kernel.models import Effect
from marketplace.models import (
    Agency,
    Organization,
    Qualification,
    ServiceItem,
)
from marketplace.schedule import sweep_effects
from search.index import Index
from search.indexing import rebuild
from search.query import parse
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    REGISTERED,
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
    load_reference,
    rulebook,
)
from tests.factories.credit import EntryFactory, RestrictionFactory, active_agency, decision
from tests.factories.marketplace import (
    AgencyFactory,
    BuyerFactory,
    ServiceItemFactory,
    UserFactory,
)
from tests.search import corpus
from tests.search.asking import settle, titles

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

TENDER = corpus.DATA["corpus"]["tenders"][0]
DRAFT = corpus.DATA["corpus"]["drafts"][0]
AGENCY = corpus.DATA["corpus"]["agencies"][0]
ITEM = corpus.DATA["corpus"]["items"][0]
NOTICE = corpus.DATA["corpus"]["notices"][0]


@pytest.fixture
def rules() -> None:
    """Store what a decision needs."""
    load_reference()


def changed() -> list[tuple[str, str]]:
    """Return what the open effects say has changed."""
    effects = Effect.objects.filter(kind="index", done_at__isnull=True).order_by("pk")
    told = ((row.payload["kind"], row.payload["key"]) for row in effects)
    return [one for one in dict.fromkeys(told) if one[0] in corpus.SOUGHT]


Find = Callable[[str], list[str]]


@pytest.fixture
def found(index: Index) -> Find:
    """Return what does what is due and gives the codes of what is found then, in each index."""
    rebuild(index)

    def find(text: str) -> list[str]:
        sweep_effects(NOON)
        settle(index)
        return corpus.codes_of(index.find(parse(text)).hits)

    return find


def forget_effects() -> None:
    Effect.objects.all().delete()


def test_a_published_order_is_found_after_its_effect(found: Find) -> None:
    corpus.tender(TENDER)

    assert changed() == [("tender", TENDER["code"])]
    assert found("雨污分流") == [TENDER["code"]]
    assert changed() == []


def test_the_winner_finds_the_order_from_the_registration_on_and_never_before(found: Find) -> None:
    order = TenderFactory(closed=True, title="雨污分流改造")
    winner, loser = (
        BidFactory(
            tender=order,
            amount=amount,
            agency=bidder(order.item, name=name, legal_representative=name),
        )
        for name, amount in (("赣州澄湖咨询有限公司", 80000), ("赣州榆湖咨询有限公司", 90000))
    )
    assert found("雨污分流") == [order.code]
    assert found("澄湖") == [winner.agency.uscc]
    evaluate_tender(tender=order, at=OPENING)
    assert found("澄湖") == [winner.agency.uscc]

    register_selection(tender=order, by=UserFactory(), at=REGISTERED)

    assert sorted(found("澄湖")) == sorted([winner.agency.uscc, order.code])
    assert found("榆湖") == [loser.agency.uscc]


def test_a_renamed_buyer_is_found_at_once_in_its_orders(found: Find) -> None:
    tender = corpus.tender(TENDER)
    corpus.draft(DRAFT)
    assert found("新名") == []

    tender.buyer.name = "新名水务中心"
    tender.buyer.save()

    assert changed() == [("tender", TENDER["code"])]
    assert found("新名水务") == [TENDER["code"]]


def test_a_renamed_winner_is_found_at_once_in_its_orders(found: Find) -> None:
    award = AwardFactory()
    agency = award.bid.agency
    assert found("新湖") == []

    agency.name = "赣州新湖咨询有限公司"
    agency.save()

    assert sorted(found("新湖")) == sorted([agency.uscc, award.tender.code])


def test_a_buyer_that_keeps_its_name_stores_no_effect() -> None:
    tender = corpus.tender(TENDER)
    forget_effects()

    tender.buyer.contact_name = "新联系人"
    tender.buyer.save()

    assert changed() == []


def test_a_draft_and_a_bid_store_no_effect() -> None:
    corpus.draft(DRAFT)
    tender = corpus.tender(TENDER)
    forget_effects()

    tender.bids.get().save()

    assert changed() == []


def test_an_effect_that_is_rolled_back_was_never_stored() -> None:
    tender = corpus.tender(TENDER)
    forget_effects()

    with transaction.atomic():
        tender.save()
        transaction.set_rollback(True)

    assert not Effect.objects.exists()


def test_each_change_is_an_effect_of_its_own() -> None:
    tender = corpus.tender(TENDER)
    tender.save()
    tender.save()

    assert Effect.objects.filter(kind="index", payload__key=tender.code).count() == 3


def rename(organization: Organization) -> None:
    organization.name = "赣州新澄江测绘有限公司"
    organization.save()


def withdraw(organization: Organization) -> None:
    organization.agency.withdraw(at=NOON)
    organization.agency.save()


def lose_its_class(organization: Organization) -> None:
    Qualification.objects.get(agency=organization.agency).delete()


@pytest.mark.parametrize(
    ("act", "query", "before", "after"),
    [
        (rename, "新澄江", [], [AGENCY["uscc"]]),
        (withdraw, "澄江", [AGENCY["uscc"]], []),
        (lose_its_class, "测绘 91360702", [AGENCY["uscc"]], [AGENCY["uscc"]]),
    ],
)
def test_an_agency_is_found_as_it_is_now(
    found: Find,
    act: Callable[[Organization], None],
    query: str,
    before: list[str],
    after: list[str],
) -> None:
    organization = corpus.agency(AGENCY)
    assert found(query) == before

    act(organization)

    assert changed() == [("agency", organization.slug)]
    assert found(query) == after


@pytest.mark.parametrize("measure", ["removal", "freeze"])
def test_a_restricted_agency_is_found_and_wears_its_state(
    rules: None, found: Find, client: Client, measure: str
) -> None:
    removal = decision(organization=corpus.agency(AGENCY), restriction_kind=measure)
    assert found("澄江") == [AGENCY["uscc"]]

    for at, is_worn in ((removal.effective_from, True), (removal.effective_to, False)):
        with time_machine.travel(at, tick=False):
            page = client.get("/search/", {"q": "澄江", "in": "agency"}).content.decode()
        assert AGENCY["name"].split("（")[0][:2] in page
        assert (removal.get_kind_display() in page) is is_worn


def test_an_agency_has_another_grade_in_the_index_when_its_record_changes_and_when_that_ends(
    rules: None, index: Index
) -> None:
    agency = corpus.agency(AGENCY)
    rebuild(index)
    entry = EntryFactory(organization=agency, points=-12, counts_until=NOON + DAY)
    assert changed() == [("agency", agency.slug)]

    def grades() -> dict[str, int]:
        settle(index)
        return dict(index.find(parse("澄江")).facets["grade"])

    before = grades()
    sweep_effects(NOON)
    after = grades()
    with time_machine.travel(entry.counts_until, tick=False):
        sweep_effects(entry.counts_until)

    assert (before, after, grades()) == ({"A": 1}, {"B": 1}, {"A": 1})


def test_what_is_recorded_of_an_agency_by_the_platform_is_told_too(rules: None) -> None:
    agency = active_agency()
    forget_effects()

    record_entry(
        organization=agency,
        kind="abandonment",
        occurred_at=NOON,
        recorded_at=NOON,
        reference="JX360702-2026-00001",
        rulebook=rulebook(),
    )

    assert changed() == [("agency", agency.slug)]


def test_an_entry_of_an_owner_stores_no_effect() -> None:
    forget_effects()
    EntryFactory(organization=BuyerFactory().organization)

    assert changed() == []


def test_an_entry_of_who_is_not_admitted_finds_nobody(found: Find) -> None:
    agency = AgencyFactory(publicity=True, organization__name="赣州望湖测绘有限公司")
    EntryFactory(organization=agency.organization)

    assert found("望湖") == []


def test_an_agency_that_was_never_active_stores_no_effect() -> None:
    agency = AgencyFactory(publicity=True)
    agency.organization.save()

    assert changed() == []


def test_an_agency_is_found_from_its_activation_on(found: Find) -> None:
    agency = AgencyFactory(publicity=True, organization__name="赣州望湖测绘有限公司")
    assert found("望湖") == []

    agency = Agency.objects.get(pk=agency.pk)
    agency.activate(at=NOON)
    agency.save()

    assert found("望湖") == [agency.organization.uscc]


def test_an_item_is_found_while_it_is_published(found: Find) -> None:
    item = corpus.catalogue_item(ITEM)
    assert found("项目申请报告") == ["S01"]

    item.suspend(at=NOON)
    item.save()

    assert found("项目申请报告") == []


def test_the_published_version_of_an_item_is_found(found: Find) -> None:
    old = corpus.catalogue_item(ITEM)
    old.suspend(at=NOON)
    old.save()
    ServiceItemFactory(published=True, code="S01", version=2, name="项目申请书编制")

    assert found("项目申请报告") == []
    assert found("项目申请书") == ["S01"]


def test_a_draft_item_stores_no_effect() -> None:
    ServiceItem.objects.create(code="S99", name="尚缺依据的事项")

    assert changed() == []


def test_a_notice_is_found_while_it_is_live(found: Find) -> None:
    notice = corpus.notice(NOTICE)
    assert found("国庆节") == [NOTICE["slug"]]

    notice.unpublish()
    assert found("国庆节") == []

    notice.save_revision().publish()
    assert found("国庆节") == [NOTICE["slug"]]


def test_a_notice_shows_what_was_published_and_not_its_next_draft(found: Find) -> None:
    notice = corpus.notice(NOTICE)
    notice.title = "关于元旦的通知"
    notice.save_revision()

    assert found("元旦") == []


def test_a_deleted_notice_is_not_found_even_when_its_parent_goes(found: Find) -> None:
    corpus.notice(NOTICE)
    assert found("国庆节") == [NOTICE["slug"]]

    corpus.notice_index().delete()

    assert not NoticePage.objects.exists()
    assert found("国庆节") == []


# --- decisions ------------------------------------------------------------------------------------


def test_a_decision_is_found_after_its_effect_and_leaves_when_its_publication_ends(
    index: Index,
) -> None:
    rebuild(index)
    row = RestrictionFactory()
    sanctions = parse(row.case.decision_number)

    sweep_effects(NOON)
    settle(index)
    assert [hit.key for hit in index.find(sanctions).hits] == [row.slug]

    with time_machine.travel(row.published_until, tick=False):
        sweep_effects(row.published_until)
    settle(index)
    assert index.find(sanctions).total == 0


def test_a_decision_is_looked_at_again_when_it_ends_and_when_its_publication_does() -> None:
    row = RestrictionFactory()

    effects = Effect.objects.filter(kind="index", payload__kind="sanction").order_by("due_at")

    assert [effect.due_at for effect in effects][1:] == [row.effective_to, row.published_until]


def test_the_agency_is_looked_at_again_when_everybody_ceases_to_know_of_a_decision() -> None:
    row = RestrictionFactory()

    effects = Effect.objects.filter(kind="index", payload__key=row.organization.slug)

    assert {row.effective_to, row.published_until} <= {effect.due_at for effect in effects}


def test_what_editors_explain_is_found_by_its_words_and_leaves_when_it_is_withdrawn(
    index: Index,
) -> None:
    index.rebuild([], 1)
    home = corpus.notice_index().get_parent()
    text = [("text", "<p>先核对名称</p>")]
    question = [("question", {"question": "多久办结？", "answer": "<p>四十八小时</p>"})]
    policy = {"document_number": "赣数〔2026〕7号", "issuer": "省数据局"}
    section = home.add_child(instance=SectionPage(title="栏目", slug="section"))
    written = {
        "核对": GuidePage(title="怎样入驻", slug="a", reader="agency", body=text),
        "四十八小时": FAQPage(title="常见的问题", slug="b", questions=question),
        "赣数〔2026〕7号": PolicyPage(title="示例办法", slug="c", **policy),
        "联系方式": ContentPage(title="关于平台", slug="d", summary="地址和联系方式"),
        "数据局": None,
        "专题汇编": TopicPage(title="防汛专题汇编", slug="e"),
    }
    for page in filter(None, written.values()):
        section.add_child(instance=page)
    sweep_effects(at=NOON)

    found = {asked: titles(index, asked) for asked in written}
    for page in Page.objects.descendant_of(section):
        page.unpublish()
    sweep_effects(at=NOON)
    left = {asked: titles(index, asked) for asked in written}

    assert found == {
        "核对": ["怎样入驻"],
        "四十八小时": ["常见的问题"],
        "赣数〔2026〕7号": ["示例办法"],
        "联系方式": ["关于平台"],
        "数据局": ["示例办法"],
        "专题汇编": ["防汛专题汇编"],
    }
    assert left == {asked: [] for asked in written}


def test_a_notice_that_is_withdrawn_as_a_mere_page_is_a_notice_still(rules: None) -> None:
    notice = corpus.notice(NOTICE)
    Effect.objects.all().delete()

    Page.objects.get(pk=notice.pk).unpublish()

    assert ("notice", str(notice.translation_key)) in changed()
