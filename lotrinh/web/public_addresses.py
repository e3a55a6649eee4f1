"""The addresses of what everybody may read, and of the pages on which that is decided."""

from django.urls import path

from lotrinh.web.pages import public, public_data, publishing
from lotrinh.web.strangers import LANGUAGES

_PUBLIC = (
    ("", public.home, "public-home"),
    ("documents/<uuid:uid>/", public.paper, "public-paper"),
    ("promises/<uuid:uid>/", public.promise, "public-promise"),
    ("data/", public_data.about, "public-about"),
    ("data/promises.csv", public_data.table, "public-table"),
    ("data/publication.json", public_data.content, "public-content"),
    ("data/datapackage.json", public_data.package, "public-package"),
    ("data/dcat.jsonld", public_data.catalogue, "public-catalogue"),
    ("feed.atom", public_data.feed, "public-feed"),
)

urlpatterns = [
    *(
        path(f"{language}/{address}", view, {"language": language}, name=name)
        for language in LANGUAGES
        for address, view, name in _PUBLIC
    ),
    path("publications/", publishing.publication_list, name="publications"),
    path("publications/new/", publishing.new_publication, name="publication-new"),
    path("publications/<uuid:uid>/", publishing.publication_page, name="publication"),
]
