"""The Django app of the cashier."""

from django.apps import AppConfig


class CashierConfig(AppConfig):
    """Bills, payments, refunds, hand-over."""

    name = "guiju.line.cashier"
    label = "cashier"
    default_auto_field = "django.db.models.BigAutoField"
