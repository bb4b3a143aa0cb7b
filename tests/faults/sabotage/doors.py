"""What the doors would miss: signing in, limits, the gateway, pages, hostile uploads."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead, no_middleware, setting

FAILING = "tests/conf/test_failing.py"
TYPED = "tests/desks/common/test_typed.py"
HOSTILE = "tests/faults/test_hostile_uploads.py"

SABOTEURS: Mapping[str, Saboteur] = {
    "no_door": Saboteur(
        "pages are open to strangers",
        instead("guiju.conf.middleware:ActorMiddleware", "process_view", lambda *_a: None),
        "tests/conf/test_doors.py",
    ),
    "no_second_factor": Saboteur(
        "a password alone approves money",
        instead("guiju.conf.second_factor", "demand", lambda *_a, **_k: None),
        "tests/conf/test_second_factor.py",
    ),
    "no_lockout": Saboteur("passwords may be guessed", setting(AXES_ENABLED=False), "tests/conf/test_sign_in.py"),
    "no_limit": Saboteur(
        "anybody may come as often as they like",
        instead("guiju.conf.running.buckets:Buckets", "take", lambda *_a: 0.0),
        "tests/conf/test_limits.py",
    ),
    "no_shedding": Saboteur(
        "the queue has no end",
        instead("guiju.conf.running.gateway:Gateway", "_judge", lambda *_a, **_k: None),
        "tests/conf/test_gateway.py",
    ),
    "endless_patience": Saboteur(
        "slow bodies are waited for",
        instead("guiju.conf.running.gateway:Gateway", "_patience", lambda _me, until: until + 3600),
        "tests/conf/test_gateway.py",
    ),
    "talkative_log": Saboteur(
        "the log quotes whom it is about",
        instead("guiju.conf.running.logs:Discreet", "filter", lambda *_a: True),
        "tests/conf/test_watching.py",
    ),
    "open_figures": Saboteur(
        "anybody reads the figures",
        instead("guiju.conf.running.health", "_may_watch", lambda _r: True),
        "tests/conf/test_watching.py",
    ),
    "endless_scans": Saboteur(
        "a JPEG is decoded as often as it says", instead("guiju.kernel.evidence", "SCANS_MAX", 10**9), HOSTILE
    ),
    "zipped_as_said": Saboteur(
        "a spreadsheet unfolds as far as it likes",
        instead("guiju.standing.catalogue.rules.tables", "UNZIPPED_MAX", 10**12),
        HOSTILE,
    ),
    "no_csrf": Saboteur(
        "foreign pages may send our forms", no_middleware("CsrfViewMiddleware"), "tests/conf/test_production.py"
    ),
    "typed_for_anybody": Saboteur(
        "what was typed comes back to whoever signs in next",
        instead("guiju.desks.common.typed", "_is_theirs", lambda *_a: True),
        TYPED,
    ),
    "typed_by_anybody": Saboteur(
        "who signed in here last is whoever says so",
        instead(
            "guiju.desks.common.typed",
            "_whose",
            lambda request: request.COOKIES.get("guiju_whose", "").partition(":")[0] or None,
        ),
        TYPED,
    ),
    "power_is_cheap": Saboteur(
        "a paid bill may be lost with the power",
        instead(
            "guiju.conf.environment",
            "SQLITE_PRAGMAS",
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        ),
        "tests/conf/test_environment.py",
    ),
    "no_policy": Saboteur(
        "a page runs whatever stands in it", no_middleware("CSPMiddleware"), "tests/desks/common/test_pages.py"
    ),
    "framed": Saboteur(
        "a foreign page shows ours in a frame",
        no_middleware("XFrameOptionsMiddleware"),
        "tests/desks/common/test_pages.py tests/conf/test_production.py",
    ),
    "dishonest_500": Saboteur(
        "a busy database is a fault of ours", instead("guiju.api.transport", "refusal_of", lambda _e: None), FAILING
    ),
    "no_word_when": Saboteur(
        "nobody is told when to come again", instead("guiju.api.transport:Busy", "retry_after_s", None), FAILING
    ),
}
