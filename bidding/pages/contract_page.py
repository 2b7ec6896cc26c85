"""The page of an award, decided: what both sides see of it, and what each can do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bidding.guards.contracts import open_upload, ratings_of
from bidding.guards.payments import payment_is_due, payment_is_not_settled
from bidding.guards.people import people_named
from bidding.models import Award, Contract, ContractUpload, Deliverable, Evaluation
from bidding.pages.bids import named
from bidding.pages.contract_texts import draft_card
from bidding.pages.contracts import Desk, contract_acts, papers_of, payment_act, report_act
from bidding.pages.steps import contract_steps
from bidding.pages.terms import service_end
from bidding.periods import payment_due, payment_due_of_large, payment_latest
from bidding.rulebook import rules_for
from marketplace.kernel.models import CalendarDay
from marketplace.templatetags.ui import stars
from marketplace.templatetags.ui_moments import moment
from marketplace.web.acts import Act, Acts
from marketplace.web.components import DocumentCard, Fact, Step, Text, document_card

CRITERIA = ("quality", "attitude", "timeliness", "charges", "conduct")


@dataclass(frozen=True)
class Contact:
    """Whom to speak to on one side; `url` leads to its public page if it has one."""

    role: Text
    name: str
    url: str
    person: str
    phone: str

    @property
    def is_known(self) -> bool:
        return bool(self.person or self.phone)


@dataclass(frozen=True)
class NextStep:
    """What comes next, and until when."""

    text: Text
    due: SafeString | str = ""
    is_provisional: bool = False


@dataclass(frozen=True)
class Paper:
    """A text or result, with what is attached to it and what became of it."""

    cards: Sequence[DocumentCard]
    word: Text
    notes: Sequence[Text]

    @property
    def remarks(self) -> list[tuple[bool, Text]]:
        """The notes, each with whether something stands before it."""
        return [(bool(self.word) or place > 0, note) for place, note in enumerate(self.notes)]


@dataclass(frozen=True)
class Opinion:
    """A rating as it is drawn: the side, each criterion with its stars, the comment."""

    side: Text
    marks: Sequence[Text]
    comment: str


@dataclass(frozen=True)
class Section:
    """A part of the page; `empty` stands where nothing has come of it yet."""

    acts: Acts | None
    empty: Text
    note: Text = ""
    is_provisional: bool = False
    papers: Sequence[Paper] = ()
    opinions: Sequence[Opinion] = ()


@dataclass(frozen=True)
class ContractPage:
    """All that the page of an award shows; a section that has no sense is None."""

    steps: Sequence[Step]
    facts: Sequence[Fact]
    contacts: Sequence[Contact]
    draft: DocumentCard | None
    next_step: NextStep | None
    is_of_a_side: bool
    text: Section
    delivery: Section | None
    rating: Section | None
    payment: Section | None
    abandon: Acts | None
    report: Act | None


def contract_page(desk: Desk) -> ContractPage:
    """Return the page for the reader at `desk`; a fixed number of queries."""
    award, contract, acts = desk.award, desk.contract, contract_acts(desk)
    is_cancelled = award.status == Award.Status.CANCELLED
    is_signed = contract is not None and contract.signed_at is not None
    is_accepted = contract is not None and contract.accepted_at is not None
    has_service = is_signed or (bool(acts) and not is_cancelled)
    has_rating = is_accepted or (bool(acts) and not is_cancelled)
    abandon = acts.get("award")
    return ContractPage(
        steps=contract_steps(award),
        facts=[*_facts(award, contract), *payment_facts(award, contract, desk.at)],
        contacts=list(_contacts(desk)),
        draft=draft_card(award) if acts and not (is_cancelled or is_signed) else None,
        next_step=_next_step(desk, contract),
        is_of_a_side=bool(acts),
        text=_text(award, contract, acts.get("contract")),
        delivery=_delivery(award, contract, acts.get("delivery")) if has_service else None,
        rating=_rating(contract, acts.get("rating")) if has_rating else None,
        payment=_payment(desk, contract),
        abandon=abandon if abandon and abandon.acts else None,
        report=report_act(desk) if desk.is_agency else None,
    )


# --- Who and what -----------------------------------------------------------------------------
def _facts(award: Award, contract: Contract | None) -> Iterator[Fact]:
    agency = award.bid.agency
    yield Fact(_("项目业主"), award.tender.buyer.name)
    yield Fact(_("中选机构"), agency.name, reverse("bidding:agency", args=[agency.slug]))
    if people := people_named(award):
        yield Fact(_("执业人员"), str(_("、")).join(named(one) for one in people))
    if contract is not None and contract.signed_at:
        is_open = contract.accepted_at is None
        due = service_end(contract)
        yield Fact(_("合同编号"), contract.number)
        yield Fact(_("服务期限"), due, is_provisional=contract.is_due_provisional and is_open)
    elif award.contract_due_at:
        due = moment(award.contract_due_at, "deadline")
        yield Fact(_("签约期限"), due, is_provisional=award.is_end_provisional)


def payment_facts(award: Award, contract: Contract | None, at: datetime) -> Iterator[Fact]:
    """
    Yield until when the law wants what was delivered paid, for both sides and the officers.

    No bank tells the platform of payments; so this is what the winner's word is held against.
    """
    if contract is None or contract.delivered_at is None or not contract.payer:
        return
    rules, calendar = rules_for(award.tender, at), CalendarDay.objects.work_calendar()
    is_public = contract.payer == Contract.Payer.PUBLIC
    due_after = payment_due if is_public else payment_due_of_large
    due = due_after(contract.delivered_at, rules, calendar)
    yield Fact(_("付款主体"), contract.get_payer_display())
    yield Fact(_("付款期限"), moment(due.ends_at, "deadline"))
    if contract.accepted_at is not None:
        accepted = due_after(contract.accepted_at, rules, calendar)
        yield Fact(_("约定验收合格后付款的"), moment(accepted.ends_at, "deadline"))
    if is_public:
        latest = payment_latest(contract.delivered_at, rules, calendar)
        yield Fact(_("合同另有约定的，最迟"), moment(latest.ends_at, "deadline"))


def _contacts(desk: Desk) -> Iterator[Contact]:
    """Yield the other side to each side, and both to an authority."""
    tender, agency = desk.award.tender, desk.award.bid.agency
    if not desk.is_buyer:
        person, phone = tender.contact_name, tender.contact_phone
        if tender.buyer.is_person:
            person = tender.buyer.buyer.person_name
        yield Contact(_("项目业主"), tender.buyer.name, "", person, phone)
    if not desk.is_agency:
        url = reverse("bidding:agency", args=[agency.slug])
        person, phone = agency.contact_name, agency.contact_phone
        yield Contact(_("中选机构"), agency.name, url, person, phone)


# --- What comes next --------------------------------------------------------------------------
def _next_step(desk: Desk, contract: Contract | None) -> NextStep | None:
    award = desk.award
    if award.status == Award.Status.CANCELLED:
        return None
    if award.status == Award.Status.PENDING:
        due = moment(award.publicity_ends_at, "deadline")
        return NextStep(_("等待公示期满，期满发出中选通知书。"), due, award.is_end_provisional)
    if contract is None or contract.signed_at is None:
        due = moment(award.contract_due_at, "deadline")
        return NextStep(_signature(desk, contract), due, award.is_end_provisional)
    return _after_signature(desk, contract)


def _signature(desk: Desk, contract: Contract | None) -> str:
    waiting = open_upload(contract)
    if waiting is None:
        return _("任何一方上传签好的合同，由另一方确认。")
    if not (desk.is_buyer or desk.is_agency):
        return _("等待另一方确认已上传的合同。")
    if waiting.organization_id == desk.party.organization.pk:
        return _("等待对方确认贵单位上传的合同。")
    return _("请确认对方上传的合同，或者写明理由退回。")


def _after_signature(desk: Desk, contract: Contract) -> NextStep | None:
    status, at = Contract.Status, contract
    agency_acts = _("请在期限前交付成果。") if desk.is_agency else _("等待机构交付成果。")
    buyer_acts = _("请验收：验收合格，或者写明理由退回。") if desk.is_buyer else _("等待业主验收。")
    steps = {
        status.ACTIVE: (agency_acts, at.service_due_at),
        status.DELIVERED: (buyer_acts, at.accept_due_at),
        status.ACCEPTED: (_("双方互相评价，评价向社会公开。"), at.rating_due_at),
        status.RATED: (_("评价可以修改到期限为止，期满归档。"), at.amend_until),
    }
    if contract.status not in steps:
        return None
    text, due_at = steps[Contract.Status(contract.status)]
    due = moment(due_at, "deadline") if due_at else ""
    return NextStep(text, due, contract.is_due_provisional)


# --- The sections -----------------------------------------------------------------------------
def _text(award: Award, contract: Contract | None, acts: Acts | None) -> Section:
    found: Iterable[ContractUpload] = []
    if contract:
        found = contract.uploads.select_related("document", "organization").prefetch_related(
            "attachments"
        )
    return Section(
        acts=acts,
        empty=_("任何一方上传签好的合同，由另一方确认。"),
        note=_("价款和内容须与中选结果一致"),
        papers=[_uploaded(award, upload) for upload in found],
    )


def _uploaded(award: Award, upload: ContractUpload) -> Paper:
    by = _("%(name)s上传") % {"name": upload.organization.name}
    answer: Text = _("等待另一方确认")
    if upload.confirmed_at:
        answer = SafeString(f"{_('另一方已确认')} {moment(upload.confirmed_at, 'short')}")
    elif upload.rejected_at:
        answer = _("另一方已退回：%(reasons)s") % {"reasons": upload.reject_reasons}
    return Paper(_cards(award, upload, upload.uploaded_at), "", [by, answer])


def _delivery(award: Award, contract: Contract | None, acts: Acts | None) -> Section:
    is_signed = contract is not None and contract.signed_at is not None
    found: Iterable[Deliverable] = (
        contract.deliverables.select_related("document").prefetch_related("attachments")
        if contract
        else []
    )
    return Section(
        acts=acts,
        empty=_("机构还没有交付成果。") if is_signed else _("合同签订以后由中选机构在这里交付。"),
        note=_acceptance(contract),
        papers=[_delivered(award, one) for one in found],
    )


def _acceptance(contract: Contract | None) -> Text:
    if contract is None or contract.status != Contract.Status.DELIVERED:
        return ""
    due_at = contract.accept_due_at
    return SafeString(f"{_('验收期限')} {moment(due_at, 'deadline')}") if due_at else ""


def _delivered(award: Award, deliverable: Deliverable) -> Paper:
    reasons = deliverable.return_reasons
    returned = _("退回理由：%(reasons)s") % {"reasons": reasons} if reasons else ""
    notes = [note for note in (deliverable.note, returned) if note]
    cards = _cards(award, deliverable, deliverable.delivered_at)
    return Paper(cards, deliverable.get_status_display(), notes)


def _rating(contract: Contract | None, acts: Acts | None) -> Section:
    is_accepted = contract is not None and contract.accepted_at is not None
    is_closed = contract is not None and contract.rated_at is not None
    due_at = contract.rating_due_at if contract and not is_closed else None
    empty = _("成果验收以后双方在这里互相评价，评价向社会公开。")
    if is_closed:
        empty = _("业主在期限内没有评价，如实记作“未评价”。")
    elif is_accepted:
        empty = _("还没有评价。")
    return Section(
        acts=acts,
        empty=empty,
        note=SafeString(f"{_('评价期限')} {moment(due_at, 'deadline')}") if due_at else "",
        is_provisional=bool(due_at and contract and contract.is_due_provisional),
        opinions=[_opinion(one) for one in ratings_of(contract)] if contract else [],
    )


def _payment(desk: Desk, contract: Contract | None) -> Section | None:
    """Return what is known of the payment, where the platform asks the winner about it."""
    if contract is None or contract.pay_due_at is None:
        return None
    answered = contract.payment_answered_at
    empty: Text = _("到期时询问中选机构是否按约收到款项；不答复的不作记录。")
    if answered is not None:
        answer = _("中选机构答复：%(answer)s") % {"answer": contract.get_payment_answer_display()}
        empty = SafeString(f"{answer} {moment(answered, 'short')}")
    elif payment_is_due(contract, desk.at).holds:
        empty = _("中选机构还没有答复是否按约收到款项。")
    has_answered = contract.payment_answer == Contract.Payment.NOT_DUE
    is_later = has_answered and contract.payer == Contract.Payer.PUBLIC
    word = _("最长付款期限") if is_later else _("付款期限")
    is_open = desk.is_agency and payment_is_not_settled(contract).holds
    return Section(
        acts=Acts([payment_act(desk, contract)]) if is_open else None,
        empty=empty,
        note=SafeString(f"{word} {moment(contract.pay_due_at, 'deadline')}"),
    )


def _opinion(evaluation: Evaluation) -> Opinion:
    words = dict(
        zip(CRITERIA, (_("质量"), _("态度"), _("时效"), _("收费"), _("诚信")), strict=True)
    )
    marks = [
        SafeString(f"{word} {stars(getattr(evaluation, name))}") for name, word in words.items()
    ]
    return Opinion(evaluation.get_side_display(), marks, evaluation.comment)


def _cards(award: Award, paper: ContractUpload | Deliverable, at: datetime) -> list[DocumentCard]:
    slug = award.tender.slug
    return [
        document_card(one, reverse("bidding:contract_document", args=[slug, one.slug]), at)
        for one in papers_of(paper)
    ]
