"""The addresses of the reception."""

from django.urls import path

from guiju.desks.reception.views import cards, home, jobs, order

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
    path("orders/<str:number>/", order.show, name="order"),
    path("orders/<str:number>/receive", jobs.receive, name="receive"),
    path("orders/<str:number>/taken", jobs.taken, name="taken"),
    path("orders/<str:number>/<slug:slug>", order.act, name="act"),
]
