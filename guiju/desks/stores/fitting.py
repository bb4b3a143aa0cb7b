"""What a part is for: models and kinds of appliance, named and ended on its card by whoever keeps the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.desks.common.steps import Step
from guiju.desks.stores import fitting_forms as forms
from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part

STEPS: Mapping[str, tuple[Step, str | Promise, Callable[..., Any]]] = {
    step.slug: (step, button, form)
    for step, button, form in (
        (Step("fit-model", "catalogue.fit_model", catalogue.fit_model, _("It fits this model."), "form"),
         _("Name a model"), forms.ModelForm),
        (Step("end-model", "catalogue.end_model", catalogue.end_model, _("It does not fit this model any more."), "form"),
         _("End a model"), forms.NamedModelForm),
        (Step("fit-line", "catalogue.fit_line", catalogue.fit_line, _("It is for this kind of appliance."), "form"),
         _("Name a kind of appliance"), forms.LineForm),
        (Step("end-line", "catalogue.end_line", catalogue.end_line, _("It is not for this kind any more."), "form"),
         _("End a kind of appliance"), forms.NamedLineForm),
    )
}  # fmt: skip


def offered(part: Part, by: Actor, *, named: Mapping[str, Any], refused: tuple[str, Any] | None = None) -> list[Any]:
    """The forms for whoever may say what the part fits; what is not named cannot be ended.

    named     by the last word of the step, what there is to end
    refused   the step that was refused, with its form
    """
    found = []
    for slug, (step, button, form) in STEPS.items():
        way, _dash, what = slug.partition("-")
        if by.may(step.verb) and (way == "fit" or named[what]):
            is_it = refused is not None and refused[0] == slug
            filled = refused[1] if refused is not None and is_it else form(part=part, auto_id=f"{slug}-%s")
            found.append({"slug": slug, "button": button, "form": filled, "is_open": is_it})
    return found
