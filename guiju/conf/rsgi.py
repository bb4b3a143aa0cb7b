"""What `guiju serve` serves: the WSGI application behind a door that receives and sends by itself."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from guiju.conf.running import figures
from guiju.conf.running.gateway import Gateway

application = Gateway(get_wsgi_application(), settings.GUIJU_BOUNDS)
figures.keep(Path(settings.RUN) / "figures")
