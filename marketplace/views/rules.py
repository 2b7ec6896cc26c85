"""The manager's rulebook: propose a value, see whom it touches, let another person confirm it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import proposals as actions
from marketplace.actions.parameters import RulesRefused
from marketplace.forms.rules import RuleForm, RulesFileForm
from marketplace.guards.proposals import (
    may_confirm_rule,
    may_withdraw_rule,
    rules_would_take_it,
    version_of_proposal,
)
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import rules_in_force
from marketplace.kernel.verdicts import Refused
from marketplace.kernel.versions import Version
from marketplace.models import Division, RuleProposal
from marketplace.pages.proposals import effect_of, proposal_lines, rows_as_json
from marketplace.permissions import can_decide_rule, can_see_rule_proposals
from marketplace.questions import touched_by_rules
from marketplace.reference import Parameter as Row
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.views import PartyView

HISTORY = 50


class Proposals(PartyView):
    """What waits for a second person, and what was decided before."""

    def is_allowed(self) -> bool:
        return can_see_rule_proposals(self.party)

    def get(self, _request: HttpRequest) -> HttpResponse:
        rows = RuleProposal.objects.within(self.party.organization.division).with_relations()
        return self.page(
            "marketplace/rule_proposals.html",
            waiting=proposal_lines(rows.waiting()),
            decided=proposal_lines(rows.exclude(settled_at=None)[:HISTORY]),
        )


class RulesOut(PartyView):
    """The own area's stored values as JSON, in the form that is taken in."""

    def is_allowed(self) -> bool:
        return can_see_rule_proposals(self.party)

    def get(self, _request: HttpRequest) -> HttpResponse:
        own = Division.objects.within(self.party.organization.division)
        rows = Parameter.objects.filter(division__in=own)
        return HttpResponse(
            json.dumps({"rules": rows_as_json(rows)}, ensure_ascii=False, indent=1),
            content_type="application/json",
            headers={"Content-Disposition": 'attachment; filename="rules.json"'},
        )


class Propose(AskingView):
    """Propose one value."""

    said = "marketplace/rules_proposed"
    form_class: type[BaseForm] = RuleForm
    template = "marketplace/rule_new.html"

    def is_allowed(self) -> bool:
        return can_see_rule_proposals(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        areas = Division.objects.within(self.party.organization.division)
        return RuleForm(*posted[:1], areas=areas, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, RuleForm | RulesFileForm)  # noqa: S101 - made by `form`
        return {"rows": form.rows()}

    def act(self, **given: Any) -> list[RuleProposal]:
        if not self.covers(given["rows"]):
            raise PermissionDenied
        return actions.propose_rules(**given, **self.hand)

    def explain(self, form: BaseForm, refused: Refused) -> None:
        """Show what the rules refuse beside its field, or above the form with row and column."""
        if not isinstance(refused, RulesRefused):
            super().explain(form, refused)
            return
        for finding in refused.findings:
            name = finding.column if finding.column in form.fields else None
            form.add_error(name, finding.verdict.refusal if name else str(finding))

    def covers(self, rows: Iterable[Row]) -> bool:
        """Tell whether every row is of the own area; of a file with another's, nothing is kept."""
        codes = {row.scope for row in rows}
        areas = Division.objects.filter(code__in=codes)
        return all(can_decide_rule(self.party, area) for area in areas)

    def words(self, done: list[RuleProposal]) -> dict[str, Any]:
        return {"count": len(done)}

    def where(self, done: list[RuleProposal]) -> str:
        if len(done) == 1:
            return reverse("marketplace:rule_proposal", args=[done[0].slug])
        return reverse("marketplace:rule_proposals")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(self.template, status=status, form=form)


class ProposeFile(Propose):
    """Propose the values of a JSON file, all or none."""

    template = "marketplace/rules_in.html"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return RulesFileForm(*posted[:1], **options)


class Proposal(PartyView):
    """One proposal: what it changes, whom it touches, and who may confirm it."""

    hides_existence = True
    proposal: RuleProposal

    def load(self, **kwargs: Any) -> None:
        self.proposal = get_object_or_404(
            RuleProposal.objects.with_relations(), slug=kwargs["slug"]
        )

    def is_allowed(self) -> bool:
        return can_decide_rule(self.party, self.proposal.division)

    def version(self) -> Version:
        return version_of_proposal(self.proposal)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()

    def show(self, form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        row = self.proposal
        is_open = row.settled_at is None
        findings = actions.findings_of([actions.row_of(row)], self.at) if is_open else ()
        user = self.party.user
        return self.page(
            "marketplace/rule_proposal.html",
            status=status,
            form=form,
            effect=effect_of(row, rules_in_force(row.division, day_of(self.at))),
            touched=touched_by_rules(row.division),
            confirm=(*may_confirm_rule(row, user), rules_would_take_it(findings)),
            withdraw=may_withdraw_rule(row, user),
        )


class Confirm(Proposal, ActView):
    """Confirm a proposal as the second person; by POST only."""

    said = "marketplace/rule_confirmed"

    get = ActView.http_method_not_allowed  # type: ignore[assignment]

    def act(self, **given: Any) -> RuleProposal:
        return actions.confirm_rule(proposal=self.proposal, **given, **self.hand)

    def words(self, done: RuleProposal) -> dict[str, Any]:
        return {"proposal": done}

    def where(self, done: RuleProposal) -> str:
        return reverse("marketplace:rule_proposal", args=[done.slug])


class Withdraw(Confirm):
    """Take an own proposal back; by POST only."""

    said = "marketplace/rule_withdrawn"

    def act(self, **given: Any) -> RuleProposal:
        return actions.withdraw_rule(proposal=self.proposal, **given, **self.hand)
