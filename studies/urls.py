"""The addresses of materials, of the library and of the expert group, gathered from the capabilities."""

from studies.library import urls as library
from studies.pages import urls as pages
from studies.plan import urls as plan
from studies.reviews import urls as reviews
from studies.texts import urls as texts

public_urls = [*pages.public_urls, *texts.public_urls, *library.public_urls, *reviews.public_urls]
desk_urls = [
    *pages.desk_urls,
    *plan.desk_urls,
    *texts.desk_urls,
    *library.desk_urls,
    *reviews.desk_urls,
]
