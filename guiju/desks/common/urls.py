"""The addresses of the pages that belong to no desk."""

from django.urls import include, path
from django.views.i18n import set_language

from guiju.desks.common import design, live, orders, palette, papers, terminal, views
from guiju.desks.common.doors import public
from guiju.desks.common.listing import alarms, jobs, warnings

urlpatterns = [
    path("", views.home, name="home"),
    path("track", views.track, name="track_box"),
    path("orders/", jobs.orders, name="orders"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("orders/<str:number>/", orders.show, name="order"),
    path("orders/<str:number>/arrival/", orders.came, name="order_arrival"),
    path("orders/<str:number>/proof/", orders.proof, name="order_proof"),
    path("orders/<str:number>/promises/", orders.promises, name="order_promises"),
    path("orders/<str:number>/story/", orders.happened, name="order_story"),
    path("orders/<str:number>/pictures/<int:pk>", orders.picture, name="order_picture"),
    path("orders/<str:number>/dossier", papers.dossier, name="order_dossier"),
    path("orders/<str:number>/papers/<str:paper>.pdf", papers.show, name="order_paper"),
    path("", include("guiju.desks.common.listing.urls")),
    path("find", views.search, name="find"),
    path("design/", design.show, name="design"),
    path("palette", palette.palette, name="palette"),
    path("live", live.live, name="live"),
    path("pin/", terminal.own_pin, name="own_pin"),
    path("terminal/", terminal.switch, name="terminal_switch"),
    path("terminal/begin", terminal.begin, name="terminal_begin"),
    path("terminal/lock", terminal.lock, name="terminal_lock"),
    path("terminal/leave", terminal.leave, name="terminal_leave"),
    path("language", public(set_language), name="set_language"),
]
