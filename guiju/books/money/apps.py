"""The money book as a Django app."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "guiju.books.money"
    label = "money"
    default_auto_field = "django.db.models.BigAutoField"
