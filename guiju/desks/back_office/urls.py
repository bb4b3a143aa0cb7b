"""Addresses of the back office."""

from django.urls import path, re_path

from guiju.desks.back_office import views
from guiju.desks.back_office.views import figures, files, news, trail

app_name = "back_office"
urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", figures.figures, name="figures"),
    path("figures/drafts/<int:pk>/adopt", figures.adopt, name="adopt"),
    path("figures/drafts/<int:pk>/drop", figures.drop, name="drop"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("news/", news.news, name="news"),
    path("news/<int:pk>/resend", news.resend, name="resend"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<uuid:key>/", trail.deed, name="deed"),
    path("files/", files.files, name="files"),
    path("files/export", files.export, name="export"),
    path("files/<int:pk>/", files.file, name="file"),
    re_path(r"^files/(?P<pk>\d+)/(?P<what>commit|abandon)$", files.decide, name="decide"),
]
