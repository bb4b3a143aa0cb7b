"""A page with everything that the frame has, for the tests and for looking at (see look.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.i18n import set_language

from guiju.desks.common import desk, forms, views
from guiju.desks.common.doors import public
from guiju.desks.common.place import place_of, standing_in

UNIT = SimpleNamespace(name="佛山禅城维修中心", currency="CNY", jurisdiction="CN-44", time_zone="Asia/Shanghai")
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


class Everybody:
    """Somebody who may do anything."""

    kind, name, person_id, unit_id = "PERSON", "Lin Mei", 1, 1

    def may(self, verb: str, on: Any = None, unit_id: Any = None) -> bool:
        return verb != "nobody.may"


class IntakeForm(forms.Form):
    """Every kind of field once."""

    phone = forms.PhoneField(label="Telephone", help_text="The number that we may call about this repair.")
    name = django_forms.CharField(label="Name", max_length=80)
    fee = forms.MoneyField(label="Declared value", required=False)
    bought_on = forms.DayField(label="Bought on", required=False)
    promised_at = forms.MomentField(label="Promised for")
    symptom = django_forms.ChoiceField(
        label="Symptom", choices=[("a", "Does not start"), ("b", "Leaks"), ("c", "Noisy")]
    )
    extras = django_forms.MultipleChoiceField(
        label="Accessories",
        choices=[("cord", "Power cord"), ("remote", "Remote control"), ("box", "Box")],
        widget=django_forms.CheckboxSelectMultiple,
        required=False,
    )
    problem = django_forms.CharField(label="What the customer says", widget=django_forms.Textarea(attrs={"rows": 3}))
    photos = forms.PhotosField(label="Photos", count_min=4)
    agreed = django_forms.BooleanField(label="The customer agrees to the test fee")
    signature = forms.SignatureField(label="Signature")


DESKS = (
    ("reception", "Reception", "phone", 0),
    ("control", "Control room", "layout-kanban", 4),
    ("bench", "Bench", "tool", 12),
    ("stores", "Stores", "building-store", 2),
    ("inspection", "Inspection", "shield-check", 0),
    ("till", "Till", "cash", 0),
    ("office", "Back office", "settings", 0),
)
STATES = "REGISTERED DIAGNOSING QUOTED WAITING_PARTS REPAIRING QC_PENDING READY DELIVERED UNCOLLECTED CLOSED".split()


def orders() -> list[SimpleNamespace]:
    """Some jobs in different states."""
    problems = ["Does not heat", "Compressor runs all the time, noisy at night", "Leaks from the door", "No picture"]
    return [
        SimpleNamespace(
            number=f"WO-FS01-20261102-{n:05}",
            customer="陈立" if n % 2 else "Margaret Winterbottom",
            phone="+8613812345678",
            problem=problems[n % 4],
            state=state,
            promised_at=NOON + timedelta(hours=7 * n),
            fee_minor=8850 + 41300 * n,
            is_late=n == 3,
        )
        for n, state in enumerate(STATES)
    ]


def show(request: HttpRequest) -> HttpResponse:
    """The page itself."""
    form = IntakeForm(request.POST, request.FILES) if request.method == "POST" else IntakeForm()
    entries = [
        {"at": NOON, "title": "Received at the counter", "who": "Lin Mei", "state": "RECEIVED", "icon": "box"},
        {
            "at": NOON + timedelta(hours=2),
            "title": "Dispatched to Chen",
            "who": "Bo",
            "detail": "Certified for refrigerators",
        },
    ]
    context = {"orders": orders(), "form": form, "entries": entries, "page": Paginator(range(95), 10).page(2)}
    return render(request, "showcase/show.html", context, status=422 if form.is_bound else 200)


@public
def plain(request: HttpRequest) -> HttpResponse:
    """A page for a customer."""
    return render(request, "showcase/plain.html", {"order": orders()[3]})


def seated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page as it is for somebody who may do anything."""

    @public
    def answer(request: Any) -> HttpResponse:
        request.actor, request.unit = Everybody(), UNIT
        with standing_in(place_of(UNIT)):
            return view(request)

    return answer


def declare_desks() -> None:
    """Put some desks into the navigation."""
    for order, (slug, title, icon, waiting) in enumerate(DESKS):
        section = desk.Section.OFFICE if slug == "office" else desk.Section.LINE
        desk.register(
            desk.Desk(slug, title, f"show:{slug}", icon, section=section, order=order, count=lambda _a, n=waiting: n)
        )


show_patterns = ([path(f"{slug}/", seated(show), name=slug) for slug, *_ in DESKS], "show")
urlpatterns = [
    path("show/", include(show_patterns)),
    path("plain/", plain),
    path("account/", include("allauth.urls")),
    path("", views.home, name="home"),
    path("stranger", views.home),
    path("track", views.track, name="track_box"),
    path("find", seated(views.search), name="find"),
    path("live", plain, name="live"),
    path("request/", include(([path("", plain, name="choose")], "front_door"))),
    path("language", public(set_language), name="set_language"),
    path("healthz", views.health, name="health"),
]
