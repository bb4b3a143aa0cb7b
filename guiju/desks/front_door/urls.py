"""The addresses at which a stranger asks."""

from django.urls import path

from guiju.desks.front_door import registering, views

app_name = "front_door"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:outlet>/", views.ask, name="ask"),
    path("<slug:outlet>/register", registering.register, name="register"),
    path("<slug:outlet>/registered", registering.registered, name="registered"),
    path("mine/<str:token>", views.mine, name="mine"),
    path("mine/<str:token>/pictures/<int:pk>", views.picture, name="picture"),
    path("mine/<str:token>/<slug:slug>", views.answer, name="answer"),
]
