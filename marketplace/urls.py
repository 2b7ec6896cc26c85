"""Addresses of marketplace."""

from django.urls import path

from marketplace.views import (
    admissions,
    demo,
    display,
    health,
    inbox,
    laws,
    members,
    operator,
    registration,
    rulebook,
    rules,
    styleguide,
    workbench,
)
from marketplace.views.shared import shared

app_name = "marketplace"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.figures, name="metrics"),
    path("register/agency/", registration.RegisterAgency.as_view(), name="register_agency"),
    path("register/buyer/", registration.RegisterBuyer.as_view(), name="register_buyer"),
    path("buyer/facts/", registration.BuyerFacts.as_view(), name="buyer_facts"),
    path("workbench/", workbench.workbench, name="workbench"),
    path("workbench/switch/", workbench.Switch.as_view(), name="switch"),
    path("inbox/", inbox.Inbox.as_view(), name="inbox"),
    path("inbox/<slug:slug>/", inbox.MessagePage.as_view(), name="message"),
    path("members/", members.Members.as_view(), name="members"),
    path("members/<str:pk>/end/", members.EndMembership.as_view(), name="membership_end"),
    path("invitations/<slug:slug>/", members.InvitationPage.as_view(), name="invitation"),
    path(
        "invitations/<slug:slug>/withdraw/",
        members.WithdrawInvitation.as_view(),
        name="invitation_withdraw",
    ),
    path(
        "invitations/<slug:slug>/confirm/",
        members.ConfirmInvitation.as_view(),
        name="invitation_confirm",
    ),
    path("admission/", admissions.Admission.as_view(), name="admission"),
    path("admission/facts/", admissions.FactsStep.as_view(), name="admission_facts"),
    path(
        "admission/qualifications/",
        admissions.QualificationsStep.as_view(),
        name="admission_qualifications",
    ),
    path(
        "admission/qualifications/<str:pk>/remove/",
        admissions.QualificationRemove.as_view(),
        name="qualification_remove",
    ),
    path(
        "admission/practitioners/",
        admissions.PractitionersStep.as_view(),
        name="admission_practitioners",
    ),
    path(
        "admission/practitioners/<str:pk>/remove/",
        admissions.PractitionerRemove.as_view(),
        name="practitioner_remove",
    ),
    path("admission/commitment/", admissions.CommitmentStep.as_view(), name="admission_commitment"),
    path("admission/withdraw/", admissions.Withdrawal.as_view(), name="admission_withdraw"),
    path("admission/reapply/", admissions.Readmission.as_view(), name="admission_reapply"),
    path("operator/admissions/", operator.AdmissionQueue.as_view(), name="admission_queue"),
    path(
        "operator/admissions/<slug:slug>/",
        operator.AdmissionCheck.as_view(),
        name="admission_check",
    ),
    path(
        "operator/admissions/<slug:slug>/approve/",
        operator.ApproveAdmission.as_view(),
        name="admission_approve",
    ),
    path(
        "operator/admissions/<slug:slug>/return/",
        operator.ReturnAdmission.as_view(),
        name="admission_return",
    ),
    path(
        "operator/admissions/<slug:slug>/uphold/",
        operator.UpholdObjection.as_view(),
        name="objection_uphold",
    ),
    path(
        "operator/admissions/<slug:slug>/rule-out/",
        operator.RuleOutNamesakes.as_view(),
        name="namesakes_rule_out",
    ),
    path("manager/rules/", rules.Proposals.as_view(), name="rule_proposals"),
    path("manager/rules/new/", rules.Propose.as_view(), name="rule_new"),
    path("manager/rules/file/", rules.ProposeFile.as_view(), name="rules_in"),
    path("manager/rules/rules.json", rules.RulesOut.as_view(), name="rules_out"),
    path("manager/rules/<slug:slug>/", rules.Proposal.as_view(), name="rule_proposal"),
    path("manager/rules/<slug:slug>/confirm/", rules.Confirm.as_view(), name="rule_confirm"),
    path("manager/rules/<slug:slug>/withdraw/", rules.Withdraw.as_view(), name="rule_withdraw"),
    path("rules/", shared(rulebook.rulebook), name="rulebook"),
    path("rules/rules.csv", rulebook.rulebook_csv, name="rulebook_csv"),
    path("rules/<slug:sha256>/", shared(rulebook.rulebook_version), name="rulebook_version"),
    path("rules/<slug:sha256>/content.json", rulebook.rulebook_content, name="rulebook_content"),
    path("laws/", shared(laws.law_list), name="law_list"),
    path("laws/<slug:slug>/", shared(laws.law), name="law"),
    path("manager/sources/", laws.LapsedSources.as_view(), name="lapsed_sources"),
    path("demo/clock/", demo.DemoClock.as_view(), name="demo_clock"),
    path("display/", display.display, name="display"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/<str:frame>/", styleguide.styleguide, name="styleguide_frame"),
]
