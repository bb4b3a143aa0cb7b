"""Suppliers, purchase requests, how they are sourced, orders, receipts and invoices."""

from guiju.readiness.supply.models.orders import OrderLine, PurchaseOrder
from guiju.readiness.supply.models.receipts import GoodsReceipt, InvoiceLine, ReceiptLine, SupplierInvoice
from guiju.readiness.supply.models.requests import EmergencyReview, PurchaseRequest, RequestLine
from guiju.readiness.supply.models.sourcing import QuoteLine, Sourcing, SupplierQuote
from guiju.readiness.supply.models.suppliers import CentralPart, Offer, Supplier, SupplierBank

__all__ = [
    "CentralPart",
    "EmergencyReview",
    "GoodsReceipt",
    "InvoiceLine",
    "Offer",
    "OrderLine",
    "PurchaseOrder",
    "PurchaseRequest",
    "QuoteLine",
    "ReceiptLine",
    "RequestLine",
    "Sourcing",
    "Supplier",
    "SupplierBank",
    "SupplierInvoice",
    "SupplierQuote",
]
