"""Takings after they have left the drawer: the deposit board, bags, deposits, the safe at night, and where all the cash is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.orders import sent
from guiju.desks.common.perform import perform
from guiju.desks.common.second import signed
from guiju.desks.common.steps import Step, step_at
from guiju.desks.till import banking_forms as forms
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking import queries, rules
from guiju.line.banking.models import BankDeposit, CashAlarm, DutyRoster, SafeBag
from guiju.line.banking.rules import BagState, DepositState
from guiju.line.cashier import queries as tills
from guiju.line.cashier.models import TillSession
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit


def _bank(deposit: BankDeposit, *, photo: Any, by: Actor, at: Any, **data: Any) -> BankDeposit:
    """Keep the picture of the slip, and bank it."""
    kept = evidence.keep_photo(photo[0], unit_id=deposit.unit_id, kind="DEPOSIT_SLIP", by=by, at=at)
    return banking.bank_it(deposit, photo=kept, **data, by=by, at=at)


OF_BAGS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("countersign", "banking.countersign_bag", banking.countersign_bag, _("Sealed by two."), "countersign"),
        Step("unpack", "banking.unpack_bag", banking.unpack_bag, _("The takings are back in the drawer.")),
        Step("lock-up", "banking.lock_up", banking.lock_up, _("The bag lies in the safe."), "lock_up"),
        Step("retrieve", "banking.retrieve", banking.retrieve, _("Written down."), "retrieve"),
        Step("incident", "banking.report_incident", banking.report_incident, _("The bag is frozen. Finance looks into it."), "incident"),
        Step("settle", "banking.settle_incident", banking.settle_incident, _("Settled. What was found is in your hands."), "settle"),
    )
}  # fmt: skip
OF_DEPOSITS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("bank", "banking.bank_it", _bank, _("The bank has it."), "slip"),
        Step("take-back", "banking.take_back", banking.take_back, _("Brought back."), "back"),
        Step("reconcile", "banking.reconcile", banking.reconcile, _("Confirmed by the bank's statement."), "line"),
        Step("settle-exception", "banking.settle_exception", banking.settle_exception, _("Settled."), "settle"),
    )
}  # fmt: skip
# What is offered in which state.
OFFERED: Mapping[str, tuple[str, ...]] = {
    BagState.PACKED: ("countersign", "unpack"),
    BagState.SEALED: ("lock-up", "incident"),
    BagState.IN_SAFE: ("retrieve", "incident"),
    BagState.INCIDENT: ("settle",),
}
BAG_FORMS: Mapping[str, Callable[..., Form]] = {
    "countersign": lambda bag, by, *sent: forms.CountersignForm(*sent, for_another=by.person_id == bag.sealed_by_id),
    "lock_up": lambda bag, _by, *sent: forms.LockUpForm(*sent, unit=bag.unit),
    "retrieve": lambda _bag, _by, *sent: forms.RetrieveForm(*sent, auto_id="out_%s"),
    "incident": lambda _bag, _by, *sent: forms.NoteForm(*sent, auto_id="incident_%s"),
    "settle": lambda _bag, _by, *sent: forms.FoundForm(*sent),
}
DEPOSIT_FORMS: Mapping[str, Callable[..., Form]] = {
    "slip": lambda _row, *sent: forms.SlipForm(*sent),
    "back": lambda _row, *sent: forms.NoteForm(*sent[:1], auto_id="back_%s"),
    "line": lambda row, *sent: forms.LineForm(*sent[:1], deposit=row),
    "settle": lambda row, *sent: forms.SettleForm(*sent[:1], deposit=row, auto_id="settle_%s"),
}


@require_safe
def board(request: Request) -> HttpResponse:
    """What is on the way to the bank, what lies in bags, what is late, and who is on duty tonight."""
    return _board(request)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: Request) -> HttpResponse:
    """Count the drawer, see what to bring to the bank, and take it out."""
    actor: Actor = request.actor
    mine = _my_session(request, "banking.prepare")
    if mine is None:
        return redirect("till:bank")
    unit, proposed = mine.till.unit, None
    count = forms.CountForm(request.GET) if any(key.startswith("lying_") for key in request.GET) else forms.CountForm()
    if count.is_bound and count.is_valid():
        proposed = queries.proposal(mine, count.cleaned_data["lying"])
    sent = (request.POST,) if request.method == "POST" else ()
    initial = {"pieces": dict(proposed.to_bank)} if proposed is not None else {}
    form = forms.PrepareForm(*sent, unit=unit, by=actor, initial=initial)
    if sent:
        done = perform(request, form, lambda data: banking.prepare(mine, **data, by=actor, at=now()))
        if done:
            messages.success(request, gettext("Prepared. It is in your hands until the bank has it."))
            return redirect("till:bank_deposit", done.answer)
    context = {"session": mine, "count": count, "proposal": proposed, "form": form, "currency": mine.currency}
    context["is_bank_day"] = queries.is_bank_day(unit, unit.day(now()))
    context["deadline"] = queries.day_deadline(unit, unit.day(now()))
    return render(request, "till/prepare.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: Request) -> HttpResponse:
    """Count takings into a numbered bag."""
    actor: Actor = request.actor
    mine = _my_session(request, "banking.seal_bag")
    if mine is None:
        return redirect("till:bank")
    form = forms.PackForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        done = perform(request, form, lambda data: banking.seal_bag(mine, **data, by=actor, at=now()))
        if done:
            messages.success(request, gettext("Packed. Now a second person counts and signs."))
            return redirect("till:bag", done.answer)
    return render(request, "till/pack.html", {"session": mine, "form": form}, status=422 if form.is_bound else 200)


@require_POST
def nothing(request: Request) -> HttpResponse:
    """There is nothing to bring today."""
    mine = _my_session(request, "banking.record_nil")
    if mine is not None and perform(request, None, lambda _data: banking.record_nil(mine, by=request.actor, at=now())):
        messages.success(request, gettext("Written down: nothing to bring."))
    return redirect("till:bank")


@require_POST
def carry(request: Request) -> HttpResponse:
    """Bring bags to the bank together."""
    actor, unit = request.actor, _unit(request.actor)
    if unit is None or not actor.may("banking.prepare_bags", on=unit):
        raise NotAllowed
    form = forms.BagsForm(request.POST, unit=unit, by=actor)
    done = perform(
        request, form, lambda data: banking.prepare_bags(list(data["bags"]), escort=data["escort"], by=actor, at=now())
    )
    if done:
        messages.success(request, gettext("Prepared. It is in your hands until the bank has it."))
        return redirect("till:bank_deposit", done.answer)
    return _board(request, status=422, carry=form)


@require_POST
def name_officer(request: Request) -> HttpResponse:
    """Name who watches over the safe in a night."""
    actor, unit = request.actor, _unit(request.actor)
    if unit is None or not actor.may("banking.name_officer", on=unit):
        raise NotAllowed
    form = forms.NightForm(request.POST, unit=unit)
    if perform(request, form, lambda data: banking.name_officer(unit, **data, by=actor, at=now()).pk):
        messages.success(request, gettext("Named."))
        return redirect("till:bank")
    return _board(request, status=422, night=form)


@require_http_methods(["GET", "HEAD", "POST"])
def night(request: Request, pk: int) -> HttpResponse:
    """Take the night over: read the seals, look at the camera."""
    actor: Actor = request.actor
    rows = DutyRoster.objects.visible_to(actor).select_related("unit", "officer")
    roster = get_object_or_404(rows, pk=pk)
    may = actor.may("banking.check_seals", on=roster)
    if request.method == "POST" and not may:
        raise NotAllowed
    form = forms.SealsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and perform(
        request, form, lambda data: banking.check_seals(roster, **data, by=actor, at=now()).pk
    ):
        messages.success(request, gettext("Written down."))
        return redirect("till:night", roster.pk)
    context = {"roster": roster, "checks": roster.checks.all()[:20], "form": form if may else None}
    return render(request, "till/night.html", context, status=422 if form.is_bound else 200)


@require_POST
def seen(request: Request, pk: int) -> HttpResponse:
    """Somebody has looked at an alarm."""
    alarm = get_object_or_404(CashAlarm.objects.visible_to(request.actor), pk=pk)
    if not request.actor.may("banking.acknowledge", on=alarm):
        raise NotAllowed
    perform(request, None, lambda _data: banking.acknowledge(alarm, by=request.actor, at=now()).pk)
    return redirect("till:bank")


@require_safe
def bag(request: Request, number: str) -> HttpResponse:
    """One bag: who signed, where it lies, and what this person can do with it now."""
    return _bag_page(request, _bag(request, number), {})


@require_POST
def act_on_bag(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step with a bag."""
    row, actor = _bag(request, number), request.actor
    if slug == "countersign":
        return _countersign(request, row)
    step = step_at(OF_BAGS, slug, by=actor, on=row)
    form = BAG_FORMS[step.form](row, actor, request.POST) if step.form else None
    if perform(request, form, lambda data: step.act(row, **data, by=actor, at=now())):
        messages.success(request, str(step.said))
        return redirect("till:bag", number)
    if form is None:
        return redirect("till:bag", number)
    return _bag_page(request, _bag(request, number), {step.form: form}, status=422)


@require_safe
def deposit(request: Request, number: str) -> HttpResponse:
    """One deposit: what is in it, who carries it, and the bank's slip (6.12)."""
    return _deposit_page(request, _deposit(request, number), {})


@require_POST
def act_on_deposit(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step with a deposit."""
    row, actor = _deposit(request, number), request.actor
    step = step_at(OF_DEPOSITS, slug, by=actor, on=row)
    if slug == "bank" and actor.person_id != row.carried_by_id:
        # Before a picture is kept that proves nothing.
        raise NotAllowed
    form = DEPOSIT_FORMS[step.form](row, request.POST, request.FILES)
    if perform(request, form, lambda data: step.act(row, **data, by=actor, at=now())):
        messages.success(request, str(step.said))
        return redirect("till:bank_deposit", number)
    return _deposit_page(request, _deposit(request, number), {step.form: form}, status=422)


@require_safe
def slip_picture(request: Request, number: str) -> FileResponse:
    """The picture of the bank's slip."""
    row = _deposit(request, number)
    if row.photo is None:
        raise Http404
    return sent(row.photo)


def _countersign(request: Request, row: SafeBag) -> HttpResponse:
    """Signed with a password, which no key of a form keeps the digest of; on the first one's screen with the name as well."""
    form = BAG_FORMS["countersign"](row, request.actor, request.POST)
    if signed(request, form, lambda who, data: banking.countersign_bag(row, **data, by=who, at=now())):
        messages.success(request, str(OF_BAGS["countersign"].said))
        # Who signs as the second may be anybody; a sealed bag is shown to those who see takings.
        sees = request.actor.may("banking.see", on=row)
        return redirect("till:bag", row.number) if sees else redirect("home")
    return _bag_page(request, _bag(request, row.number), {"countersign": form}, status=422)


def _unit(actor: Actor) -> Unit | None:
    return people.unit_of(actor)


def _my_session(request: Request, verb: str) -> TillSession | None:
    """The till of this person, which is open or counted; none is said. With `of`, the one that a manager closes for its cashier."""
    if not request.actor.may(verb):
        raise NotAllowed
    of = request.GET.get("of", "")
    mine = tills.session_to_force(int(of), by=request.actor) if of.isdecimal() else tills.session_of(request.actor)
    if mine is None:
        messages.error(request, gettext("You have no till open."))
    return mine


def _bag(request: Request, number: str) -> SafeBag:
    row: SafeBag = get_object_or_404(_bags(request.actor).with_names(), number=number)
    return row


def _bags(actor: Actor) -> Any:
    """Those that this person may see or has signed for; and one that waits for a signature that this person may give."""
    waits = SafeBag.objects.filter(actor.scope("banking.countersign_bag").q(), state=BagState.PACKED)
    # Whoever signed and lost the line looks whether it was done.
    signed = SafeBag.objects.filter(countersigned_by_id=actor.person_id) if actor.person_id else SafeBag.objects.none()
    return SafeBag.objects.filter(pk__in=SafeBag.objects.visible_to(actor).values("pk")) | waits | signed


def _deposit(request: Request, number: str) -> BankDeposit:
    return get_object_or_404(BankDeposit.objects.visible_to(request.actor).with_names(), number=number)


def _bag_page(request: Request, row: SafeBag, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    # On the first one's screen the second signs by name; whether they may, is asked then.
    offered = [
        slug
        for slug in OFFERED.get(row.state, ())
        if actor.may(OF_BAGS[slug].verb, on=row) or (slug == "countersign" and actor.person_id == row.sealed_by_id)
    ]
    shown = {
        OF_BAGS[slug].form: bound.get(OF_BAGS[slug].form) or BAG_FORMS[OF_BAGS[slug].form](row, actor)
        for slug in offered
        if OF_BAGS[slug].form
    }
    context = {"bag": row, "forms": shown, "may_unpack": "unpack" in offered, "pieces": _pieces(row.pieces)}
    return render(request, "till/bag.html", context, status=status)


def _deposit_page(request: Request, row: BankDeposit, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    is_mine = actor.person_id == row.carried_by_id
    fits = {
        DepositState.PREPARED: ("bank", "take-back") if is_mine else (),
        DepositState.DEPOSITED: () if is_mine else ("reconcile",),
        DepositState.EXCEPTION: () if is_mine else ("settle-exception",),
    }.get(DepositState(row.state), ())
    steps = [OF_DEPOSITS[slug] for slug in fits if actor.may(OF_DEPOSITS[slug].verb, on=row)]
    shown = {step.form: bound.get(step.form) or DEPOSIT_FORMS[step.form](row) for step in steps}
    context: dict[str, Any] = {
        "deposit": row,
        "forms": shown,
        "pieces": _pieces(row.pieces),
        "bags": row.bags.order_by("pk"),
    }
    context["may_hand_on"] = is_mine and row.state == DepositState.PREPARED
    if "line" in shown:
        context["has_lines"] = queries.lines_for(row).exists()
    return render(request, "till/deposit.html", context, status=status)


def _pieces(kept: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Each note and coin: its worth, how many, and what they are worth together."""
    return [
        (int(each), count, int(each) * count) for each, count in sorted(kept.items(), key=lambda pair: -int(pair[0]))
    ]


def _board(request: Request, *, status: int = 200, **bound: Form) -> HttpResponse:
    actor: Actor = request.actor
    if not actor.may("banking.see"):
        raise NotAllowed
    at, unit = now(), _unit(actor)
    context: dict[str, Any] = {
        "board": queries.board(by=actor), "session": tills.session_of(actor), "at": at,
        "may_acknowledge": actor.may("banking.acknowledge"),
    }  # fmt: skip
    if unit is not None:
        today = unit.day(at)
        context |= {
            "deadline": queries.day_deadline(unit, today), "is_bank_day": queries.is_bank_day(unit, today),
            "duty": queries.on_duty(unit, at),
        }  # fmt: skip
        if actor.may("banking.prepare_bags", on=unit) and ("carry" in bound or forms.to_carry(unit, actor).exists()):
            context["carry"] = bound.get("carry") or forms.BagsForm(unit=unit, by=actor)
        if actor.may("banking.name_officer", on=unit):
            tonight = rules.night_of(at, unit.time_zone)
            context["night"] = bound.get("night") or forms.NightForm(unit=unit, initial={"night": tonight})
    return render(request, "till/bank.html", context, status=status)
