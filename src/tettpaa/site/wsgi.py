"""The WSGI door for granian, gunicorn and friends."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tettpaa.site.settings")
application = get_wsgi_application()
