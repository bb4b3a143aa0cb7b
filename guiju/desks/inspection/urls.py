"""Addresses of the inspection."""

from django.urls import path

from guiju.desks.inspection import views

app_name = "inspection"
urlpatterns = [
    path("", views.home, name="home"),
    path("<str:number>/", views.test, name="test"),
]
