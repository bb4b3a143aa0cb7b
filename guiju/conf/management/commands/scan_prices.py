"""`guiju scan_prices`: hold old bills against the lists of their day, and say what should go back; it changes nothing."""

from datetime import date, timedelta
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils.timezone import localdate

from guiju.kernel.amounts import Money
from guiju.line.cashier import queries

DAYS = 365


class Command(BaseCommand):
    help = "Hold the charges of old bills against the price lists that were in force: compliance by outlet, and overcharges."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", type=date.fromisoformat, help="first day, such as 2026-01-01; a year ago without it"
        )
        parser.add_argument("--until", type=date.fromisoformat, help="last day; today without it")
        parser.add_argument("--unit", help="code of one outlet")

    def handle(self, *args: Any, **options: Any) -> None:
        until = options["until"] or localdate()
        since = options["since"] or until - timedelta(days=DAYS)
        bills = queries.bills_drawn(since, until)
        if options["unit"]:
            bills = bills.filter(order__unit__code=options["unit"])
        outlets, odd = queries.by_outlet(queries.scan(bills))
        for outlet in outlets:
            excess = Money(outlet.excess_minor, outlet.currency)
            told = f"{outlet.percent} % of {outlet.charges} charges within the list, {excess} too much"
            self.stdout.write(f"{outlet.unit.code}: {told}")
        for judged in odd:
            self._tell(judged)
        if not outlets:
            self.stdout.write(f"No bill from {since} to {until}.")

    def _tell(self, judged: queries.Judged) -> None:
        number, currency = judged.bill.number, judged.bill.currency
        for found in judged.found:
            most = "not listed" if found.most_minor is None else Money(found.most_minor, currency)
            charged = f"{found.line.code} {Money(found.line.unit_minor, currency)} x {found.line.quantity}"
            self.stdout.write(f"  {number} {charged}, list of {found.on}: {most}")
        self.stdout.write(f"  {number} to give back: {Money(judged.to_refund_minor, currency)}")
