"""The addresses in the QR codes."""

from django.urls import path

from guiju.desks.front_door import views

app_name = "sticker"
urlpatterns = [path("<str:token>", views.scanned, name="scanned")]
