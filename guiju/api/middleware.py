"""Whatever else goes wrong under /api/ is told as a problem too: an address that is none, a wrong method, a failure of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from guiju.api.problems import MEDIA_TYPE, Unknown, problem
from guiju.kernel.words import N_, Sentence

Answer = Callable[[HttpRequest], HttpResponse]

API = "/api/"
# What Django answers by itself, with a page: the code and the sentence of each.
OTHERWISE: Mapping[int, tuple[str, str]] = {
    400: ("unreadable", N_("This request cannot be read.")),
    403: ("not_allowed", N_("This request is not allowed.")),
    404: ("unknown", Unknown.sentence),
    405: ("wrong_method", N_("This address does not answer to this method.")),
    413: ("too_large", N_("More was sent than is read at once.")),
}
FAILED = ("failed", N_("Something went wrong on our side. It was not done; try again in a minute."))


class ProblemMiddleware:
    """Says in a problem what Django would show on a page; the answer keeps its status and its headers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and put a refusal that is a page into a program's words."""
        answer = self.get_response(request)
        if answer.status_code < 400 or answer.streaming or not request.path.startswith(API):
            return answer
        if answer.get("Content-Type", "") != MEDIA_TYPE:
            code, sentence = OTHERWISE.get(answer.status_code, FAILED)
            answer.content = problem(answer.status_code, code, str(Sentence(sentence))).content
            answer["Content-Type"] = MEDIA_TYPE
        return answer
