"""Addresses of bidding."""

from django.urls import path

from bidding.views import (
    agency,
    approvals,
    buyer,
    complaints,
    contacts,
    contracts,
    disputes,
    disputes_officer,
    operator,
    public,
    questions,
    reports,
)
from marketplace.views.shared import shared

app_name = "bidding"

urlpatterns = [
    path("tenders/", shared(public.TenderListView.as_view()), name="tender_list"),
    path("tenders.csv", public.TenderCsvView.as_view(), name="tender_csv"),
    path("tenders/<str:code>/", public.TenderView.as_view(), name="tender"),
    path("tenders/<str:code>/contact/", contacts.TenderContact.as_view(), name="tender_contact"),
    path("tenders/<str:code>/ask/", questions.Ask.as_view(), name="question_ask"),
    path("tenders/<str:code>/verify/", public.TenderVerifyView.as_view(), name="tender_verify"),
    path("tenders/<str:code>/evidence.json", public.tender_evidence, name="tender_evidence"),
    path("tenders/<str:code>/bid/", agency.BidView.as_view(), name="bid"),
    path("tenders/<str:code>/bid/withdraw/", agency.BidWithdraw.as_view(), name="bid_withdraw"),
    path("tenders/<str:code>/bid/decline/", agency.BidDecline.as_view(), name="bid_decline"),
    path("tenders/<str:code>/letter/", contracts.award_letter, name="award_letter"),
    path("awards/", shared(public.AwardListView.as_view()), name="award_list"),
    path("awards.csv", public.AwardCsvView.as_view(), name="award_csv"),
    path("contracts.csv", public.ContractCsvView.as_view(), name="contract_csv"),
    path("approvals/", shared(approvals.ApprovalListView.as_view()), name="approval_list"),
    path("approvals/<slug:code>/", shared(approvals.ApprovalView.as_view()), name="approval"),
    path("items/", shared(public.ItemListView.as_view()), name="item_list"),
    path("items.csv", public.ItemCsvView.as_view(), name="item_csv"),
    path("items/<str:code>/", shared(public.ItemView.as_view()), name="item"),
    path("agencies.csv", public.AgencyCsvView.as_view(), name="agency_csv"),
    path("agencies/", shared(public.AgencyListView.as_view()), name="agency_list"),
    path(
        "agencies/publicity/", shared(public.AgencyPublicityView.as_view()), name="agency_publicity"
    ),
    path(
        "agencies/departments/",
        shared(public.AgencyDepartmentsView.as_view()),
        name="agency_departments",
    ),
    path("agencies/<str:slug>/contact/", contacts.AgencyContact.as_view(), name="agency_contact"),
    path("agencies/<str:slug>/", shared(public.AgencyView.as_view()), name="agency"),
    path("agency/matches/", agency.AgencyMatches.as_view(), name="agency_matches"),
    path("agency/items/", agency.AgencyItems.as_view(), name="agency_items"),
    path("agency/bids/", agency.AgencyBids.as_view(), name="agency_bids"),
    path("buyer/tenders/", buyer.BuyerTenders.as_view(), name="buyer_tenders"),
    path("buyer/tenders/new/", buyer.TenderNew.as_view(), name="tender_new"),
    path("buyer/tenders/new/preview/", buyer.TenderNewPreview.as_view(), name="tender_new_preview"),
    path("buyer/tenders/<str:slug>/", buyer.BuyerTender.as_view(), name="buyer_tender"),
    path(
        "buyer/tenders/<str:slug>/questions/<str:question>/",
        questions.Answer.as_view(),
        name="question_answer",
    ),
    path("buyer/tenders/<str:slug>/submit/", buyer.TenderSubmit.as_view(), name="tender_submit"),
    path("buyer/tenders/<str:slug>/cancel/", buyer.TenderCancel.as_view(), name="tender_cancel"),
    path("buyer/tenders/<str:slug>/rerun/", buyer.TenderRerun.as_view(), name="tender_rerun"),
    path(
        "buyer/tenders/<str:slug>/take-back/",
        buyer.TenderTakeBack.as_view(),
        name="tender_take_back",
    ),
    path("buyer/tenders/<str:slug>/delete/", buyer.TenderDelete.as_view(), name="tender_delete"),
    path("buyer/tenders/<str:slug>/copy/", buyer.TenderCopy.as_view(), name="tender_copy"),
    path("buyer/tenders/<str:slug>/edit/item/", buyer.TenderItem.as_view(), name="tender_item"),
    path("buyer/tenders/<str:slug>/edit/check/", buyer.TenderCheck.as_view(), name="tender_check"),
    path(
        "buyer/tenders/<str:slug>/edit/<str:step>/", buyer.TenderEdit.as_view(), name="tender_edit"
    ),
    path(
        "buyer/tenders/<str:slug>/preview/<str:step>/",
        buyer.TenderPreview.as_view(),
        name="tender_preview",
    ),
    path("operator/tenders/", operator.OperatorTenders.as_view(), name="operator_tenders"),
    path("operator/tenders/<str:slug>/", operator.OperatorTender.as_view(), name="operator_tender"),
    path(
        "operator/tenders/<str:slug>/return/",
        operator.OperatorReturn.as_view(),
        name="operator_return",
    ),
    path(
        "operator/tenders/<str:slug>/approve/",
        operator.OperatorApprove.as_view(),
        name="operator_approve",
    ),
    path(
        "operator/tenders/<str:slug>/publish/",
        operator.OperatorPublish.as_view(),
        name="operator_publish",
    ),
    path(
        "operator/tenders/<str:slug>/register/",
        operator.OperatorRegister.as_view(),
        name="operator_register",
    ),
    path("complaints/", shared(complaints.Complaints.as_view()), name="complaints"),
    path("complaints.csv", complaints.ComplaintsCsv.as_view(), name="complaints_csv"),
    path("complaints/<str:number>/", shared(complaints.complaint), name="complaint"),
    path("reports/", reports.ReportFind.as_view(), name="report_find"),
    path("reports/new/", reports.ReportNew.as_view(), name="report_new"),
    path("reports/<str:receipt>/", reports.ReportStatus.as_view(), name="report_status"),
    path("operator/reports/", reports.Reports.as_view(), name="reports"),
    path("operator/reports/<slug:slug>/", reports.ReportAnswer.as_view(), name="report_answer"),
    path("disputes/", disputes.OwnDisputes.as_view(), name="own_disputes"),
    path("disputes/new/", disputes.DisputeAbout.as_view(), name="dispute_about"),
    path(
        "disputes/new/<slug:matter>/<slug:key>/",
        disputes.DisputeNew.as_view(),
        name="dispute_new",
    ),
    path("disputes/<slug:slug>/", disputes.OwnDispute.as_view(), name="own_dispute"),
    path("disputes/<slug:slug>/answer/", disputes.DisputeAnswer.as_view(), name="dispute_answer"),
    path(
        "disputes/<slug:slug>/complain/",
        disputes.DisputeComplain.as_view(),
        name="dispute_complain",
    ),
    path("disputes/<slug:slug>/settle/", disputes.DisputeSettle.as_view(), name="dispute_settle"),
    path(
        "disputes/<slug:slug>/withdraw/",
        disputes.DisputeWithdraw.as_view(),
        name="dispute_withdraw",
    ),
    path(
        "disputes/<slug:slug>/documents/<slug:document>/",
        disputes.DisputeDocument.as_view(),
        name="dispute_document",
    ),
    path("operator/disputes/", disputes_officer.Disputes.as_view(), name="disputes"),
    path("operator/disputes/<slug:slug>/", disputes_officer.DisputePage.as_view(), name="dispute"),
    path(
        "operator/disputes/<slug:slug>/accept/",
        disputes_officer.DisputeAccept.as_view(),
        name="dispute_accept",
    ),
    path(
        "operator/disputes/<slug:slug>/refuse/",
        disputes_officer.DisputeRefuse.as_view(),
        name="dispute_refuse",
    ),
    path(
        "operator/disputes/<slug:slug>/decide/",
        disputes_officer.DisputeDecide.as_view(),
        name="dispute_decide",
    ),
    path(
        "operator/disputes/<slug:slug>/close/",
        disputes_officer.DisputeClose.as_view(),
        name="dispute_close",
    ),
    path(
        "operator/disputes/<slug:slug>/recuse/",
        disputes_officer.DisputeRecuse.as_view(),
        name="dispute_recuse",
    ),
    path("contracts/", contracts.Contracts.as_view(), name="contracts"),
    path("contracts/<str:slug>/", contracts.ContractPage.as_view(), name="contract"),
    path(
        "contracts/<str:slug>/upload/",
        contracts.ContractUploadView.as_view(),
        name="contract_upload",
    ),
    path(
        "contracts/<str:slug>/confirm/",
        contracts.ContractConfirm.as_view(),
        name="contract_confirm",
    ),
    path(
        "contracts/<str:slug>/reject/", contracts.ContractReject.as_view(), name="contract_reject"
    ),
    path("contracts/<str:slug>/abandon/", contracts.AwardAbandon.as_view(), name="award_abandon"),
    path("contracts/<str:slug>/deliver/", contracts.Deliver.as_view(), name="deliver"),
    path(
        "contracts/<str:slug>/accept/", contracts.AcceptDelivery.as_view(), name="accept_delivery"
    ),
    path(
        "contracts/<str:slug>/return/", contracts.ReturnDelivery.as_view(), name="return_delivery"
    ),
    path("contracts/<str:slug>/rate/", contracts.Rate.as_view(), name="rate"),
    path(
        "contracts/<str:slug>/documents/<str:document>/",
        contracts.ContractDocument.as_view(),
        name="contract_document",
    ),
]
