"""The addresses in the QR codes of receipts."""

from django.urls import path

from guiju.desks.track.receipts import views

app_name = "receipt"
urlpatterns = [
    path("keys", views.keys, name="keys"),
    path("<str:token>", views.check, name="check"),
    path("<str:token>/text", views.text, name="text"),
]
