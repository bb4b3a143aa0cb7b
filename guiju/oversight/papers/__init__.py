"""The papers that a customer takes home, printed from plain facts in three languages."""
