"""The addresses of the customers' screens."""

from django.urls import path

from guiju.desks.till.views import display

app_name = "display"
urlpatterns = [
    path("<str:token>/", display.show, name="show"),
    path("<str:token>/now", display.look, name="look"),
]
