"""Addresses of the till."""

from django.urls import path

from guiju.desks.till.views import credit, drawer, jobs, refunds

app_name = "till"
urlpatterns = [
    path("", drawer.home, name="home"),
    path("open", drawer.open_till, name="open"),
    path("close/", drawer.close, name="close"),
    path("sessions/<int:pk>/", drawer.session, name="session"),
    path("jobs/<str:number>/", jobs.show, name="job"),
    path("jobs/<str:number>/draw", jobs.draw, name="draw"),
    path("jobs/<str:number>/pay", jobs.pay, name="pay"),
    path("jobs/<str:number>/hand-over/", jobs.hand_over, name="hand_over"),
    path("receipts/<str:number>/", refunds.receipt, name="receipt"),
    path("receipts/<str:number>/ask", refunds.ask, name="ask_refund"),
    path("receipts/<str:number>/approve", refunds.approve, name="approve_refund"),
    path("receipts/<str:number>/reject", refunds.reject, name="reject_refund"),
    path("receipts/<str:number>/pay-back", refunds.pay_back, name="pay_refund"),
    path("credit/", credit.home, name="credit"),
    path("credit/ask/<int:pk>/", credit.ask, name="ask_credit"),
    path("credit/<int:pk>/approve", credit.approve, name="approve_credit"),
]
