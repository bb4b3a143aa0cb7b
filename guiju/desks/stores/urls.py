"""Addresses of the stores."""

from django.urls import path

from guiju.desks.stores.controlled_steps import OF_OPENINGS, OF_STORES
from guiju.desks.stores.counting import STEPS as COUNT_STEPS
from guiju.desks.stores.fitting import STEPS as FITTING
from guiju.desks.stores.steps import STEPS
from guiju.desks.stores.views import (
    at_shelf,
    controlled,
    controlled_log,
    counts,
    deliveries,
    levels,
    lists,
    old_parts,
    reports,
    requests,
    requisitions,
    shelves,
    shortages,
    transfers,
    upkeep,
    worth,
)

app_name = "stores"
urlpatterns = [
    path("", requests.home, name="home"),
    path("requests/", lists.part_requests, name="request_list"),
    path("requests/<str:number>/", requests.show, name="request"),
    *(
        path(f"requests/<str:number>/{slug}", requests.act, {"slug": slug}, name=slug.replace("-", "_"))
        for slug in STEPS
    ),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<str:number>/", deliveries.delivery, name="delivery"),
    path("goods/<str:number>/", deliveries.goods, name="goods"),
    path("receive/", shelves.receive, name="receive"),
    path("shelf/", at_shelf.shelf, name="shelf"),
    path("shelf/<int:pk>/<str:slug>", at_shelf.act, name="shelf_act"),
    path("picking/", worth.picking, name="picking"),
    path("missing/", shortages.board, name="shortages"),
    path("valuation/", worth.valuation, name="valuation"),
    path("stock/", lists.stock, name="stock"),
    path("moves/", lists.moves, name="moves"),
    path("parts/<int:pk>/", shelves.part, name="part"),
    *(
        path(f"parts/<int:pk>/{slug}", shelves.fit, {"slug": slug}, name=f"part_{slug.replace('-', '_')}")
        for slug in FITTING
    ),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/on-the-way/", transfers.on_the_way, name="on_the_way"),
    path("transfers/ask/", transfers.ask, name="ask_transfer"),
    path("transfers/<str:number>/", transfers.transfer, name="transfer"),
    *(
        path(f"transfers/<str:number>/{slug}", transfers.act, {"slug": slug}, name=f"transfer_{slug}")
        for slug in transfers.STEPS
    ),
    path("requisitions/", requisitions.requisitions, name="requisitions"),
    path("requisitions/ask/", requisitions.ask, name="ask_requisition"),
    path("requisitions/<str:number>/", requisitions.requisition, name="requisition"),
    *(
        path(f"requisitions/<str:number>/{slug}", requisitions.act, {"slug": slug}, name=f"requisition_{slug}")
        for slug in requisitions.STEPS
    ),
    path("levels/", levels.home, name="levels"),
    path("levels/stores/<int:pk>/plan", levels.plan, name="plan"),
    path("levels/stores/<int:pk>/least", levels.least, name="least"),
    path("levels/stores/<int:pk>/order", levels.order, name="order_lacking"),
    path("levels/stores/<int:pk>/fetch", levels.fetch, name="fetch_lacking"),
    path("levels/<int:pk>/", levels.show, name="level"),
    *(path(f"levels/<int:pk>/{slug}", levels.act, {"slug": slug}, name=f"{slug}_level") for slug in levels.STEPS),
    path("controlled/", controlled.home, name="controlled"),
    path("controlled/new", controlled.new, name="controlled_new"),
    path("controlled/log/", controlled_log.log, name="controlled_log"),
    path("controlled/<int:pk>/", controlled.store, name="controlled_store"),
    *(
        path(f"controlled/<int:pk>/{slug}", controlled.act_on_store, {"slug": slug}, name=f"controlled_store_{slug}")
        for slug in OF_STORES
    ),
    path("controlled/grants/<int:pk>/end", controlled.end_grant, name="controlled_grant_end"),
    path("controlled/openings/<str:number>/paper", controlled_log.record, name="controlled_paper"),
    path("controlled/openings/<str:number>/", controlled.opening, name="controlled_opening"),
    *(
        path(
            f"controlled/openings/<str:number>/{slug}",
            controlled.act,
            {"slug": slug},
            name=f"controlled_{slug.replace('-', '_')}",
        )
        for slug in OF_OPENINGS
    ),
    path("old-parts/", lists.old_parts, name="old_parts"),
    path("counts/", counts.counts, name="counts"),
    path("counts/plan/", counts.plan, name="count_plan"),
    path("counts/<str:number>/", counts.count, name="count"),
    path("counts/<str:number>/sheet", counts.sheet, name="count_sheet"),
    path("counts/<str:number>/shelf/", counts.shelf, name="count_shelf"),
    *(
        path(f"counts/<str:number>/shelf/{slug}", counts.at_shelf, {"slug": slug}, name=f"count_shelf_{slug}")
        for slug in ("open", "scan", "tally", "finish", "leave")
    ),
    *(
        path(f"counts/<str:number>/{slug}", counts.act, {"slug": slug}, name=f"count_{slug.replace('-', '_')}")
        for slug in COUNT_STEPS
    ),
    path("old-parts/<int:pk>/", old_parts.old_part, name="old_part"),
    path("old-parts/<int:pk>/<str:slug>", old_parts.act, name="old_part_act"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/paper", reports.paper, name="report_paper"),
    path("reports/<int:pk>/confirm", reports.confirm, name="confirm_report"),
    path("returns/", old_parts.returns, name="returns"),
    path("returns/<int:pk>/", old_parts.batch, name="batch"),
    path("returns/<int:pk>/receive", old_parts.receive, name="receive_batch"),
    path("itself/", upkeep.home, name="upkeep"),
    path("itself/<int:pk>/", upkeep.room, name="upkeep_room"),
    *(path(f"itself/<int:pk>/{slug}", upkeep.act, {"slug": slug}, name=f"upkeep_{slug}") for slug in upkeep.OF_ROOMS),
    path("itself/inspections/<int:pk>/paper", upkeep.paper, name="upkeep_paper"),
    path("itself/inspections/<int:pk>/inspect", upkeep.inspect, name="upkeep_inspect"),
    path("itself/readings/<int:pk>/act", upkeep.act_on, name="upkeep_act_on"),
    path("itself/fire/<int:pk>/check", upkeep.check, name="upkeep_check"),
]
