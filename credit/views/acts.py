"""The officers' acts on a case, each with a page that asks and says what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse

from credit import actions, permissions
from credit.effects import find_matter
from credit.forms.acts import (
    HandOverForm,
    HearingForm,
    MinutesForm,
    NoteForm,
    RepairDecisionForm,
    ReviewForm,
)
from credit.forms.cases import AsideForm, DismissalForm, ReasonsForm, RevocationForm
from credit.guards.decisions import may_decide_case, may_revoke_case
from credit.guards.hearings import may_announce_hearing, may_hold_hearing
from credit.guards.notices import case_is_found, may_give_notice
from credit.guards.officers import case_is_not_over, officer_is_not_recused, officer_verdicts
from credit.guards.repairs import may_decide_repair
from credit.guards.reviews import may_decide_review, may_suspend_effect
from credit.models import Case, Hearing, Repair, Review
from credit.pages import asked as pages
from credit.pages import cases
from credit.pages.acts import Asked, pending_repair, pending_review
from credit.pages.hands import colleagues_for
from credit.pages.reach import reach_of
from credit.versions import hearing_of
from credit.views.regulator import CaseView
from marketplace.guards.documents import upload_limits
from marketplace.web import asking
from marketplace.web.act_views import Confirmation as NothingMore
from marketplace.web.asking import AskedView


class CaseAsk(CaseView, AskedView):
    """An act on a case with a page of its own."""

    template = "credit/case_act.html"

    def is_allowed(self) -> bool:
        return permissions.can_decide_case(self.party, self.case)

    def with_reach(self, asked: Asked) -> Asked:
        """Return what the page says with whom the decision would touch now."""
        return replace(asked, reach=reach_of(self.case, self.at))

    def words(self, done: Any) -> dict[str, Any]:
        return {"case": self.case}

    def where(self, done: Any) -> str:
        return reverse("credit:case", args=[self.case.slug])

    def beside(self, asked: asking.Asked) -> dict[str, Any]:
        return {
            "case": self.case,
            "facts": cases.proposal_facts(self.case),
            "crumbs": cases.act_crumbs(self.case, asked.title),
        }


class CaseNotify(CaseAsk):
    """Give notice of what was found."""

    form_class, said = NothingMore, "credit/case_opened"

    def words(self, done: Case) -> dict[str, Any]:
        return {"case": done}

    def act(self, **given: Any) -> Case:
        return actions.give_notice(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        matter = find_matter(self.case.reference, self.case.organization)
        verdicts = may_give_notice(self.case, matter, self.user, self.at)
        return self.with_reach(pages.notice(self.case, verdicts))


class CaseAside(CaseAsk):
    """Give no notice."""

    form_class, said = AsideForm, "credit/case_set_aside"

    def act(self, **given: Any) -> Case:
        return actions.set_case_aside(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        found = (case_is_found(self.case), *officer_verdicts(self.case, self.user))
        return pages.aside(found)


class CaseDecide(CaseAsk):
    """Sign the decision."""

    form_class, said = ReasonsForm, "credit/decided"

    def act(self, **given: Any) -> Any:
        return actions.decide_case(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        verdicts = may_decide_case(self.case, self.user, self.at)
        return self.with_reach(pages.decision(self.case, verdicts, self.at))


class CaseDismiss(CaseAsk):
    """Close the case without a sanction."""

    form_class, said = DismissalForm, "credit/dismissed"

    def act(self, **given: Any) -> Case:
        return actions.dismiss_case(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.dismissal(may_decide_case(self.case, self.user, self.at))


class CaseRevoke(CaseAsk):
    """Take a decision back."""

    form_class, said = RevocationForm, "credit/revoked"

    def is_allowed(self) -> bool:
        return permissions.can_revoke_case(self.party, self.case)

    def act(self, **given: Any) -> Case:
        return actions.revoke_case(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.revocation(self.case, may_revoke_case(self.case, self.user, self.at))


class CaseHearing(CaseAsk):
    """Tell the party when and where it is heard."""

    form_class, said = HearingForm, "credit/hearing_announced"

    def act(self, **given: Any) -> Hearing:
        return actions.announce_hearing(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.hearing(may_announce_hearing(self.case, self.user))


class CaseHearingHeld(CaseAsk):
    """Close a hearing with its minutes."""

    form_class, said = MinutesForm, "credit/hearing_held"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        return super().form(*posted, **limits, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        given = dict(form.cleaned_data)
        papers = given.pop("papers")
        return {**given, "files": papers}

    def act(self, **given: Any) -> Case:
        return actions.hold_hearing(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        held = hearing_of(self.case) or Hearing(case=self.case)
        return pages.hearing_end(may_hold_hearing(self.case, held, self.user, self.at))


class ReviewAsk(CaseAsk):
    """An act on the review that waits."""

    review: Review

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        review = pending_review(self.case) or Review.objects.filter(case=self.case).first()
        if review is None:
            raise Http404
        self.review = review


class CaseSuspend(ReviewAsk):
    """Let the decision not bind while it is reviewed."""

    form_class, said = NoteForm, "credit/effect_suspended"

    def act(self, **given: Any) -> Any:
        return actions.suspend_effect(review=self.review, **given, **self.hand)

    def asked(self) -> Asked:
        restriction = self.case.restriction
        return pages.suspension(may_suspend_effect(self.review, restriction, self.user, self.at))


class CaseReview(ReviewAsk):
    """Decide the review."""

    form_class, said = ReviewForm, "credit/review_decided"

    def act(self, **given: Any) -> Review:
        return actions.decide_review(review=self.review, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.review(self.review, may_decide_review(self.review, self.user))


class CaseRepair(CaseAsk):
    """Grant or refuse a repair."""

    form_class, said = RepairDecisionForm, "credit/repair_decided"
    repair: Repair

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        repair = pending_repair(self.case) or self.case.repairs.first()
        if repair is None:
            raise Http404
        self.repair = repair

    def act(self, **given: Any) -> Repair:
        return actions.decide_repair(repair=self.repair, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.repair(self.repair, may_decide_repair(self.repair, self.user))


class CaseHandOver(CaseAsk):
    """Give the case to a colleague."""

    form_class, said = HandOverForm, "credit/handed_over"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return super().form(*posted, colleagues=colleagues_for(self.case), **options)

    def act(self, **given: Any) -> Case:
        return actions.hand_over(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.hand_over((case_is_not_over(self.case),))


class CaseRecuse(CaseAsk):
    """Stand back from the case."""

    form_class, said = NoteForm, "credit/recused"

    def act(self, **given: Any) -> Any:
        return actions.recuse(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.recusal((officer_is_not_recused(self.case, self.user),))
