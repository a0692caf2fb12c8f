"""The addresses of materials and of the library, gathered from the capabilities."""

from studies.library import urls as library
from studies.pages import urls as pages
from studies.plan import urls as plan

public_urls = [*pages.public_urls, *library.public_urls]
desk_urls = [*pages.desk_urls, *plan.desk_urls]
