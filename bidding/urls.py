"""Addresses of bidding."""

from django.urls import path

from bidding.views import (
    agencies,
    agency,
    approvals,
    awards,
    buyer,
    contacts,
    contracts,
    dossiers,
    halls,
    items,
    openings,
    operator,
    orders,
    owners,
    questions,
    receipts,
)
from marketplace.views.shared import shared

app_name = "bidding"

urlpatterns = [
    path("tenders/", shared(orders.TenderListView.as_view()), name="tender_list"),
    path("tenders.csv", orders.TenderCsvView.as_view(), name="tender_csv"),
    path("tenders/<str:code>/", orders.TenderView.as_view(), name="tender"),
    path("tenders/<str:code>/contact/", contacts.TenderContact.as_view(), name="tender_contact"),
    path("tenders/<str:code>/ask/", questions.Ask.as_view(), name="question_ask"),
    path("tenders/<str:code>/opening/", openings.OpeningPage.as_view(), name="tender_opening"),
    path("tenders/<str:code>/verify/", orders.TenderVerifyView.as_view(), name="tender_verify"),
    path("tenders/<str:code>/evidence.json", orders.tender_evidence, name="tender_evidence"),
    path("tenders/<str:code>/bid/", agency.BidView.as_view(), name="bid"),
    path("tenders/<str:code>/bid/receipts/", receipts.Receipts.as_view(), name="bid_receipts"),
    path(
        "tenders/<str:code>/bid/receipts/<int:version>.json",
        receipts.ReceiptFile.as_view(),
        name="bid_receipt",
    ),
    path("tenders/<str:code>/bid/withdraw/", agency.BidWithdraw.as_view(), name="bid_withdraw"),
    path("tenders/<str:code>/bid/decline/", agency.BidDecline.as_view(), name="bid_decline"),
    path("tenders/<str:code>/hall/", halls.HallView.as_view(), name="hall"),
    path("tenders/<str:code>/hall/events.json", halls.hall_events, name="hall_events"),
    path("tenders/<str:code>/hall/quote/", halls.QuoteView.as_view(), name="quote"),
    path("tenders/<str:code>/letter/", contracts.award_letter, name="award_letter"),
    path("regulator/agencies/<slug:slug>/", dossiers.Dossier.as_view(), name="dossier"),
    path("owners/<slug:slug>/", owners.OwnerView.as_view(), name="owner"),
    path("awards/", shared(awards.AwardListView.as_view()), name="award_list"),
    path("awards.csv", awards.AwardCsvView.as_view(), name="award_csv"),
    path("contracts.csv", awards.ContractCsvView.as_view(), name="contract_csv"),
    path("approvals/", shared(approvals.ApprovalListView.as_view()), name="approval_list"),
    path("approvals/<slug:code>/", shared(approvals.ApprovalView.as_view()), name="approval"),
    path("items/", shared(items.ItemListView.as_view()), name="item_list"),
    path("items.csv", items.ItemCsvView.as_view(), name="item_csv"),
    path("items/<str:code>/", shared(items.ItemView.as_view()), name="item"),
    path("agencies.csv", agencies.AgencyCsvView.as_view(), name="agency_csv"),
    path("agencies/", shared(agencies.AgencyListView.as_view()), name="agency_list"),
    path(
        "agencies/publicity/",
        shared(agencies.AgencyPublicityView.as_view()),
        name="agency_publicity",
    ),
    path(
        "agencies/departments/",
        shared(agencies.AgencyDepartmentsView.as_view()),
        name="agency_departments",
    ),
    path("agencies/<str:slug>/contact/", contacts.AgencyContact.as_view(), name="agency_contact"),
    path("agencies/<str:slug>/", shared(agencies.AgencyView.as_view()), name="agency"),
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
    path("operator/openings/<str:slug>/", openings.GiveShare.as_view(), name="operator_give_share"),
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
    path("contracts/<str:slug>/report/", contracts.BuyerReport.as_view(), name="buyer_report"),
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
