"""Django's settings, one file. What differs between installations comes from the environment."""

from csp.constants import NONE, SELF

from lotrinh.config.environment import CHECKOUT, environment

ENV = environment()

SECRET_KEY = ENV.secret_key()
DEBUG = False
ALLOWED_HOSTS = ENV.hosts
LOTRINH_DEMO = ENV.is_demo
LOTRINH_TODAY = ENV.today
LOTRINH_HOOK_NETWORKS = ENV.hook_networks
LOTRINH_SEAL_KEY = ENV.seal_key()
LOTRINH_SEALS_HELD = ENV.state / "seals"
LOTRINH_PUBLISHED = ENV.state / "published"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "lotrinh.apps.journal",
    "lotrinh.apps.accounts",
    "lotrinh.apps.files",
    "lotrinh.apps.units",
    "lotrinh.apps.documents",
    "lotrinh.apps.duties",
    "lotrinh.apps.hooks",
    "lotrinh.apps.targets",
    "lotrinh.apps.intake",
    "lotrinh.apps.dissemination",
    "lotrinh.apps.reporting",
    "lotrinh.apps.reviews",
    "lotrinh.apps.publishing",
    "lotrinh.web",
    "lotrinh.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lotrinh.web.short_way.ShortWayMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lotrinh.web.compression.CompressionMiddleware",
    "lotrinh.web.strangers.PublicMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lotrinh.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lotrinh.web.access.RightMiddleware",
]

ROOT_URLCONF = "lotrinh.config.urls"
ASGI_APPLICATION = "lotrinh.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "lotrinh/web/templates", CHECKOUT / "lotrinh/web"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "lotrinh.web.drawn",
                "lotrinh.web.moulded",
                "lotrinh.web.framed",
                "lotrinh.web.days",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "lotrinh.web.frame.frame",
            ],
        },
    }
]
COTTON_DIR = "components"

DATABASES = ENV.databases()
DATABASE_ROUTERS = ["lotrinh.apps.journal.roles.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "lotrinh.web.forms.sign_in.SignInForm"}
ACCOUNT_ADAPTER = "lotrinh.web.sign_in.ClosedAdapter"
ACCOUNT_PRESERVE_USERNAME_CASING = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_ENGINE = "lotrinh.apps.accounts.sessions"
SESSION_COOKIE_NAME = "lotrinh_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_SSL_REDIRECT = ENV.is_https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lotrinh.web.pages.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
LABELLED_SET = ENV.labelled
UPLOAD_SPOOL = ENV.state / "spool"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "lotrinh.web.spool.NamelessFileHandler",
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [CHECKOUT / "locale", CHECKOUT / "lotrinh/locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
NUMBER_GROUPING = 3
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.state / "static"
STATICFILES_DIRS = [CHECKOUT / "lotrinh/web/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "blobs": ENV.blobs(),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENV.collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not ENV.collected

LOTRINH_ADDRESS = ENV.address
LOTRINH_HAS_ADDRESS = ENV.has_address
LOTRINH_STREAM, LOTRINH_STREAM_INTO = ENV.stream, ENV.stream_into
LOTRINH_STREAM_FROM = ENV.stream_from
LOTRINH_QUIET = ENV.quiet
MAIL = ENV.mail()
LOTRINH_SENDS_MAIL = bool(MAIL.host)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_tls, MAIL.starts_tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = MAIL.sender

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"discreet": {"()": "lotrinh.web.discretion.Discreet"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
