"""Where the API answers."""

from django.urls import path

from guiju.api import (
    banking,
    bench,
    cashier,
    catalogue,
    compliance,
    counting,
    custody,
    customers,
    deposits,
    dispatch,
    displays,
    exchange,
    followup,
    hand_overs,
    intake,
    notices,
    orders,
    oversight,
    people,
    planning,
    policy,
    pricing,
    printings,
    proofs,
    purchases,
    quality,
    receivables,
    refusals,
    registers,
    registration,
    reports,
    requests,
    requisitions,
    stock,
    storeroom,
    supply,
    switchboard,
    telephone,
    transfers,
    trust,
    twiml,
    upkeep,
    wallets,
    webhooks,
    workorder,
    workshop,
)
from guiju.api.door import api

for _context in (
    orders, proofs, customers, catalogue, intake, requests, registration, telephone,
    switchboard, workorder, dispatch, storeroom, reports, workshop, bench,
    exchange, quality,
    cashier, printings, displays, compliance, custody, deposits, receivables, followup, registers,
    pricing, trust, policy, people, stock, counting, supply, purchases,
    transfers, requisitions, oversight, notices, webhooks, upkeep, refusals,
    planning, banking, hand_overs, wallets,
):  # fmt: skip
    api.add_router("", _context.router)

urlpatterns = [
    path("telephone/twiml", twiml.answer, name="twiml"),
    path("wallets/<str:wallet>", wallets.told, name="wallet_told"),
    path("", api.urls),
]
