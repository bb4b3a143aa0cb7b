"""Addresses of the exchanges."""

from django.urls import path

from guiju.desks.exchange import lists, views

app_name = "exchange"
urlpatterns = [
    path("", views.home, name="home"),
    path("all/", lists.cases, name="cases"),
    path("units/", views.units, name="units"),
    path("units/<int:pk>/retire", views.retire, name="retire"),
    path("<str:number>/", views.show, name="case"),
    path("<str:number>/pictures/<int:pk>", views.picture, name="picture"),
    path("<str:number>/<slug:slug>", views.act, name="act"),
]
