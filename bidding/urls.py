"""Addresses of bidding."""

from django.urls import path

from bidding.views import public

app_name = "bidding"

urlpatterns = [
    path("tenders/", public.TenderListView.as_view(), name="tender_list"),
    path("tenders/<str:code>/", public.TenderView.as_view(), name="tender"),
    path("tenders/<str:code>/verify/", public.TenderVerifyView.as_view(), name="tender_verify"),
    path("tenders/<str:code>/evidence.json", public.tender_evidence, name="tender_evidence"),
    path("awards/", public.AwardListView.as_view(), name="award_list"),
    path("items/", public.ItemListView.as_view(), name="item_list"),
    path("items/<str:code>/", public.ItemView.as_view(), name="item"),
    path("agencies/", public.AgencyListView.as_view(), name="agency_list"),
    path("agencies/<str:slug>/", public.AgencyView.as_view(), name="agency"),
]
