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
        for each in outlets:
            excess = Money(each.excess_minor, each.currency)
            self.stdout.write(
                f"{each.unit.code}: {each.per_mille / 10:.1f} % of {each.charges} charges within the list, {excess} too much"
            )
        for each in odd:
            for found in each.found:
                most = "not listed" if found.most_minor is None else Money(found.most_minor, each.bill.currency)
                self.stdout.write(
                    f"  {each.bill.number} {found.line.code} {Money(found.line.unit_minor, each.bill.currency)}"
                    f" x {found.line.quantity}, list of {found.on}: {most}"
                )
            self.stdout.write(f"  {each.bill.number} to give back: {Money(each.to_refund_minor, each.bill.currency)}")
        if not outlets:
            self.stdout.write(f"No bill from {since} to {until}.")
