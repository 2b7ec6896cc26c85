"""What the two sides of an award can do on its page, now or not yet, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding import permissions
from bidding.actions.succession import what_follows
from bidding.forms.contracts import DeliveryForm, FileForm, RatingForm, RejectForm
from bidding.forms.tenders import ReasonsForm
from bidding.guards.awards import may_abandon, may_upload_contract
from bidding.guards.contracts import (
    last_deliverable,
    may_confirm,
    may_decide_delivery,
    may_deliver,
    may_reject,
)
from bidding.guards.payments import may_answer_payment
from bidding.guards.ratings import may_rate
from bidding.models import Award, Contract, ContractUpload, Deliverable, Evaluation
from bidding.outcomes import Event
from bidding.selection.methods.outcomes import AFTER
from marketplace.guards.documents import upload_limits
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Document
from marketplace.parties import Party
from marketplace.web.acts import Act, Acts
from marketplace.web.components import Text

FORMS: Mapping[str, Callable[..., BaseForm]] = {
    "contract_upload": FileForm,
    "contract_reject": ReasonsForm,
    "deliver": DeliveryForm,
    "return_delivery": ReasonsForm,
    "rate": RatingForm,
}
"""The forms on the page, by the names of the acts; a last act has a page of its own, that asks."""


WITH_FILES = frozenset({"contract_upload", "deliver"})


@dataclass(frozen=True)
class Desk:
    """Who looks at the page of which award, when, and which form was sent and refused."""

    award: Award
    party: Party
    at: datetime
    sent: Mapping[str, BaseForm] = field(default_factory=dict)

    @property
    def contract(self) -> Contract | None:
        return getattr(self.award, "contract", None)

    @property
    def is_buyer(self) -> bool:
        return permissions.can_act_as_buyer(self.party, self.award)

    @property
    def is_agency(self) -> bool:
        return permissions.can_act_as_agency(self.party, self.award)

    @property
    def side(self) -> str:
        return Evaluation.Side.BUYER if self.is_buyer else Evaluation.Side.AGENCY

    def form_of(
        self, name: str, *posted: Any, initial: Mapping[str, Any] | None = None
    ) -> BaseForm:
        """Return the form of an act; ids are its own, since a page may hold several forms."""
        options: dict[str, Any] = {"initial": initial, "auto_id": f"id_{name}_%s"}
        if name in WITH_FILES:
            options |= upload_limits(self.party.organization, self.at)
        if name == "contract_reject" and self.is_agency:
            return RejectForm(*posted, **options)
        return FORMS[name](*posted, **options)

    def act(
        self,
        name: str,
        label: Text,
        verdicts: tuple[Verdict, ...],
        *,
        summary: Text = "",
        kind: str = "primary",
        initial: Mapping[str, Any] | None = None,
    ) -> Act:
        """Return one act, with the form that was sent and refused or a new one."""
        form = self.sent.get(name)
        if form is None and name in FORMS:
            form = self.form_of(name, initial=initial)
        url = reverse(f"bidding:{name}", args=[self.award.tender.slug])
        return Act(name, label, url, verdicts, form, summary, kind)


def contract_acts(desk: Desk) -> dict[str, Acts]:
    """
    Return the acts of the reader's side by section; none for who is on neither.

    What is finished offers nothing more, unless a form came too late: it keeps what was typed.
    """
    if not (desk.is_buyer or desk.is_agency):
        return {}
    over = _finished(desk.award, desk.contract)
    sections: dict[str, Iterable[Act]] = {
        "contract": _on_the_text(desk),
        "delivery": _on_the_result(desk),
        "rating": [rate_act(desk)],
        "award": [abandon_act(desk)] if desk.is_agency else [],
    }
    return {
        name: Acts([act for act in acts if name not in over or act.name in desk.sent])
        for name, acts in sections.items()
    }


def _finished(award: Award, contract: Contract | None) -> set[str]:
    """Return the sections in which nothing can be done any more, by neither side."""
    if award.status == Award.Status.CANCELLED:
        return {"contract", "delivery", "rating", "award"}
    ends = {
        "contract": contract and contract.signed_at,
        "award": contract and contract.signed_at,
        "delivery": contract and contract.accepted_at,
        "rating": contract and contract.archived_at,
    }
    return {name for name, at in ends.items() if at}


def _on_the_text(desk: Desk) -> Iterator[Act]:
    award, unit = desk.award, desk.party.organization
    yield confirm_act(desk)
    yield desk.act(
        "contract_reject",
        _("退回合同文本"),
        may_reject(award, desk.contract, unit, desk.at),
        summary=_("退回合同文本"),
        kind="danger",
    )
    yield desk.act("contract_upload", _("上传合同"), may_upload_contract(award, unit, desk.at))


def _on_the_result(desk: Desk) -> Iterator[Act]:
    if desk.is_agency:
        yield desk.act("deliver", _("交付成果"), may_deliver(desk.contract, desk.at))
        return
    yield accept_act(desk)
    yield desk.act(
        "return_delivery",
        _("退回成果"),
        accept_act(desk).verdicts,
        summary=_("退回更正"),
        kind="danger",
    )


def confirm_act(desk: Desk) -> Act:
    """Return the act that signs the contract."""
    unit, by = desk.party.organization, desk.party.user
    verdicts = may_confirm(desk.award, desk.contract, unit, by, desk.at)
    return desk.act("contract_confirm", _("确认合同"), verdicts)


def accept_act(desk: Desk) -> Act:
    """Return the act that ends the service."""
    contract, by = desk.contract, desk.party.user
    given = last_deliverable(contract) if contract else None
    verdicts = may_decide_delivery(contract, given, by, desk.at)
    return desk.act("accept_delivery", _("验收成果"), verdicts)


def abandon_act(desk: Desk) -> Act:
    """Return the act that gives the award up."""
    verdicts = may_abandon(desk.award, desk.at)
    return desk.act("award_abandon", _("放弃中选"), verdicts, kind="danger")


def report_act(desk: Desk) -> Act:
    """Return the act by which the winner says what the buyer did; which, its page asks."""
    return desk.act("buyer_report", _("反映项目业主的问题"), (), kind="secondary")


def payment_act(desk: Desk, contract: Contract) -> Act:
    """Return the act by which the winner answers whether it was paid; its page asks."""
    verdicts = may_answer_payment(contract, desk.at)
    return desk.act("payment_answer", _("答复是否收到款项"), verdicts)


def after_giving_up(award: Award, at: datetime) -> Text:
    """Return what the notice says of an award that its winner gives up now."""
    return AFTER[Event.ABANDONED, what_follows(award, Event.ABANDONED, at)]


def rate_act(desk: Desk) -> Act:
    """Return the rating, filled in with the own one when that is amended."""
    contract = desk.contract
    verdicts = may_rate(contract, desk.side, desk.party.user, desk.at)
    own = own_rating(contract, desk.side) if contract else None
    names = RatingForm.base_fields
    initial = {name: getattr(own, name) for name in names} if own else None
    label = _("修改评价") if own else _("提交评价")
    return desk.act("rate", label, verdicts, initial=initial)


def own_rating(contract: Contract, side: str) -> Evaluation | None:
    """Return what a side has rated so far, its latest version, or None."""
    return contract.evaluations.current().filter(side=side).first()


def document_of(contract: Contract, slug: str) -> Document | None:
    """Return the document `slug` if it belongs to `contract`, or None."""
    own = Q()
    for papers in (contract.uploads, contract.deliverables):
        own |= Q(pk__in=papers.values("document")) | Q(pk__in=papers.values("attachments"))
    return Document.objects.filter(own, slug=slug).first()


def papers_of(paper: ContractUpload | Deliverable) -> list[Document]:
    """Return a text or result with what is attached to it, in the order in which it came."""
    return [paper.document, *paper.attachments.all()]
