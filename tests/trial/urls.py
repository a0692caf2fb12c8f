from django.conf.urls.i18n import i18n_patterns

from accounts.access import public, requires
from core.documents.urls import document_urls, reader_urls
from shsp.urls import urlpatterns
from tests.trial.kind import NOTES

urlpatterns = [*i18n_patterns(*document_urls(NOTES, requires), *reader_urls(NOTES, public)), *urlpatterns]
