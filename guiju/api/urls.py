"""Where the API answers."""

from django.urls import path

from guiju.api import (
    cashier,
    catalogue,
    customers,
    dispatch,
    followup,
    intake,
    orders,
    policy,
    proofs,
    quality,
    storeroom,
    workorder,
    workshop,
)
from guiju.api.door import api

for _context in (
    orders, proofs, customers, catalogue, intake, workorder, dispatch, storeroom, workshop, quality, cashier, followup, policy,
):  # fmt: skip
    api.add_router("", _context.router)

urlpatterns = [path("", api.urls)]
