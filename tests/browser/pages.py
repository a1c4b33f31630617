"""A page of each kind on the sample site."""

ONE_PER_KIND = (
    "index.html",
    "people/index.html",
    "people/sergei-shoigu.html",
    "organizations/acme.html",
    "places/kursk-region.html",
    "documents/forest-brother-treaty.html",
    "articles/visit.html",
    "articles/hostile.html",
    "articles/index.html",
    "timeline.html",
    "network.html",
    "map.html",
    "paths.html",
    "differences.html",
    "changes.html",
    "data.html",
    "about.html",
    "people/gone-man.html",
)
