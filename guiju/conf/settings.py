"""Every setting, read from the environment alone; the defaults are safe.

GUIJU_DATA          folder of the database, the secret key and the uploaded files; default ./var
DATABASE_URL        sqlite:///… or postgres://…; default a SQLite file in GUIJU_DATA
GUIJU_OWNER_URL     postgres://… of the role that owns the tables, for migrate, roles, backup and restore alone; the role in
                    DATABASE_URL then owns nothing. Default: one role for both, which GUIJU_PRODUCTION refuses to serve with
GUIJU_HOSTS         names under which the site answers, separated by commas; default this machine only
GUIJU_ORIGINS       addresses (https://…) from which forms may come when a proxy changes the host
GUIJU_HTTPS         1 when browsers reach the site by https: cookies are sent over https alone
GUIJU_PRODUCTION    1 for a real installation: https is required and remembered, static files are fingerprinted,
                    and whoever approves money must sign in with a second factor
GUIJU_BEHIND_PROXY  1 when a proxy that we trust sets X-Forwarded-Proto
GUIJU_SECRET_KEY    the secret that signs cookies and links; made on first use when absent
GUIJU_OLD_SECRETS   earlier secrets that are still accepted, separated by commas
GUIJU_LANGUAGE      en, zh-hans or zh-hant: the language of a browser that asks for none of them
GUIJU_POOL          PostgreSQL connections to pool per process; default no pool
GUIJU_PGBOUNCER     1 when DATABASE_URL leads to pgbouncer in transaction mode
GUIJU_ADDRESS       the site's address without a slash at its end, for the links in messages
GUIJU_CARRIER       the class that carries messages to telephones; default one that only writes them down
GUIJU_WECHAT_CARRIER  the same for WeChat
GUIJU_MAIL          smtp://user:password@host:587?tls=1, the server that sends e-mail; default messages are only written down
GUIJU_MAIL_FROM     the address that e-mail comes from
GUIJU_ALIPAY        who we are at Alipay: url=…;app_id=…;key=FILE;their_key=FILE;notify=https://…/api/v1/wallets/ALIPAY; default none
GUIJU_WECHAT_PAY    the same at WeChat Pay: url=…;mchid=…;appid=…;serial=…;key=FILE;their_key=FILE;secret=FILE;notify=…; default none
GUIJU_WEBHOOKS_ALLOW  networks of our own (10.1.0.0/16, …) to which webhooks may go, separated by commas; default none
GUIJU_TELEPHONE_SECRET  by which a web telephone signs what it sends to /telephone/twiml; empty: its key alone lets it in
GUIJU_TRAIL_HEADS   a file, best on another machine, into which the head of the audit chain is written once a day; default none
GUIJU_LIMITS        how often one principal may come: person=600/120,key=3000/300,link=120/60,address=600/200 (a minute / at once); off
GUIJU_THREADS, GUIJU_QUEUE  requests that one process answers at once, and that wait for it; default 8 (4 on SQLite) and 64
GUIJU_LOG           json for machines, line for eyes; default json in production
GUIJU_METRICS_TOKEN what /metrics must be asked with (Authorization: Bearer …); empty: this machine alone may ask, and not by a proxy
GUIJU_DEBUG         1 shows errors in the browser; never for a site that others reach
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from guiju.conf.environment import (
    ALIPAY_NEEDS,
    WECHAT_PAY_NEEDS,
    app_role,
    database,
    flag,
    limits,
    listed,
    mail,
    number,
    secret_key,
    wallet,
)
from guiju.conf.running import logs
from guiju.conf.running.bounds import Bounds

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("GUIJU_DATA", "var")).resolve()
PRODUCTION = flag("GUIJU_PRODUCTION")
HTTPS = flag("GUIJU_HTTPS", default=PRODUCTION)
DEBUG = flag("GUIJU_DEBUG")
# Set by `guiju demo` alone: the sign-in page then says who there is and with which password.
DEMO = flag("GUIJU_DEMO") and not PRODUCTION

# The contexts, deepest band first; inside the line, the earlier station first. The import contracts hold the same order.
CONTEXTS = [
    "guiju.kernel",
    "guiju.standing.people",
    "guiju.standing.policy",
    "guiju.standing.customers",
    "guiju.standing.catalogue",
    "guiju.standing.pricing",
    "guiju.standing.warranty",
    "guiju.books.stock",
    "guiju.books.money",
    "guiju.readiness.academy",
    "guiju.readiness.custody",
    "guiju.readiness.upkeep",
    "guiju.readiness.transfers",
    "guiju.readiness.requisitions",
    "guiju.readiness.counting",
    "guiju.readiness.supply",
    "guiju.readiness.planning",
    "guiju.line.workorder",
    "guiju.line.intake",
    "guiju.line.registration",
    "guiju.line.telephone",
    "guiju.line.dispatch",
    "guiju.line.storeroom",
    "guiju.line.workshop",
    "guiju.line.exchange",
    "guiju.line.quality",
    "guiju.line.cashier",
    "guiju.line.banking",
    "guiju.line.receivables",
    "guiju.line.followup",
    "guiju.oversight.papers",
    "guiju.oversight.reports",
    "guiju.oversight.dossier",
    "guiju.oversight.notices",
    "guiju.oversight.webhooks",
    "guiju.jobs",
    "guiju.api",
    "guiju.desks.common",
    "guiju.desks.reception",
    "guiju.desks.exchange",
    "guiju.desks.control_room",
    "guiju.desks.bench",
    "guiju.desks.stores",
    "guiju.desks.inspection",
    "guiju.desks.till",
    "guiju.desks.field",
    "guiju.desks.back_office",
    "guiju.desks.track",
    "guiju.desks.front_door",
]

INSTALLED_APPS = [
    *CONTEXTS,
    "guiju.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Lets a desk's templates draw form fields; and allauth's passkey pages say "two days ago".
    "django.forms",
    "django.contrib.humanize",
    "template_partials",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    # Serves the API's own documentation from here instead of a CDN.
    "ninja",
]

MIDDLEWARE = [
    # Around everything, so that the log and the figures know of every answer.
    "guiju.conf.running.watching.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # After the language is known, around all that may answer a program with a page.
    "guiju.api.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last of the libraries' own, so that a lock-out replaces whatever answer the sign-in gave.
    "axes.middleware.AxesMiddleware",
    # Before the one that asks the database who acts: who comes too often costs nothing.
    "guiju.conf.running.limits.LimitMiddleware",
    "guiju.conf.middleware.ActorMiddleware",
    # After we know who acts: their unit's zone, money and telephone region; and a refusal that no form caught gets a page.
    "guiju.desks.common.middleware.PlaceMiddleware",
    # Innermost, around the view alone: what was typed before the session ended is put back into its page.
    "guiju.desks.common.typed.TypedMiddleware",
]

ROOT_URLCONF = "guiju.conf.urls"
WSGI_APPLICATION = "guiju.conf.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
GUIJU_RIGHTS = "guiju.conf.rights.RIGHTS"
GUIJU_ADDRESS = os.environ.get("GUIJU_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
GUIJU_TRAIL_HEADS = os.environ.get("GUIJU_TRAIL_HEADS", "")
GUIJU_WALLETS = {
    "ALIPAY": wallet("GUIJU_ALIPAY", needs=ALIPAY_NEEDS),
    "WECHAT": wallet("GUIJU_WECHAT_PAY", needs=WECHAT_PAY_NEEDS),
}
GUIJU_TELEPHONE_SECRET = os.environ.get("GUIJU_TELEPHONE_SECRET", "")
_NOTE_BOOK = "guiju.oversight.notices.actions.NoteBook"
_MAIL = os.environ.get("GUIJU_MAIL", "")
GUIJU_CARRIERS = {
    "SMS": os.environ.get("GUIJU_CARRIER") or _NOTE_BOOK,
    "WECHAT": os.environ.get("GUIJU_WECHAT_CARRIER") or _NOTE_BOOK,
    "EMAIL": "guiju.oversight.notices.actions.Mail" if _MAIL else _NOTE_BOOK,
}
if _MAIL:
    globals().update(mail(_MAIL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("GUIJU_MAIL_FROM", "guiju@localhost")
GUIJU_WEBHOOKS_ALLOW = listed("GUIJU_WEBHOOKS_ALLOW")

# --- Database and files

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'guiju.sqlite3'}"
DATABASES = {"default": database((flag("GUIJU_AS_OWNER") and os.environ.get("GUIJU_OWNER_URL")) or DATABASE_URL)}
# Where the tables have another owner: who serves, for the commands that the owner runs.
GUIJU_APP_ROLE, GUIJU_APP_PASSWORD = app_role(DATABASE_URL, os.environ.get("GUIJU_OWNER_URL", ""))
MEDIA_ROOT = DATA / "files"
# Elsewhere static files are served from where they lie, and nothing need be collected.
STATIC_ROOT = DATA / "static" if PRODUCTION else None
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Fingerprinted names let browsers keep files for ever, but need `collectstatic`, which `guiju serve` runs in production.
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
# A form with a dozen photographs from a phone, each held to 10 MB by kernel.evidence; the fields beside them are small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Pages

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            # As in Django 6, so that the move is a change of settings and no template loads what will be built in.
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guiju.conf.demo.people.hints",
                "guiju.desks.common.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Languages and time

LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LANGUAGE_CODE = os.environ.get("GUIJU_LANGUAGE", "en")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
# Inside, time is UTC; each unit has its own zone, in which its people see it.
TIME_ZONE = "UTC"

# --- Sign-in

AUTH_USER_MODEL = "people.Login" if "guiju.standing.people" in CONTEXTS else "auth.User"
AUTHENTICATION_BACKENDS = [
    # First, so that a locked-out caller is turned away before a password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "guiju.conf.backends.LoginBackend",
]
if DEMO:
    PASSWORD_HASHERS = ["guiju.conf.demo.passwords.QuickHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "guiju.conf.sign_in.SignIn"
ACCOUNT_FORMS = {
    "login": "guiju.desks.common.sign_in.SignInForm",
    "reauthenticate": "guiju.desks.common.sign_in.SignInAgainForm",
}
# Counters are shared: nobody is asked whether to be remembered, everybody is for one shift (SESSION_COOKIE_AGE).
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# allauth counts attempts in memory and per process; axes counts them in the database, for all processes, and says so in the log.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Guiju"
# Whoever approves money comes in by two keys (PLT-2); the demo and a developer's house let everybody look round.
SECOND_FACTOR_DEMANDED = PRODUCTION
# Browsers count localhost as safe; on any other address passkeys need https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

AXES_FAILURE_LIMIT = 5
# In hours. Long enough to make guessing useless, short enough that nobody need be fetched to open a counter in the morning.
AXES_COOLOFF_TIME = 0.25
# A counter's people share an address, so one person's slips must not lock out the others; nor may a stranger lock out a person.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "guiju.conf.sign_in.claimed_name"
AXES_LOCKOUT_CALLABLE = "guiju.conf.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Safety

SECRET_KEY = secret_key(DATA)
SECRET_KEY_FALLBACKS = listed("GUIJU_OLD_SECRETS")
ALLOWED_HOSTS = listed("GUIJU_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("GUIJU_ORIGINS")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# One shift and its overtime: a desk left signed in overnight asks again in the morning.
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION and HTTPS
# Machines that watch the house ask it itself, and not by way of the proxy that speaks https.
SECURE_REDIRECT_EXEMPT = [r"^(health|ready|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
if flag("GUIJU_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Tabler draws check marks and arrows, and we draw QR codes and signatures, as data: and blob: pictures.
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Running

# What the processes of one machine share, and what need not outlive them.
RUN = DATA / "run"
GUIJU_LIMITS = limits(os.environ.get("GUIJU_LIMITS", ""))
# SQLite lets one write at a time, and each thread has its own connection and 5 MB with it: more would only wait for one another.
THREADS = 4 if DATABASES["default"]["ENGINE"].endswith("sqlite3") else 8
GUIJU_BOUNDS = Bounds(threads=number("GUIJU_THREADS", default=THREADS), queue=number("GUIJU_QUEUE", default=64))
GUIJU_METRICS_TOKEN = os.environ.get("GUIJU_METRICS_TOKEN", "")
LOGGING = logs.settings_for(os.environ.get("GUIJU_LOG") or ("json" if PRODUCTION else "line"))
