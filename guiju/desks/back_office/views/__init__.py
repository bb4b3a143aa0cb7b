"""The pages of the back office, a module a section."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from guiju.desks.back_office import sections
from guiju.desks.common.asked import Request
from guiju.kernel.refusing import NotAllowed


@require_safe
def home(request: Request) -> HttpResponse:
    """The first section that the person may see."""
    seen = sections.open_to(request.actor)
    if not seen:
        raise NotAllowed
    return redirect(seen[0].url)
