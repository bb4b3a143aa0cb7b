"""What a WSGI server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
application = get_wsgi_application()
# What is loaded by now stays: the collector need not walk all of it again in the middle of somebody's request.
gc.collect()
gc.freeze()
