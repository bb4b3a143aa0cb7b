"""The page that shows every component in every state: how pages are made here is said in docs/design.md."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guiju.desks.common import forms, states
from guiju.kernel.refusing import NotAllowed
from guiju.kernel.words import N_, Sentence
from guiju.standing.warranty.rules import Cost, Cover, Coverage, Ground, Proof, Remedy, Right

# Whoever keeps the house's technology may look; where nothing is real, everybody may.
VERB = "news.resend"
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
# The pages that say no: how each is asked for here, its template and its status.
SAYS = {
    **{str(status): (f"{status}.html", status) for status in (400, 403, 404, 409, 429, 500)},
    "old-form": ("403_csrf.html", 403),
    "locked-out": ("common/locked_out.html", 429),
    "full": ("turned_away.html", 503),
}


class IntakeForm(forms.Form):
    """Every kind of field once."""

    phone = forms.PhoneField(
        label=gettext_lazy("Telephone"), help_text=gettext_lazy("The number that we may call about this repair.")
    )
    name = django_forms.CharField(label=gettext_lazy("Name"), max_length=80)
    fee = forms.MoneyField(label=gettext_lazy("Declared value"), required=False)
    bought_on = forms.DayField(label=gettext_lazy("Bought on"), required=False)
    promised_at = forms.MomentField(label=gettext_lazy("Promised for"))
    symptom = django_forms.ChoiceField(
        label=gettext_lazy("Symptom"),
        choices=[
            ("a", gettext_lazy("Does not start")), ("b", gettext_lazy("Leaks")), ("c", gettext_lazy("Makes a noise")),
        ],
    )  # fmt: skip
    extras = django_forms.MultipleChoiceField(
        label=gettext_lazy("Accessories"),
        choices=[("cord", gettext_lazy("Power cord")), ("remote", gettext_lazy("Remote control"))],
        widget=django_forms.CheckboxSelectMultiple,
        required=False,
    )
    problem = django_forms.CharField(
        label=gettext_lazy("What the customer says"), widget=django_forms.Textarea(attrs={"rows": 3})
    )
    photos = forms.PhotosField(label=gettext_lazy("Photos"), count_min=4)
    agreed = django_forms.BooleanField(label=gettext_lazy("The customer agrees to the test fee"))
    signature = forms.SignatureField(label=gettext_lazy("Signature"))


class ReasonForm(forms.Form):
    """What is asked before something that cannot be undone."""

    reason = django_forms.CharField(label=gettext_lazy("Reason"), max_length=80)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The page itself, or with `?says=409` the page that says so; its form can be sent, is looked at, and does nothing."""
    _admit(request)
    if (said := request.GET.get("says", "")) in SAYS:
        template, status = SAYS[said]
        return render(request, template, _said_then(), status=status)
    form = IntakeForm(request.POST, request.FILES) if request.method == "POST" else IntakeForm()
    refused = IntakeForm({"phone": "12", "symptom": "z", "once": "refused"}, {}, auto_id="refused_%s")
    context = {
        "form": form,
        "refused": refused,
        "reason": ReasonForm(auto_id="cancel_%s"),
        "orders": _orders(),
        "entries": _story(),
        "page": Paginator(range(95), 10).page(2),
        "tones": list(states.Tone),
        "machines": {name: list(labels) for name, labels in states.MACHINES.items()},
        "notices": _notices(),
        "covers": _covers(),
        "rights": _rights(),
        "quote": SimpleNamespace(
            currency="CNY", discount_minor=2000, discount_reason=_("A regular customer"), total_minor=26000
        ),
        "quote_lines": _quote_lines(),
        "says": SAYS,
    }
    return render(request, "common/design.html", context, status=422 if form.is_bound and form.errors else 200)


def _admit(request: HttpRequest) -> None:
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not (settings.DEMO or settings.DEBUG or actor.may(VERB)):
        raise NotAllowed


def _said_then() -> dict[str, Any]:
    """What such a page is told: a sentence, and what was typed."""
    return {
        "refusal": _("That was too often in a short time. Nothing was done; go on in %(seconds)s seconds.")
        % {"seconds": 12},
        "sentence": _("Too many people ask at this moment. Nothing was done; try again in a few seconds."),
        "typed": [("problem", "Leaks")],
        "again": "#",
    }


def _orders() -> list[SimpleNamespace]:
    """Some jobs in different states; nobody's."""
    problems = [_("Does not heat"), _("Runs all the time and is noisy at night"), _("Leaks"), _("No picture")]
    shown = ["REGISTERED", "DIAGNOSING", "QUOTED", "WAITING_PARTS", "QC_PENDING", "READY", "UNREPAIRABLE", "CLOSED"]
    return [
        SimpleNamespace(
            number=f"WO-FS01-20261102-{n:05}",
            customer="Margaret Winterbottom" if n % 2 else "陈立",
            phone="+8613812345678",
            problem=problems[n % 4],
            state=state,
            promised_at=NOON + timedelta(hours=7 * n),
            fee_minor=8850 + 41300 * n,
            is_late=n == 3,
        )
        for n, state in enumerate(shown)
    ]


def _story() -> list[dict[str, Any]]:
    later = NOON + timedelta(hours=2)
    return [
        {
            "at": later,
            "title": _("Assigned"),
            "who": "薄文",
            "detail": _("Certified for refrigerators"),
            "icon": "tool",
        },
        {"at": NOON, "title": _("Received at the counter"), "who": "林晓", "state": "RECEIVED", "icon": "box"},
    ]


def _covers() -> list[Cover]:
    """Labour and parts of which the same is said, and a main part that is covered for longer."""
    counted = Sentence(N_("It counts from the date of the invoice, %(day)s."), {"day": date(2025, 7, 15)})
    ended = Proof(
        Sentence(N_("The warranty ended: its last day was %(last)s."), {"last": date(2026, 7, 14)}),
        holds=True,
        because=(Proof(counted, holds=True, source="TG-3 CN-1995"),),
        unless=(Sentence(N_("A paper that shows a later start, or days in repair that are not in the book.")),),
    )
    lasts = Proof(Sentence(N_("The warranty lasts to %(last)s."), {"last": date(2028, 7, 14)}), True, "TG-5 CN-1995")
    over = (Coverage.OUT_OF_WARRANTY, date(2026, 7, 15), ended)
    return [
        Cover(Cost.LABOUR, "", *over),
        Cover(Cost.PARTS, "", *over),
        Cover(Cost.PARTS, "MOTOR", Coverage.IN_WARRANTY, date(2028, 7, 15), lasts),
    ]


def _rights() -> list[Right]:
    said = Sentence(N_("The same kind of fault was repaired %(times)s times."), {"times": 2})
    unless = (Sentence(N_("It holds if the same kind of fault is found again.")),)
    return [
        Right(Ground.TWO_REPAIRS, (Remedy.EXCHANGE, Remedy.REFUND), Proof(said, None, "TG-6 CN-1995", unless=unless))
    ]


def _quote_lines() -> list[SimpleNamespace]:
    """A service, a part that may be left out, and one that was."""
    rows = [
        (_("Labour"), "LABOUR-2", 1, 15000, False),
        (_("Control board"), "PCB-210", 1, 13000, True),
        (_("Remote control"), "RC-7", 1, 4000, False),
    ]
    return [
        SimpleNamespace(
            description=name, code=code, quantity=quantity, unit_minor=minor, amount_minor=quantity * minor, list_min_minor=minor,
            list_max_minor=minor * 2, is_optional=is_optional, is_declined=code == "RC-7", part=None,
        )
        for name, code, quantity, minor, is_optional in rows
    ]  # fmt: skip


def _notices() -> list[SimpleNamespace]:
    """The four kinds of news that the head of a page can say."""
    said = {
        constants.SUCCESS: _("The appliance is received."),
        constants.INFO: _("Two more jobs of this customer are in the house."),
        constants.WARNING: _("The promised date is tomorrow."),
        constants.ERROR: _("The job is already with somebody else."),
    }
    return [SimpleNamespace(level_tag=constants.DEFAULT_TAGS[level], words=words) for level, words in said.items()]
