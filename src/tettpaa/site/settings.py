"""Settings: one file, every value from the environment (docs/settings.md lists them)."""

from pathlib import Path

import dj_database_url
from django.utils.csp import CSP

from tettpaa.site import environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("TETTPAA_DATA_DIR", "data")).resolve()
DEMO = environment.flag("TETTPAA_DEMO", default=False)
DEBUG = environment.flag("TETTPAA_DEBUG", default=False)
SECRET_KEY = environment.secret("TETTPAA_SECRET_KEY", DATA_DIR / "secret-key")
ALLOWED_HOSTS = environment.words("TETTPAA_HOSTS", "127.0.0.1,localhost,[::1]")
BASE_ADDRESS = environment.text("TETTPAA_ADDRESS", "http://127.0.0.1:8000")
HTTPS = BASE_ADDRESS.startswith("https://")
# Local accounts need a second factor; the demo's open sign-in does not.
REQUIRE_SECOND_FACTOR = environment.flag("TETTPAA_REQUIRE_SECOND_FACTOR", default=not DEMO)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "tettpaa.core.audit",
    "tettpaa.core.jobs",
    "tettpaa.core.accounts",
    "tettpaa.core.orgs",
    "tettpaa.core.ui",
    "tettpaa.core.packs",
    "tettpaa.data.indicators",
    "tettpaa.data.sources",
    "tettpaa.work.yearwheel",
    "tettpaa.work.plans",
    "tettpaa.work.initiatives",
    "tettpaa.work.surveys",
    "tettpaa.work.agreements",
    "tettpaa.work.programmes",
    "tettpaa.work.competence",
    "tettpaa.work.offers",
    "tettpaa.work.funds",
    "tettpaa.work.dialogue",
    "tettpaa.work.followup",
    "tettpaa.report.annual",
    "tettpaa.report.decisions",
    "tettpaa.doors.workspace",
    "tettpaa.doors.office",
    "tettpaa.doors.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tettpaa.core.orgs.middleware.AccessMiddleware",
    "tettpaa.core.orgs.once.OnceMiddleware",
]

ROOT_URLCONF = "tettpaa.site.urls"
WSGI_APPLICATION = "tettpaa.site.wsgi.application"
ACCESS_TABLE = PACKAGE / "site" / "access.toml"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tettpaa.core.ui.context.page",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    # Measured (docs/decisions/0007): without WAL and IMMEDIATE, 178 of 400 concurrent writes were refused.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; "
    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
}
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'tettpaa.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Shared by all processes, so that rate limits hold with several workers.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

FILE_STORE = DATA_DIR / "files"
# Fetching speaks to the hosts of data/sources/fetch/hosts.py alone. Only tests put a stand-in in their place, and hurry.
FETCH_STAND_IN = ""
FETCH_PACE = 1.0
CHART_CACHE = DATA_DIR / "charts"
MAX_UPLOAD_BYTES = environment.number("TETTPAA_MAX_UPLOAD_MB", 200) * 1024 * 1024
# Where a municipality has at most so many schools, hide so much that none of them can work out another by its own numbers.
INSIDER_SCHOOLS = environment.number("TETTPAA_INSIDER_SCHOOLS", 0)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["tettpaa.data.sources.uploads.CappedUploadHandler"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "tettpaa.core.accounts.passwords.NotLikeThePerson"},
    {"NAME": "tettpaa.core.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "tettpaa.core.accounts.passwords.NotCommon"},
]
LOGIN_URL = "demo:start" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tettpaa.core.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tett på: "
# At most ten guesses at one account in an hour, by password or code, and five letters to one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,10/h/key", "reset_password": "20/m/ip,5/h/key"}
# Signing asks for a proof of the last five minutes; the demo's door counts as one for the whole visit.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 12 * 60 * 60 if DEMO else 300
ACCOUNT_FORMS = {
    "login": "tettpaa.core.accounts.forms.LoginForm",
    "reauthenticate": "tettpaa.core.accounts.forms.ReauthenticateForm",
    "change_password": "tettpaa.core.accounts.forms.ChangePasswordForm",
    "set_password": "tettpaa.core.accounts.forms.SetPasswordForm",
    "reset_password": "tettpaa.core.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "tettpaa.core.accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "tettpaa.core.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "tettpaa.core.accounts.forms.CodeForm",
    "reauthenticate": "tettpaa.core.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "tettpaa.core.accounts.forms.ActivateAppForm",
    "add_webauthn": "tettpaa.core.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "tettpaa.core.accounts.forms.EditPasskeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TETTPAA_PROXIES", 0)  # so that limits count the visitor
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tett på"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys on http://localhost, for trying out

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [BASE_ADDRESS]
CSRF_FAILURE_VIEW = "tettpaa.core.ui.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # Designsystemet draws its icons with data: addresses
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# Bokmål is the language of the source texts; nynorsk and English are complete catalogues.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("TETTPAA_STATIC_DIR", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

SMTP_HOST = environment.text("TETTPAA_SMTP_HOST", "")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": SMTP_HOST, "port": environment.number("TETTPAA_SMTP_PORT", 25)},
    }
    if SMTP_HOST
    else {
        # Without a mail server the letters are kept as files, and nothing is lost.
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DATA_DIR / "outbox")},
    }
}
DEFAULT_FROM_EMAIL = environment.text("TETTPAA_MAIL_FROM", "tettpaa@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("TETTPAA_LOG_LEVEL", "WARNING")},
}
