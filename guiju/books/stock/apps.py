"""The stock book as a Django app."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "guiju.books.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
