"""The addresses of the reception."""

from django.urls import path

from guiju.desks.reception.views import calls, cards, doors, home, jobs, loaners, order, requests, scores, voice

app_name = "reception"
urlpatterns = [
    path("", home.home, name="home"),
    path("customers/new", cards.new_customer, name="new_customer"),
    path("customers/<int:pk>/", cards.customer, name="customer"),
    path("customers/<int:pk>/phone", cards.read_phone, name="read_phone"),
    path("customers/<int:pk>/phones/new", cards.add_phone, name="add_phone"),
    path("customers/<int:pk>/appliances/new", cards.new_appliance, name="new_appliance"),
    path("appliances/<int:pk>/", cards.appliance, name="appliance"),
    path("appliances/<int:pk>/take-in", jobs.take_in, name="take_in"),
    path("appliances/<int:pk>/sticker", doors.sticker, name="sticker"),
    path("door", doors.door, name="door"),
    path("requests/", requests.waiting, name="requests"),
    path("requests/<str:number>/", requests.show, name="request"),
    path("requests/<str:number>/contact", requests.read_contact, name="read_contact"),
    path("requests/<str:number>/order", requests.convert, name="convert"),
    path("requests/<str:number>/pictures/<int:pk>", requests.picture, name="request_picture"),
    path("requests/<str:number>/<slug:slug>", requests.act, name="request_act"),
    path("loaners/", loaners.loaners, name="loaners"),
    path("loaners/<int:pk>/retire", loaners.retire, name="retire_loaner"),
    path("calls/", calls.day, name="calls"),
    path("calls/ringing", calls.ringing, name="ringing"),
    path("calls/new", calls.log, name="log_call"),
    path("calls/scores", scores.month, name="scores"),
    path("calls/menu", voice.menu, name="voice_menu"),
    path("calls/menu/write", voice.write_menu, name="write_menu"),
    path("calls/menu/try", voice.try_menu, name="try_menu"),
    path("calls/menu/<int:pk>/publish", voice.publish_menu, name="publish_menu"),
    path("calls/script", voice.script, name="call_script"),
    path("calls/script/write", voice.write_script, name="write_script"),
    path("calls/script/<int:pk>/publish", voice.publish_script, name="publish_script"),
    path("calls/<int:pk>/", calls.card, name="call"),
    path("calls/<int:pk>/score", scores.score, name="score_call"),
    path("calls/<int:pk>/number", calls.number, name="call_number"),
    path("calls/<int:pk>/steps/<str:step>", calls.tick, name="tick"),
    path("calls/<int:pk>/<slug:slug>", calls.act, name="call_act"),
    path("call-backs/<int:pk>/<slug:slug>", calls.call_back, name="call_back"),
    path("orders/<str:number>/", order.show, name="order"),
    path("orders/<str:number>/receive", jobs.receive, name="receive"),
    path("orders/<str:number>/taken", jobs.taken, name="taken"),
    path("orders/<str:number>/<slug:slug>", order.act, name="act"),
]
