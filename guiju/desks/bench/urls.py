"""The addresses of the bench."""

from django.urls import path

from guiju.desks.bench import views

app_name = "bench"
urlpatterns = [
    path("", views.home, name="home"),
    path("<str:number>/", views.job, name="job"),
    path("<str:number>/parts", views.parts, name="parts"),
    path("<str:number>/<slug:slug>", views.do, name="do"),
]
