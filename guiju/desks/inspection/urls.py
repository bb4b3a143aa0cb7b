"""Addresses of the inspection."""

from django.urls import path

from guiju.desks.inspection import lists, views

app_name = "inspection"
urlpatterns = [
    path("", views.home, name="home"),
    path("own-repairs/", lists.self_checks, name="self_checks"),
    path("<str:number>/", views.test, name="test"),
    path("<str:number>/allow", views.allow, name="allow"),
]
