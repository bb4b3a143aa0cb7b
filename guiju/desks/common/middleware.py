"""What happens around every page: it stands in a place, and a refusal that no form caught still has a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.desks.common.place import place_of, standing_in
from guiju.kernel.refusing import Refusal

Answer = Callable[[HttpRequest], HttpResponse]


def _told_where_to_go(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell a script that sent a form (upload.js) where to go instead of redirecting it.

    It would follow the redirect unseen, and the page that says "done" would then be drawn twice and say it to nobody.
    """
    if request.headers.get("X-Sent-By") != "upload" or response.status_code not in {302, 303}:
        return response
    told = HttpResponse(status=204, headers={"X-Go-To": response["Location"]})
    told.cookies = response.cookies
    return told


class PlaceMiddleware:
    """Answer every page in the place of the person's unit; stands after the one that says who is acting."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer there."""
        with standing_in(place_of(getattr(request, "unit", None))):
            return _told_where_to_go(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that reached us is said on a page of its own, with the way back."""
        if not isinstance(exception, Refusal) or request.path.startswith("/api/"):
            return None
        template = "403.html" if exception.status == 403 else "409.html"
        page = render(request, template, {"refusal": exception}, status=exception.status)
        if seconds := getattr(exception, "retry_after_s", None):
            page["Retry-After"] = str(seconds)
        return page
