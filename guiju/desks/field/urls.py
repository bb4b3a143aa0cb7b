"""Addresses of the desk in the field."""

from django.urls import path

from guiju.desks.field import views

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("jobs/<str:number>/pay", views.pay, name="pay"),
    path("offer", views.offer, name="offer_pouch"),
    path("deposits/<str:number>/offer", views.offer_deposit, name="offer_deposit"),
    *(
        path(f"hand-overs/<str:number>/{slug}", views.act, {"slug": slug}, name=step.verb.removeprefix("banking."))
        for slug, step in views.STEPS.items()
    ),
]
