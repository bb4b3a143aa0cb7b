"""Addresses of the stores."""

from django.urls import path

from guiju.desks.stores.steps import STEPS
from guiju.desks.stores.views import lists, requests, shelves

app_name = "stores"
urlpatterns = [
    path("", requests.home, name="home"),
    path("requests/", lists.part_requests, name="request_list"),
    path("requests/<str:number>/", requests.show, name="request"),
    *(
        path(f"requests/<str:number>/{slug}", requests.act, {"slug": slug}, name=slug.replace("-", "_"))
        for slug in STEPS
    ),
    path("receive/", shelves.receive, name="receive"),
    path("stock/", lists.stock, name="stock"),
    path("moves/", lists.moves, name="moves"),
    path("parts/<int:pk>/", shelves.part, name="part"),
    path("old-parts/", lists.old_parts, name="old_parts"),
]
