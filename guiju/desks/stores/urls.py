"""Addresses of the stores."""

from django.urls import path

from guiju.desks.stores.steps import STEPS
from guiju.desks.stores.views import lists, requests, shelves, transfers

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
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/on-the-way/", transfers.on_the_way, name="on_the_way"),
    path("transfers/ask/", transfers.ask, name="ask_transfer"),
    path("transfers/<str:number>/", transfers.transfer, name="transfer"),
    *(
        path(f"transfers/<str:number>/{slug}", transfers.act, {"slug": slug}, name=f"transfer_{slug}")
        for slug in transfers.STEPS
    ),
    path("old-parts/", lists.old_parts, name="old_parts"),
]
