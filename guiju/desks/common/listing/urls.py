"""The addresses that all lists have in common; the page of a list stands at its desk."""

from django.urls import path, re_path

from guiju.desks.common.listing import away, keeping, many

urlpatterns = [
    path("lists/<slug:listing>/export", away.export, name="list_export"),
    path("lists/<slug:listing>/columns", keeping.columns, name="list_columns"),
    path("lists/<slug:listing>/views", keeping.keep, name="list_keep"),
    re_path(
        r"^lists/(?P<listing>[-\w]+)/views/(?P<pk>\d+)/(?P<change>drop|share|unshare)$",
        keeping.change,
        name="list_view",
    ),
    path("lists/<slug:listing>/acts/<slug:act>", many.act, name="list_act"),
]
