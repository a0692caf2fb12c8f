"""The WSGI entry point: `granian --interface wsgi shsp.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shsp.settings")

application = get_wsgi_application()

# What is loaded now stays until the end: the collector need not look through it while a page is made, nor
# begin anew for each few hundred objects, of which a page makes some ten thousand and keeps none.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
