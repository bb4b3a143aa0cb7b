"""The addresses in the QR codes to sign."""

from django.urls import path

from guiju.desks.track.signing import views

app_name = "sign"
urlpatterns = [path("<str:token>", views.sign, name="sign")]
