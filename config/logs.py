"""What the programs say, and what they keep to themselves."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A page that is not there is its visitor's news, not the operator's.
    # What urllib3 tells of its work holds addresses, and the one of GA4 holds a key.
    "loggers": {"django.request": {"level": "ERROR"}, "urllib3": {"level": "WARNING"}, "fontTools": {"level": "ERROR"}},
}
