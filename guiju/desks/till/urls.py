"""Addresses of the till."""

from django.urls import path

from guiju.desks.till import accounts, parts
from guiju.desks.till.steps import STEPS
from guiju.desks.till.views import accounts as views
from guiju.desks.till.views import (
    bank_book,
    bank_lists,
    banking,
    credit,
    days,
    deposits,
    display,
    drawer,
    jobs,
    journal,
    lists,
    petty,
    pouches,
    printing,
    refunds,
    wallets,
)
from guiju.desks.till.wallet_forms import STEPS as WALLET_STEPS

app_name = "till"
urlpatterns = [
    path("", drawer.home, name="home"),
    path("open", drawer.open_till, name="open"),
    path("close/", drawer.close, name="close"),
    path("drawers/", drawer.drawers, name="drawers"),
    path("journal/", journal.books, name="books"),
    path("journal/file", journal.export, name="journal"),
    path("days/", days.days, name="days"),
    path("days/<int:pk>/", days.day, name="day"),
    path("days/<int:pk>/paper", days.paper, name="day_paper"),
    path("days/<int:pk>/close", days.close, name="close_cash_day"),
    path("sessions/<int:pk>/", drawer.session, name="session"),
    *(
        path(f"sessions/<int:pk>/{slug}", drawer.act, {"slug": slug}, name=step.verb.removeprefix("cashier."))
        for slug, step in drawer.STEPS.items()
    ),
    path("jobs/<str:number>/", jobs.show, name="job"),
    path("jobs/<str:number>/draw", jobs.draw, name="draw"),
    path("jobs/<str:number>/pay", jobs.pay, name="pay"),
    path("jobs/<str:number>/show", display.show_bill, name="show_bill"),
    path("tills/<int:pk>/display", display.open_display, name="open_display"),
    path("jobs/<str:number>/hand-over/", jobs.hand_over, name="hand_over"),
    path("jobs/<str:number>/release-code", jobs.release_code, name="release_code"),
    path("jobs/<str:number>/loans/<int:pk>/take-deposit", deposits.take, name="take_deposit"),
    path("jobs/<str:number>/loans/<int:pk>/return-deposit", deposits.give_back, name="return_deposit"),
    path("jobs/<str:number>/take-parts-deposit", jobs.take_parts_deposit, name="take_parts_deposit"),
    *(
        path(
            f"jobs/<str:number>/parts-deposits/<str:receipt>/{slug}",
            jobs.deposit,
            {"slug": slug},
            name=step.verb.removeprefix("cashier."),
        )
        for slug, step in parts.STEPS.items()
    ),
    path("jobs/<str:number>/wallet", wallets.ask, name="ask_wallet"),
    path("wallets/<str:number>/", wallets.show, name="wallet"),
    *(
        path(f"wallets/<str:number>/{slug}", wallets.act, {"slug": slug}, name=step.verb.removeprefix("cashier."))
        for slug, step in WALLET_STEPS.items()
    ),
    path("wallet-returns/<str:number>/retry", wallets.retry, name="retry_wallet_return"),
    path("quotes/", lists.quotes, name="quotes"),
    path("bills/", lists.bills, name="bills"),
    path("receipts/", lists.receipts, name="receipts"),
    path("printings/", printing.printings, name="printings"),
    path("receipts/<str:number>/print", printing.print_receipt, name="print_receipt"),
    path("receipts/<str:number>/", refunds.receipt, name="receipt"),
    *(
        path(f"receipts/<str:number>/{slug}", refunds.act, {"slug": slug}, name=step.verb.removeprefix("cashier."))
        for slug, step in STEPS.items()
    ),
    path("bank/", banking.board, name="bank"),
    path("bank/prepare/", banking.prepare, name="prepare_deposit"),
    path("bank/pack/", banking.pack, name="pack_bag"),
    path("bank/nothing", banking.nothing, name="record_nil"),
    path("bank/carry", banking.carry, name="carry_bags"),
    path("bank/safe-log", bank_book.safe_log, name="safe_log"),
    path("bank/statement/", bank_book.statement, name="bank_statement"),
    path("bank/lines/<int:pk>/settle", bank_book.settle, name="settle_tender"),
    path("bank/where/", bank_book.where, name="where"),
    path("bank/nights/name", banking.name_officer, name="name_officer"),
    path("bank/nights/<int:pk>/", banking.night, name="night"),
    path("bank/alarms/<int:pk>/seen", banking.seen, name="seen_alarm"),
    path("bank/bags/", bank_lists.bags, name="bags"),
    path("bank/bags/<str:number>/", banking.bag, name="bag"),
    *(
        path(
            f"bank/bags/<str:number>/{slug}",
            banking.act_on_bag,
            {"slug": slug},
            name=step.verb.removeprefix("banking."),
        )
        for slug, step in banking.OF_BAGS.items()
    ),
    path("bank/deposits/", bank_lists.deposits, name="bank_deposits"),
    path("bank/deposits/<str:number>/", banking.deposit, name="bank_deposit"),
    path("bank/deposits/<str:number>/paper", bank_book.slip_record, name="slip_record"),
    path("bank/deposits/<str:number>/slip.jpg", banking.slip_picture, name="slip_picture"),
    *(
        path(
            f"bank/deposits/<str:number>/{slug}",
            banking.act_on_deposit,
            {"slug": slug},
            name=step.verb.removeprefix("banking."),
        )
        for slug, step in banking.OF_DEPOSITS.items()
    ),
    path("pouches/", pouches.board, name="pouches"),
    path("pouches/<str:number>/", pouches.pouch, name="pouch"),
    path("pouches/<str:number>/count", pouches.count, name="count_pouch"),
    path("pouches/<str:number>/explain", pouches.explain, name="explain_difference"),
    path("pouches/<str:number>/refuse", pouches.refuse, name="refuse_pouch"),
    path("petty/", petty.boxes, name="petty"),
    path("petty/<int:pk>/", petty.box, name="petty_box"),
    path("petty/<int:pk>/paper", petty.paper, name="petty_paper"),
    path("petty/vouchers/<int:pk>", petty.voucher, name="petty_voucher"),
    *(
        path(f"petty/<int:pk>/{slug}", petty.act, {"slug": slug}, name=step.verb.removeprefix("banking."))
        for slug, step in petty.OF_BOXES.items()
    ),
    *(
        path(
            f"petty/expenses/<str:number>/{slug}", petty.answer, {"slug": slug}, name=step.verb.removeprefix("banking.")
        )
        for slug, step in petty.OF_EXPENSES.items()
    ),
    path("credit/", credit.home, name="credit"),
    path("credit/ask/<int:pk>/", credit.ask, name="ask_credit"),
    path("credit/<int:pk>/", views.account, name="account"),
    path("credit/<int:pk>/statement/", views.statement, name="statement"),
    *(
        path(f"credit/<int:pk>/{slug}", views.act, {"slug": slug}, name=step.verb.rpartition(".")[2])
        for slug, step in accounts.STEPS.items()
    ),
    path("debts/", lists.debts, name="debts"),
    *(
        path(f"debts/<str:number>/{slug}", views.debt_act, {"slug": slug}, name=step.verb.rpartition(".")[2])
        for slug, step in accounts.DEBT_STEPS.items()
    ),
    path("collections/<str:number>/", views.collection, name="collection"),
]
