"""Guiju from a Python program: every verb a typed method, every refusal a `Problem`, every write done once.

from guiju_client import Guiju, Problem

guiju = Guiju("https://service.example.org", key="gj_…")
for order in guiju.every_workorder_orders(state=["READY"]):
    print(order["number"], order["shelf"])
"""

from guiju_client.transport import LEFT_OUT, Answer, Carrier, Connection, LeftOut, NoAnswer, Problem
from guiju_client.verbs import Guiju

__all__ = ["LEFT_OUT", "Answer", "Carrier", "Connection", "Guiju", "LeftOut", "NoAnswer", "Problem"]
