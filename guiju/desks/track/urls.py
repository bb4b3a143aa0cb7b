"""The addresses behind the customer's link."""

from django.urls import path

from guiju.desks.track import views

app_name = "track"
urlpatterns = [
    path("<str:token>", views.show, name="show"),
    path("<str:token>/", views.show),
    path("<str:token>/papers/<str:paper>.pdf", views.paper, name="paper"),
    path("<str:token>/promises", views.promises, name="promises"),
    path("<str:token>/why", views.why, name="why"),
    path("<str:token>/live", views.live, name="live"),
    path("<str:token>/code", views.ask_code, name="ask_code"),
    path("<str:token>/<slug:slug>", views.answer, name="answer"),
]
