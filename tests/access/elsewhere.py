"""What the tables cannot show from the state of their scene, each with the place where it is shown."""

from __future__ import annotations

from collections.abc import Mapping

REQUESTS, CALLS, LENDING = (f"desks/reception/test_{each}.py" for each in ("requests", "calls", "lending"))
SIGNING, PROGRAMS = "desks/reception/test_signatures.py", "api/test_requests.py"
CALENDAR, MESSAGES, ASKING = (
    "desks/back_office/test_calendar.py",
    "desks/back_office/test_messages.py",
    "desks/front_door/test_asking.py",
)

# Verbs that nobody does in the tables, and the story in which somebody does: its file, and words of it.
DONE_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "design": ("desks/common/test_pages.py", '"once": "the-key"'),
    "set_language": ("desks/track/test_track.py", 'post("/language"'),
    "reception:read_contact": (REQUESTS, 'post(f"{_url(request)}contact"'),
    "reception:convert": (REQUESTS, 'post(f"{_url(request)}order"'),
    "reception:request_act": (REQUESTS, 'post(f"{_url(request)}solve"'),
    "reception:loaners": (LENDING, 'post("/reception/loaners/"'),
    "reception:retire_loaner": (LENDING, '/retire", {"reason"'),
    "sign:sign": (SIGNING, "Client().post(_page()"),
    "/closed-days": (CALENDAR, "ma.post(HOME, typed).status_code == 302"),
    "/loaners": (PROGRAMS, 'ma.do("/loaners"'),
    "/requests": (PROGRAMS, 'lin.do("/requests"'),
    "/webhook-endpoints": ("api/test_webhooks.py", 'robot.post("/webhook-endpoints"'),
    "/wordings": (MESSAGES, "/back-office/wordings/"),
    "list_keep": ("desks/test_lists.py", '"/lists/orders/views?state=RECEIVED"'),
    "list_act": ("desks/test_lists.py", '"/lists/orders/acts/hold", chosen=chosen, sure="1"'),
    "till:release_code": ("desks/till/test_till.py", "ma.post(release"),
    "back_office:calendar": (CALENDAR, "ma.post(HOME, typed).status_code == 302"),
    "back_office:load_holidays": (CALENDAR, 'nie.post(f"{HOME}holidays"'),
    "back_office:messages_of_order": (MESSAGES, 'desk.post(address, {"do": "prefer"'),
    "/orders/{number}/release-claim-code": ("desks/till/test_till.py", "ma.post(release"),
    "front_door:ask": (ASKING, "browser.post(ASK, typed).status_code == 302"),
    "front_door:mine": (ASKING, 'browser.post(f"{url}/withdraw"'),
    "front_door:answer": (ASKING, 'browser.post(f"{url}/withdraw"'),
}

# Rows at which nobody is let in, because what they show is not in the scene; the story that opens them.
FOR_NOBODY: Mapping[str, tuple[str, str]] = {
    name: DONE_ELSEWHERE[name]
    for name in (
        "reception:read_contact", "reception:convert", "reception:request_act", "reception:retire_loaner",

        "back_office:messages_of_order", "front_door:mine", "front_door:answer",
    )
} | {
    "reception:request": (REQUESTS, "_url(request)"),
    "reception:request_picture": (REQUESTS, "_url(request)"),
    "sign:sign": (SIGNING, "_page()"),
    "reception:signature": (SIGNING, "_ask(lin_browser"),
    "reception:signature_picture": (SIGNING, "_ask(lin_browser"),
    "sticker:scanned": (ASKING, "scanned"),
}  # fmt: skip

# Routes that have no line yet, because nobody has said what fills their address or their body: their own tests ask them as
# both outlets. A new route must not be added here; it gets its line.
NOT_YET = frozenset(
    {
        "back_office:message",
        "back_office:message_resend",
        "back_office:reopen_day",
        "back_office:wording",
        "front_door:picture",
        "/closed-days/{key}/reopen",
        "/customers/{key}/prefer",
        "/loaners/{id}/retire",
        "/loans/{id}/except",
        "/loans/{id}/take-back",
        "/messages/{key}/resend",
        "/orders/{number}/invite",
        "/orders/{number}/lend",
        "/requests/{number}/cancel",
        "/requests/{number}/convert",
        "/requests/{number}/link-duplicate",
        "/requests/{number}/read-contact",
        "/requests/{number}/reject",
        "/requests/{number}/reopen",
        "/requests/{number}/solve-by-advice",
        "/requests/{number}/triage",
        "/webhook-endpoints/{key}/change",
        "/webhook-endpoints/{key}/pause",
        "/webhook-endpoints/{key}/resume",
        "/webhook-endpoints/{key}/revoke",
        "/webhook-endpoints/{key}/rotate",
        "/webhook-endpoints/{key}/send-test",
        "/webhook-messages/{key}/resend",
    }
)
