"""The addresses of the published prices; short, because they are printed."""

from django.urls import path

from guiju.desks.track.prices import views

app_name = "prices"
urlpatterns = [
    path("", views.start, name="start"),
    path("board/<str:outlet>/", views.board, name="board"),
    path("board/<str:outlet>/paper.pdf", views.board_paper, name="board_paper"),
    path("box/<str:token>", views.boxed, name="box"),
    path("line/<str:line>/", views.line, name="line"),
]
