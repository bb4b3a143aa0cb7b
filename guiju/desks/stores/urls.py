"""Addresses of the stores."""

from django.urls import path

from guiju.desks.stores.views import requests, shelves

app_name = "stores"
urlpatterns = [
    path("", requests.home, name="home"),
    path("requests/<str:number>/", requests.show, name="request"),
    path("requests/<str:number>/available", requests.available, name="available"),
    path("requests/<str:number>/none", requests.none, name="none"),
    path("requests/<str:number>/expect", requests.expect, name="expect"),
    path("requests/<str:number>/arrived", requests.arrived, name="arrived"),
    path("requests/<str:number>/issue", requests.issue, name="issue"),
    path("requests/<str:number>/take-back", requests.take_back, name="take_back"),
    path("requests/<str:number>/cancel", requests.cancel, name="cancel"),
    path("receive/", shelves.receive, name="receive"),
    path("stock/", shelves.stock, name="stock"),
    path("parts/<int:pk>/", shelves.part, name="part"),
    path("old-parts/", shelves.old_parts, name="old_parts"),
]
