FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH DATA_DIR=/app/var
WORKDIR /app

RUN python -m venv /venv && useradd --system --home-dir /app shop
COPY requirements.lock .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

COPY . .
# The key of the build is thrown away: no session or cookie was ever signed with it.
RUN SECRET_KEY=build python manage.py collectstatic --noinput --verbosity 0 \
    && SECRET_KEY=build python manage.py columns --only-compile \
    && mkdir -p var/media var/private var/columns \
    && chown -R shop var
USER shop

EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "1", "--no-ws", "--respawn-failed-workers", "config.wsgi:application"]
