"""The customer's page, and the answers that the customer gives on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import ledger, orders, papers
from guiju.desks.common.choosing import ChoosingForm
from guiju.desks.common.live import mark_of, told
from guiju.desks.common.options import place_asked, shown_options
from guiju.desks.common.perform import perform
from guiju.desks.common.proof import keep_signature
from guiju.desks.common.squares import squares
from guiju.desks.track import forms, progress
from guiju.desks.track.door import by_link
from guiju.kernel import lifecycle
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import WrongState
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import Bill
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries as exchanges
from guiju.line.exchange.models import ExchangeCase, UnitOffer
from guiju.line.exchange.rules import GONE_BACK, CaseState, Choice
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as intake_queries
from guiju.line.workorder import actions as workorder_actions
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import ENDED, MOVES, Agreed, State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.line.workshop.models import PartsCommitment, Quote
from guiju.line.workshop.rules import REMEDY_LABELS, CommitmentState, Consent, QuoteState, Remedy
from guiju.standing.customers import queries as customers

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """The customer's order and what waits for an answer; `who` is the customer, now."""

    order: WorkOrder
    quote: Quote | None
    commitment: PartsCommitment | None
    bill: Bill | None
    who: dict[str, Any]
    promise: PromiseRevision | None = None
    broken: PartsCommitment | None = None
    exchange: ExchangeCase | None = None
    # The unit that is offered in the place of the old one, or was agreed to.
    offer: UnitOffer | None = None
    # Of the option that the customer chose on the page.
    place: int | None = None

    @property
    def asked_quote(self) -> Quote:
        """The quote; there is no page on which to answer one that is not there."""
        if self.quote is None:
            raise Http404
        return self.quote

    @property
    def asked_commitment(self) -> PartsCommitment:
        """The date for the missing part, as above."""
        if self.commitment is None:
            raise Http404
        return self.commitment


def _approve(case: Case, data: Data) -> bool:
    with transaction.atomic():
        signature = keep_signature(data["signature"], case.order, **case.who)
        workshop.approve_quote(case.asked_quote, how=Consent.SIGNATURE, signature=signature, **_read(data), **case.who)
    return True


def _read(data: Data) -> dict[str, Any]:
    """What stood on the page that was answered: the lines that were chosen, in the language of the page."""
    return {"option": data["option"], "declined": data["declined"], "language": translation.get_language() or ""}


def _enter_code(case: Case, data: Data) -> bool:
    """A wrong code is an answer and no refusal: the try has to stay counted."""
    with transaction.atomic():
        is_right = workshop.enter_code(case.asked_quote, code=data["code"], **_read(data), **case.who)
        if is_right:
            workshop.approve_quote(case.asked_quote, how=Consent.CODE, **_read(data), **case.who)
    return is_right


def _sign_line(case: Case, data: Data) -> bool:
    read = next((each for each in bench.unsigned_lines(case.asked_quote) if each.pk == data["line"]), None)
    if read is None:
        raise WrongState
    with transaction.atomic():
        signature = keep_signature(data["signature"], case.order, **case.who)
        workshop.sign_line(read, signature=signature, **case.who)
    return True


def _sign(case: Case, data: Data) -> bool:
    with transaction.atomic():
        signature = keep_signature(data["signature"], case.order, **case.who)
        workshop.sign_commitment(case.asked_commitment, signature=signature, **case.who)
    return True


def _agree(case: Case, data: Data) -> bool:
    with transaction.atomic():
        signature = keep_signature(data["signature"], case.order, **case.who)
        workorder_actions.agree_to_promise(case.order, agreed=Agreed.SIGNATURE, signature=signature, **case.who)
    return True


def _ask_exchange(case: Case, data: Data) -> bool:
    exchange.open_case(case.order, **data, **case.who)
    return True


def _agree_unit(case: Case, data: Data) -> bool:
    if case.exchange is None:
        raise WrongState
    with transaction.atomic():
        signature = keep_signature(data["signature"], case.order, **case.who)
        return bool(exchange.agree_to_unit(case.exchange, consent=signature, **case.who))


def _decline_unit(case: Case, data: Data) -> bool:
    return case.exchange is not None and bool(exchange.decline_unit(case.exchange, **data, **case.who))


@dataclass(frozen=True)
class Answer:
    """One thing that the customer decides."""

    form: Callable[..., Form]
    act: Callable[[Case, Data], Any]
    said: str | Promise
    needs: str = ""


ANSWERS: Mapping[str, Answer] = {
    "sign-line": Answer(forms.SignLineForm, _sign_line, _("Thank you. You have agreed to this price."), "quote"),
    "approve": Answer(forms.ApproveForm, _approve, _("Thank you. You have approved the quote; we begin the repair."), "quote"),
    "enter-code": Answer(forms.CodeForm, _enter_code, _("Thank you. You have approved the quote; we begin the repair."), "quote"),
    "decline": Answer(
        forms.DeclineForm, lambda case, data: bool(workshop.decline_quote(case.asked_quote, **data, **case.who)),
        _("You have declined the quote. We make your appliance ready to collect."), "quote",
    ),
    "sign": Answer(forms.SignForm, _sign, _("Thank you. The new date is agreed."), "commitment"),
    "refuse": Answer(
        forms.RefuseForm, lambda case, data: bool(workshop.refuse_commitment(case.asked_commitment, **data, **case.who)),
        _("You have not agreed to the new date. We will call you."), "commitment",
    ),
    "cancel-free": Answer(
        forms.CancelForm, lambda case, data: bool(workshop.cancel_free(case.order, **data, **case.who)),
        _("The repair is cancelled. Nothing is charged."), "broken",
    ),
    "agree": Answer(forms.SignForm, _agree, _("Thank you. The new date is agreed."), "promise"),
    "ask-exchange": Answer(forms.AskExchangeForm, _ask_exchange, _("Thank you. We have your request, and look at your appliance now.")),
    "agree-unit": Answer(forms.SignForm, _agree_unit, _("Thank you. We keep this unit for you, and tell you when you may come."), "offer"),
    "decline-unit": Answer(
        forms.RefuseForm, _decline_unit,
        _("You have declined this unit. We will call you, and look for what you would rather have."), "offer",
    ),
    "cancel": Answer(
        forms.CancelForm, lambda case, data: bool(intake.cancel(case.order, **data, **case.who)), _("The repair is cancelled.")
    ),
}  # fmt: skip


@by_link
@require_safe
def show(request: HttpRequest, order: WorkOrder, token: str) -> HttpResponse:
    """Where the repair stands, and what waits for the customer."""
    return _page(request, _case(request, order), token)


@by_link
@require_safe
def live(request: HttpRequest, order: WorkOrder, token: str) -> HttpResponse:
    """A mark that moves with every deed on this one order, and tells nothing else; the page looks again when it does."""
    return told(mark_of(TrailEntry.objects.filter(subject_type=workorder.ORDER, subject_id=order.pk)), request)


@by_link
@require_POST
def answer(request: HttpRequest, order: WorkOrder, token: str, slug: str) -> HttpResponse:
    """The customer decides; what was typed stands there again when it is refused."""
    asked = ANSWERS.get(slug)
    case = _case(request, order)
    if asked is None or (asked.needs and getattr(case, asked.needs) is None):
        raise Http404
    if "recount" in request.POST:
        return _page(request, case, token)
    form: Any = _form(slug, case, request.POST.getlist("kept"), request.POST, request.FILES)
    done = perform(request, form, lambda data: asked.act(case, data))
    if done and done.answer:
        messages.success(request, str(asked.said))
        return redirect("track:show", token)
    if done:
        form.try_again()
    return _page(request, _case(request, order), token, refused=(slug, form))


@by_link
@require_POST
def ask_code(request: HttpRequest, order: WorkOrder, token: str) -> HttpResponse:
    """Send a code to the customer's telephone, with which to approve."""
    case = _case(request, order)
    if case.quote is None:
        raise Http404
    if perform(request, None, lambda _nothing: workshop.ask_code(case.asked_quote, **case.who)):
        messages.success(request, spoken("We have sent you a code. Enter it below."))
    chosen = f"?option={case.place}" if _must_choose(case) and case.place else ""
    return redirect(f"{reverse('track:show', args=[token])}{chosen}")


@by_link
@require_safe
def why(request: HttpRequest, order: WorkOrder, token: str) -> HttpResponse:
    """Who pays for what, with every statement that it rests on: the same as the house sees."""
    context = {"order": order, "token": token, "is_own": True, **orders.judged(order)}
    return render(request, "track/why.html", context)


@by_link
@require_safe
def promises(request: HttpRequest, order: WorkOrder, token: str) -> HttpResponse:
    """Every date that was promised, with its reckoning, its cause and who agreed: the same as the house sees."""
    context = {"order": order, "token": token, "is_own": True, **ledger.shown(order)}
    return render(request, "track/promises.html", context)


@by_link
@require_safe
def paper(request: HttpRequest, order: WorkOrder, token: str, paper: str) -> HttpResponse:
    """A paper that the customer may have; the claim tag is handed over at the counter alone."""
    case = _case(request, order)
    if paper not in _papers(case):
        raise Http404
    return papers.send(request, order, paper, printed_by=order.customer.name, at=timezone.now())


def _case(request: HttpRequest, order: WorkOrder) -> Case:
    asked = Exists(ExchangeCase.objects.filter(order=OuterRef("pk")))
    current = workorder.as_it_stands(WorkOrder.objects.with_names()).annotate(has_exchange=asked).get(pk=order.pk)
    quote, commitment = bench.current_quote(current), bench.living_commitment(current)
    # A draft is nobody's business but ours.
    shown = None if quote is None or quote.state == QuoteState.DRAFT else quote
    who = {"by": request.actor, "at": timezone.now()}  # type: ignore[attr-defined]
    asked_for = exchanges.case_of(current) if getattr(current, "has_exchange", False) else None
    offer = exchanges.offer_of(asked_for) if asked_for is not None and asked_for.choice == Choice.EXCHANGE else None
    may_be_broken = commitment is not None or bool(current.hold)
    return Case(
        current, shown, commitment, till.bill_of(current), who, workorder.unagreed(current),
        bench.broken_commitment(current) if may_be_broken else None, asked_for, offer,
        place_asked(request.POST.get("option") or request.GET.get("option"), shown),
    )  # fmt: skip


def _form(slug: str, case: Case, kept: Sequence[str] | None, *sent: Any) -> Form:
    # A page holds several forms: the ids of each begin with its name.
    form = ANSWERS[slug].form(*sent, auto_id=f"{slug}_%s")
    if isinstance(form, ChoosingForm):
        form.choose_of(case.asked_quote, kept, case.place)
    if isinstance(form, forms.AskExchangeForm):
        form.ask_of(case.order, exchanges.grounds_of(case.order))
    if "signature" in form.fields:
        form.fields["signature"].initial = case.order.customer.name
    return form


def _waiting(case: Case) -> list[str]:
    """The answers that the customer can give now."""
    found: list[str] = []
    if case.quote is not None and case.quote.state == QuoteState.ISSUED:
        # First the option, then each price outside the list by itself, then the whole; at once where the repair does without them.
        if case.place is not None:
            outside = bench.unsigned_lines(case.quote, case.place)
            found += ["sign-line"] if outside else []
            found += ["approve", "enter-code"] if all(line.is_optional for line in outside) else []
        found.append("decline")
    if case.commitment is not None and case.commitment.state == CommitmentState.PROPOSED:
        found += ["sign", "refuse"]
    cancellable = (move for move in MOVES if move.verb == "intake.cancel" and move.is_offered)
    if any(case.order.state in move.froms for move in cancellable):
        found.append("cancel-free" if case.broken is not None else "cancel")
    if case.promise is not None and case.order.state not in ENDED:
        found.append("agree")
    # A case that nothing came of leaves the right where it was.
    if exchanges.grounds_of(case.order) and (case.exchange is None or case.exchange.state in GONE_BACK):
        found.append("ask-exchange")
    if case.offer is not None and case.offer.agreed_at is None:
        found += ["agree-unit", "decline-unit"]
    return found


def _declined(case: Case) -> UnitOffer | None:
    """What the customer did not want last, while nothing else is offered."""
    looks = case.offer is None and case.exchange is not None and case.exchange.state == CaseState.OPTION_OFFERED
    return next(iter(exchanges.declined_of(case.exchange)), None) if looks and case.exchange else None


def _must_choose(case: Case) -> bool:
    """Whether several ways to help wait for an answer."""
    return case.quote is not None and case.quote.state == QuoteState.ISSUED and case.quote.has_options


def _claim(request: HttpRequest, order: WorkOrder, token: str) -> dict[str, Any] | None:
    """What the customer shows at the counter once the appliance is ready: the QR code of the tag's half, and its digits."""
    tag = intake_queries.tag_of(order) if order.state in {State.READY, State.UNCOLLECTED} else None
    if tag is None:
        return None
    address = request.build_absolute_uri(reverse("track:show", args=[token]))
    proof = intake_queries.claim_link(address, tag)
    return {"squares": squares(proof), "digits": intake_queries.claim_code(tag), "number": tag.number}


def _papers(case: Case) -> dict[str, str]:
    """The papers that the order has for its customer, by their name in the address."""
    has = {
        "ticket": (True, spoken("Ticket")),
        "quote": (case.quote is not None, spoken("Quote")),
        "commitment": (case.commitment is not None, spoken("Signed time limit")),
        "report": (case.order.ready_at is not None, spoken("Repair report")),
        "deposit": (bool(case.order.deposit_held_minor), spoken("Deposit receipt")),
        "receipt": (case.bill is not None, spoken("Receipt")),
    }
    return {name: title for name, (exists, title) in has.items() if exists}


def _deposits(case: Case) -> list[dict[str, Any]]:
    """What the customer left before parts were ordered, and how it stands; asked only where a quote may have asked one."""
    order, quote = case.order, case.quote
    if not (order.deposit_held_minor or (quote is not None and (quote.deposit_minor or quote.version > 1))):
        return []
    is_billed = case.bill is not None
    return [
        {"deposit": each, "state": till.deposit_state_of(each, is_billed=is_billed, of=order)}
        for each in till.parts_deposits_of(order)
    ]


def _page(request: HttpRequest, case: Case, token: str, *, refused: tuple[str, Form] | None = None) -> HttpResponse:
    order = case.order
    # What was ticked stays ticked, whichever form of the page was sent.
    kept = request.POST.getlist("kept") if "seen_minor" in request.POST else None
    answers = {slug.replace("-", "_"): _form(slug, case, kept) for slug in _waiting(case)}
    if refused:
        answers[refused[0].replace("-", "_")] = refused[1]
    context = {
        "order": order,
        "token": token,
        "status": progress.status(order, case.commitment),
        "stages": progress.stages(order, [step.to_state for step in lifecycle.history(order)]),
        "coverage": workorder.coverage_of(order),
        "exchange": case.exchange,
        "offer": case.offer,
        "declined": _declined(case),
        "quote": case.quote,
        "quote_options": shown_options(case.quote) if case.quote else [],
        "chosen_option": case.place,
        "choose_at": f"{reverse('track:show', args=[token])}?option=" if _must_choose(case) else "",
        "outside": next(iter(bench.unsigned_lines(case.quote, case.place)), None)
        if "sign_line" in answers and case.quote
        else None,
        "commitment": case.commitment,
        "remedy": spoken(REMEDY_LABELS[Remedy(case.commitment.remedy)]) if case.commitment else "",
        "bill": case.bill,
        "deposits": _deposits(case),
        "moved": ledger.line_shown(case.promise) if case.promise else None,
        "receipt_code": till.receipt_code(case.bill) if case.bill else "",
        "papers": _papers(case),
        "claim": _claim(request, order, token),
        "phone": next(iter(customers.card(order.customer).phones_masked), ""),
        "answers": answers,
        "refused": refused[0] if refused else "",
    }
    return render(request, "track/order.html", context, status=422 if refused else 200)
