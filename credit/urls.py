"""Addresses of credit."""

from django.urls import path

from credit.views import findings, own, public, regulator
from marketplace.views.shared import shared

app_name = "credit"

urlpatterns = [
    path("credit/", shared(public.RestrictionList.as_view()), name="restriction_list"),
    path("credit.csv", public.RestrictionCsv.as_view(), name="restriction_csv"),
    path("credit/decisions/<slug:slug>/", public.decision, name="decision"),
    path("credit/record/", own.OwnRecord.as_view(), name="own_record"),
    path("credit/record/score/", own.OwnScore.as_view(), name="own_score"),
    path("credit/record/cases/<slug:slug>/", own.OwnCase.as_view(), name="own_case"),
    path(
        "credit/cases/<slug:slug>/documents/<slug:document>/",
        own.CaseDocument.as_view(),
        name="case_document",
    ),
    path("regulator/cases/", regulator.CaseList.as_view(), name="case_list"),
    path("regulator/cases/new/", regulator.CaseNew.as_view(), name="case_new"),
    path("regulator/cases/<slug:slug>/", regulator.CasePage.as_view(), name="case"),
    path("regulator/cases/<slug:slug>/decide/", regulator.CaseDecide.as_view(), name="case_decide"),
    path(
        "regulator/cases/<slug:slug>/dismiss/", regulator.CaseDismiss.as_view(), name="case_dismiss"
    ),
    path("regulator/cases/<slug:slug>/revoke/", regulator.CaseRevoke.as_view(), name="case_revoke"),
    path("regulator/findings/<slug:slug>/", findings.FindingPage.as_view(), name="finding"),
    path("regulator/standing/", regulator.StandingList.as_view(), name="standing_list"),
]
