"""The floor's own door; which settings it stands on is said by the environment."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
