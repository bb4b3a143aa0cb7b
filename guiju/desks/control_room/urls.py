"""The addresses of the control room."""

from django.urls import path

from guiju.desks.control_room import come_backs, promises, views

app_name = "control_room"
urlpatterns = [
    path("", views.board, name="board"),
    path("decisions/", views.decisions, name="decisions"),
    path("promises/", promises.promises, name="promises"),
    path("come-backs/", come_backs.come_backs, name="come_backs"),
    path("on-time/", promises.on_time, name="on_time"),
    path("<str:number>/", views.job, name="job"),
    path("<str:number>/assign", views.assign, name="assign"),
    path("<str:number>/hand-on", views.hand_on, name="hand_on"),
    path("<str:number>/prioritise", views.prioritise, name="prioritise"),
    path("<str:number>/hold", views.hold, name="hold"),
    path("<str:number>/release", views.release, name="release"),
    path("<str:number>/confirm-unrepairable", views.confirm_unrepairable, name="confirm_unrepairable"),
    path("<str:number>/reject-unrepairable", views.reject_unrepairable, name="reject_unrepairable"),
    path("<str:number>/approve-discount", views.approve_discount, name="approve_discount"),
    path("<str:number>/reject-discount", views.reject_discount, name="reject_discount"),
    path("<str:number>/exceptions/<int:pk>/approve", views.approve_exception, name="approve_exception"),
    path("<str:number>/exceptions/<int:pk>/reject", views.reject_exception, name="reject_exception"),
    path("<str:number>/resolve-commitment", views.resolve_commitment, name="resolve_commitment"),
]
