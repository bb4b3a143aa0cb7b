"""Every address: the desks under their names, sign-in, and the API."""

from django.urls import include, path

from guiju.conf.running import health

DESKS = {
    "reception/": "guiju.desks.reception",
    "control-room/": "guiju.desks.control_room",
    "bench/": "guiju.desks.bench",
    "stores/": "guiju.desks.stores",
    "inspection/": "guiju.desks.inspection",
    "till/": "guiju.desks.till",
    "field/": "guiju.desks.field",
    "exchanges/": "guiju.desks.exchange",
    "back-office/": "guiju.desks.back_office",
    # What the customer sees; short, because it is printed on the ticket and drawn as a QR code.
    "t/": "guiju.desks.track",
    "sign/": "guiju.desks.track.signing",
    "r/": "guiju.desks.track.receipts",
    # The second screen of a till.
    "display/": "guiju.desks.till.display",
    # The published prices; printed on the leaflet in the product box and on the board.
    "p/": "guiju.desks.track.prices",
    # Where a stranger asks for a repair; and what a QR code on a door or a machine leads to.
    "request/": "guiju.desks.front_door",
    "q/": "guiju.desks.front_door.stickers",
    "api/v1/": "guiju.api",
    # Home, language, files: last, because it stands at the root.
    "": "guiju.desks.common",
}

urlpatterns = [
    path("health", health.alive, name="health"),
    path("ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("account/", include("allauth.urls")),
    *(path(prefix, include(f"{desk}.urls")) for prefix, desk in DESKS.items()),
]
# Django's own would answer 500 also when the database is only busy.
handler500 = "guiju.conf.failing.failed"
