"""Addresses of the stores."""

from django.urls import path

from guiju.desks.stores.steps import STEPS
from guiju.desks.stores.views import requests, shelves

app_name = "stores"
urlpatterns = [
    path("", requests.home, name="home"),
    path("requests/<str:number>/", requests.show, name="request"),
    *(
        path(f"requests/<str:number>/{slug}", requests.act, {"slug": slug}, name=slug.replace("-", "_"))
        for slug in STEPS
    ),
    path("receive/", shelves.receive, name="receive"),
    path("stock/", shelves.stock, name="stock"),
    path("parts/<int:pk>/", shelves.part, name="part"),
    path("old-parts/", shelves.old_parts, name="old_parts"),
]
