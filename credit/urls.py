"""Addresses of credit."""

from django.urls import path

from credit.views import (
    acts,
    facts,
    findings,
    lists,
    own,
    own_acts,
    papers,
    public,
    regulator,
    schemes,
)
from marketplace.views.shared import shared

app_name = "credit"

urlpatterns = [
    path("credit/", shared(public.RestrictionList.as_view()), name="restriction_list"),
    path("credit.csv", public.RestrictionCsv.as_view(), name="restriction_csv"),
    path("credit.jws", public.signed_decisions, name="signed_decisions"),
    path("credit/decisions/<slug:slug>/", public.decision, name="decision"),
    path("credit/scheme/", shared(public.SchemePage.as_view()), name="scheme"),
    path("credit/record/", own.OwnRecord.as_view(), name="own_record"),
    path("credit/record/score/", own.OwnScore.as_view(), name="own_score"),
    path("credit/record/facts/<slug:slug>/", own_acts.OwnFact.as_view(), name="own_fact"),
    path("credit/record/cases/<slug:slug>/", own.OwnCase.as_view(), name="own_case"),
    path(
        "credit/record/cases/<slug:slug>/review/", own_acts.OwnReview.as_view(), name="own_review"
    ),
    path(
        "credit/record/cases/<slug:slug>/repair/", own_acts.OwnRepair.as_view(), name="own_repair"
    ),
    path(
        "credit/cases/<slug:slug>/papers/<slug:name>/",
        papers.CasePaper.as_view(),
        name="case_paper",
    ),
    path(
        "credit/cases/<slug:slug>/documents/<slug:document>/",
        own.CaseDocument.as_view(),
        name="case_document",
    ),
    path("regulator/cases/", regulator.CaseList.as_view(), name="case_list"),
    path("regulator/cases/board/", regulator.CaseBoard.as_view(), name="case_board"),
    path("regulator/cases/new/", regulator.CaseNew.as_view(), name="case_new"),
    path("regulator/cases/<slug:slug>/", regulator.CasePage.as_view(), name="case"),
    path("regulator/cases/<slug:slug>/notify/", acts.CaseNotify.as_view(), name="case_notify"),
    path("regulator/cases/<slug:slug>/aside/", acts.CaseAside.as_view(), name="case_aside"),
    path("regulator/cases/<slug:slug>/hearing/", acts.CaseHearing.as_view(), name="case_hearing"),
    path(
        "regulator/cases/<slug:slug>/hearing/held/",
        acts.CaseHearingHeld.as_view(),
        name="case_hearing_held",
    ),
    path("regulator/cases/<slug:slug>/decide/", acts.CaseDecide.as_view(), name="case_decide"),
    path("regulator/cases/<slug:slug>/dismiss/", acts.CaseDismiss.as_view(), name="case_dismiss"),
    path("regulator/cases/<slug:slug>/revoke/", acts.CaseRevoke.as_view(), name="case_revoke"),
    path("regulator/cases/<slug:slug>/suspend/", acts.CaseSuspend.as_view(), name="case_suspend"),
    path("regulator/cases/<slug:slug>/review/", acts.CaseReview.as_view(), name="case_review"),
    path("regulator/cases/<slug:slug>/repair/", acts.CaseRepair.as_view(), name="case_repair"),
    path(
        "regulator/cases/<slug:slug>/hand-over/", acts.CaseHandOver.as_view(), name="case_hand_over"
    ),
    path("regulator/cases/<slug:slug>/recuse/", acts.CaseRecuse.as_view(), name="case_recuse"),
    path("regulator/lists/", lists.ListImportPage.as_view(), name="list_import"),
    path("regulator/lists/peers/", lists.PeerImportPage.as_view(), name="peer_import"),
    path("regulator/facts/<slug:slug>/", facts.FactPage.as_view(), name="fact"),
    path("regulator/entries/correct/", facts.EntryCorrect.as_view(), name="entry_correct"),
    path("regulator/corrections/<slug:slug>/", facts.CorrectionPage.as_view(), name="correction"),
    path(
        "regulator/corrections/<slug:slug>/decline/",
        facts.CorrectionDecline.as_view(),
        name="correction_decline",
    ),
    path("manager/credit-scheme/", schemes.SchemeVersions.as_view(), name="scheme_versions"),
    path("manager/credit-scheme/current.json", schemes.SchemeFile.as_view(), name="scheme_file"),
    path(
        "manager/credit-scheme/<slug:slug>/",
        schemes.SchemeProposalPage.as_view(),
        name="scheme_proposal",
    ),
    path(
        "manager/credit-scheme/<slug:slug>/decline/",
        schemes.SchemeProposalDecline.as_view(),
        name="scheme_decline",
    ),
    path("regulator/findings/<slug:slug>/", findings.FindingPage.as_view(), name="finding"),
    path("regulator/standing/", regulator.StandingList.as_view(), name="standing_list"),
]
