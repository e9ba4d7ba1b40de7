"""All settings. Whatever differs between machines is read from the environment, strictly."""

from pathlib import Path

import dj_database_url

from config.admin_look import LOOK
from config.destinations import forwarding, wake_ups
from config.env import data_dir, env_bool, env_choice, env_int, env_list, env_str, env_url, redis_urls, secret_key
from config.logs import LOGGING as LOGGING
from config.mail import mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir(BASE_DIR / "var")

# A demo shows its simulated month beside live clicks, and says so; a shop with real buyers sets DEMO=false.
DEMO = env_bool("DEMO", True)
AUTOMATIC_ANSWERS = env_bool("AUTOMATIC_ANSWERS", DEMO)  # greet who writes to support; a person still has to answer
DEBUG = env_bool("DEBUG", False)
# How long a day is for parcels and returns; in a demo a visitor sees them move.
ORDER_DAY_SECONDS = env_int("ORDER_DAY_SECONDS", 60 if DEMO else 86_400)
# Whether a buyer is recorded only after a yes, or until a no. A browser that sends Sec-GPC or DNT has to say yes.
CONSENT = env_choice("CONSENT", "implied" if DEMO else "required", ("required", "implied"))
RETENTION_EVENTS_DAYS = env_int("RETENTION_EVENTS_DAYS", 90)  # 0 keeps them for ever, as it does below
RETENTION_PARTICIPANT_DAYS = env_int("RETENTION_PARTICIPANT_DAYS", 395)  # journeys, and who walked them: 13 months
RETENTION_DEAD_DAYS = env_int("RETENTION_DEAD_DAYS", 90)
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "config",
    "journey",
    "shop",
    "analytics",
]

MIDDLEWARE = [
    "config.nuls.NulMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "journey.audit.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shop.buyers.BuyerMiddleware",
    "journey.middleware.JourneyMiddleware",
    "shop.busy.BusyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.context_processors.shop",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        env_str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'scrollshop.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A deferred transaction that reads, then writes, fails at once with "database is locked" beside another writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456;",
    }
    # In-memory test databases lock whole tables between threads; a file behaves like the real thing.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

COLUMNS_DIR = DATA_DIR / "columns"  # journeys once more, for questions that no count answers; may be deleted any time
COMPILED_DIR = Path(env_str("COMPILED_DIR", str(DATA_DIR / "compiled")))  # the machine code that reads them

CELERY_BROKER_URL, STREAM_URL = redis_urls(DATA_DIR)
STREAM_KEY = env_str("STREAM_KEY", "journey:events")
STREAM_IDLE_MS = env_int("STREAM_IDLE_MS", 30_000)  # read but not given up for this long: its worker died
SPOOL_LIMIT = env_int("SPOOL_LIMIT", 50_000)  # batches kept in the database while the broker is away
SPOOL_MAX_BYTES = env_int("SPOOL_MAX_BYTES", 250_000_000)

# Celery is an alarm clock here: each task is a wake-up that may be lost or come twice, so nothing is acknowledged late.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1300,  # more than twice the time limit of a task
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_BEAT_SCHEDULE = {
    "collect waiting events": {"task": "analytics.tasks.collect", "schedule": 2.0, "options": {"expires": 4.0}},
    "count touched participants": {"task": "analytics.tasks.count", "schedule": 3.0, "options": {"expires": 6.0}},
    "keep verdicts": {"task": "analytics.tasks.keep_verdicts", "schedule": 600.0, "options": {"expires": 600.0}},
    "go on with long work": {"task": "analytics.tasks.work", "schedule": 2.0, "options": {"expires": 4.0}},
    "forget dead consumers": {
        "task": "analytics.tasks.forget_dead_consumers",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
    "look for alerts": {"task": "analytics.tasks.alert", "schedule": 60.0, "options": {"expires": 120.0}},
    "write and send mails": {"task": "analytics.tasks.mail", "schedule": 30.0, "options": {"expires": 60.0}},
    "watch experiments": {"task": "analytics.tasks.watch_arms", "schedule": 300.0, "options": {"expires": 300.0}},
    "build columns": {"task": "analytics.tasks.build_columns", "schedule": 60.0, "options": {"expires": 60.0}},
    "enforce retention": {"task": "analytics.tasks.enforce", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "move parcels": {"task": "shop.tasks.move_parcels", "schedule": 3.0, "options": {"expires": 6.0}},
    "settle returns": {"task": "shop.tasks.settle_returns", "schedule": 5.0, "options": {"expires": 10.0}},
    "prepare the next video": {"task": "shop.tasks.transcode_next", "schedule": 2.0, "options": {"expires": 4.0}},
    "tidy up": {"task": "shop.tasks.tidy_up", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "make late tickets urgent": {"task": "shop.tasks.escalate_late", "schedule": 60.0, "options": {"expires": 120.0}},
    "greet who writes to support": {"task": "shop.tasks.greet_new", "schedule": 5.0, "options": {"expires": 10.0}},
}
# Where events go on to: FORWARD_TO=ga4,tiktok,posthog, each with its keys; nowhere unless it is said.
FORWARDING = forwarding()
FORWARDING_LIMIT = env_int("FORWARDING_LIMIT", 200_000)  # events that wait for a destination; the oldest give way
CELERY_BEAT_SCHEDULE |= wake_ups(FORWARDING)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

# Mails: to a server (EMAIL_URL=smtp+tls://…), to files (a demo does that), or to nobody, which the list of mails says.
(
    EMAIL_BACKEND,
    EMAIL_HOST,
    EMAIL_PORT,
    EMAIL_HOST_USER,
    EMAIL_HOST_PASSWORD,
    EMAIL_USE_SSL,
    EMAIL_USE_TLS,
    EMAIL_FILE_PATH,
) = mail_settings(env_str("EMAIL_URL", "file:" if DEMO else ""), DATA_DIR / "mails")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("EMAIL_FROM", "Scrollshop <scrollshop@localhost>")
SITE_URL = env_url("SITE_URL", "http://127.0.0.1:8000")  # where this site is, for whoever reads of it in a mail

# What pages are drawn with is kept in each process, or for all of them in a Redis; a key names the live state it was
# drawn from, so nothing in here can be out of date.
DRAWINGS_URL = env_str("DRAWINGS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "drawings": {
        "BACKEND": "config.caches.ForgetfulRedis" if DRAWINGS_URL else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": DRAWINGS_URL or "drawings",
        "TIMEOUT": 86_400,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5} if DRAWINGS_URL else {"MAX_ENTRIES": 2_000},
    },
}

LANGUAGE_CODE, LANGUAGES = "en-us", [("en", "English"), ("de", "German")]  # of the admin; of the words of the shop
TIME_ZONE = env_str("TIME_ZONE", "UTC")
USE_TZ = True
CURRENCY = "USD"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "staticfiles"
# What is uploaded lies below DATA_DIR; shop/media.py hands out what everyone may see.
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "shop.uploads.RandomNames"},
    # No address leads here: a view that knows who asks opens these files.
    "private": {"BACKEND": "shop.uploads.RandomNames", "OPTIONS": {"location": DATA_DIR / "private"}},
    "staticfiles": {"BACKEND": "config.static.HashedStaticFiles"},
}

SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env_bool("SECURE_COOKIES", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_TLS_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
SHOP_SIDE = "config.diagnosing"  # what only the shop knows, for whoever asks why something does not sell
EXPERIMENT_CHOICES = "config.experiment_choices.offered"  # what an experiment may be asked for, and for whom
DESIGN_PAGES = "config.design_pages"  # where the editor of designs looks at each page
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # without files
UPLOAD_MAX_BYTES = 60_000_000  # a video of 50 MB and what is sent beside it
FILE_UPLOAD_HANDLERS = [
    "shop.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
BEACON_MAX_BYTES = 64_000
BEACON_EVENTS_A_SECOND = env_int("BEACON_EVENTS_A_SECOND", 20)  # of one participant, who may fall behind
BEACON_EVENTS_BURST = env_int("BEACON_EVENTS_BURST", 400)
BEACONS_A_SECOND = env_int("BEACONS_A_SECOND", 1_000)  # of everyone, for each web process; beyond that 503

UNFOLD = LOOK
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one says how to sign in: with the token's answer a stranger gets 401, with the session's 403.
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "ALLOWED_VERSIONS": ["0.1.0"],  # else the description writes whatever it is asked for into a header
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Scrollshop",
    "DESCRIPTION": "Funnels, read-only; experiments; and the beacon, by which browsers tell steps.",
    "VERSION": "0.1.0",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "journey.openapi.with_beacon"],
}
