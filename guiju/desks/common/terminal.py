"""A till screen that several people share: each takes it over with a PIN, and what was typed on the page stays."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth import login as begin_session
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.templatetags.trade import initials
from guiju.kernel import reach
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.standing.people import actions as people
from guiju.standing.people import queries, rules
from guiju.standing.people.models import Person
from guiju.standing.policy import queries as policy

# What the session of a shared screen remembers.
TERMINAL, LOCKED, CAME_BY = "terminal", "locked", "came_by"
BACKEND = "guiju.conf.backends.LoginBackend"
DIGITS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": rules.PIN_DIGITS[1], "pattern": "[0-9]*"}


class PinForm(forms.Form):
    """The password that one came in by, and the PIN twice."""

    password = plain.CharField(
        label=_("Your password"), widget=plain.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    pin = plain.CharField(
        label=_("PIN"), widget=plain.PasswordInput(attrs=DIGITS),
        help_text=_("4 to 8 digits, no birthday, nothing like 1234. It opens the till on a shared screen, and nothing else."),
    )  # fmt: skip
    again = plain.CharField(label=_("PIN once more"), widget=plain.PasswordInput(attrs=DIGITS))

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("pin") != data.pop("again", None) and not self.errors:
            self.add_error("again", _("The two are not the same."))
        return data


class SwitchForm(forms.Form):
    """Who takes over, and the PIN."""

    person = plain.ModelChoiceField(
        label=_("Who are you?"), queryset=Person.objects.none(), empty_label=None, widget=plain.RadioSelect
    )
    pin = plain.CharField(label=_("PIN"), widget=plain.PasswordInput(attrs=DIGITS))

    def __init__(self, *args: Any, unit_id: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = queries.with_pin(unit_id)  # type: ignore[attr-defined]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_pin(request: Request) -> HttpResponse:
    """Set my PIN."""
    person = get_object_or_404(Person.objects.select_related("unit"), pk=request.actor.person_id)
    if not request.actor.may("people.set_pin", on=person):
        raise NotAllowed
    form = PinForm(request.POST or None)
    # A guess at the password counts as one at the door, and locks the name like there.
    if (
        form.is_valid()
        and authenticate(request, username=request.user.username, password=form.cleaned_data["password"]) is None
    ):
        form.add_error("password", str(people.WrongPassword()))
    if request.method == "POST" and perform(
        request, form, lambda data: people.set_pin(person, **data, by=request.actor, at=now()).pk
    ):
        messages.success(request, gettext("Your PIN is set."))
        return redirect("home")
    context = {"form": form, "has_pin": queries.pin_of(person.pk) is not None}
    return render(request, "common/own_pin.html", context, status=422 if form.is_bound else 200)


@require_POST
def begin(request: Request) -> HttpResponse:
    """From now on this browser is a shared screen: people change on it by PIN, and it locks when nobody touches it."""
    unit = request.unit
    if unit is None or not request.actor.may("people.set_pin"):
        raise NotAllowed
    minutes = policy.figure("till.idle_lock_min", unit=unit, on=unit.day(now())).value
    request.session[TERMINAL] = {"unit": unit.pk, "idle_s": int(minutes or 0) * 60}
    messages.success(request, gettext("This screen is shared now. F9 changes the person."))
    return redirect("till:home")


@require_POST
def lock(request: Request) -> HttpResponse:
    """Lock the screen: nothing is answered here until somebody takes it over."""
    if request.session.get(TERMINAL):
        request.session[LOCKED] = True
    return HttpResponse(status=204)


@require_safe
def leave(request: Request) -> HttpResponse:
    """On the way to the sign-in with the password: the screen is signed out first, as everywhere."""
    return render(request, "common/terminal_leave.html")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: Request) -> HttpResponse:
    """Take over this screen; the session of whoever had it ends with that."""
    shared = request.session.get(TERMINAL)
    if not shared:
        messages.info(request, gettext("This screen is not shared: each signs in here with the password."))
        return redirect("home")
    form = SwitchForm(request.POST or None, unit_id=shared["unit"])
    is_script = request.headers.get("X-Sent-By") == "terminal"
    if request.method == "POST" and form.is_valid() and _taken_over(request, form, shared):
        person = form.cleaned_data["person"]
        if is_script:
            said = {
                "name": person.name,
                "initials": initials(person.name),
                "person": request.user.pk,
                "token": get_token(request),
            }
            return JsonResponse(said)
        return redirect("till:home")
    template = "common/terminal.html#sheet" if is_script else "common/terminal.html"
    context = {"form": form, "is_locked": bool(request.session.get(LOCKED))}
    return render(request, template, context, status=422 if form.is_bound else 200)


@reach.as_house
def _taken_over(request: Request, form: SwitchForm, shared: Any) -> bool:
    """Try the PIN, and begin a new session with it: nothing of the old one stays but that the screen is shared."""
    person: Person = form.cleaned_data["person"]
    try:
        is_right = people.come_in_by_pin(person, pin=form.cleaned_data["pin"], terminal=request.actor.name, at=now())
    except Refusal as refusal:
        form.add_error("pin", str(refusal))
        return False
    mine = queries.login_of(person)
    if not is_right or mine is None:
        form.add_error("pin", str(people.PinWrong()))
        return False
    request.session.flush()
    begin_session(request, mine, backend=BACKEND)
    request.session[TERMINAL], request.session[CAME_BY] = shared, rules.BY_PIN
    return True
