"""Addresses of the back office."""

from django.urls import path, re_path

from guiju.desks.back_office import views
from guiju.desks.back_office.views import (
    calendar,
    figures,
    files,
    keys,
    messages,
    news,
    people,
    places,
    prices,
    trail,
    webhooks,
    wordings,
)

app_name = "back_office"
urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", figures.figures, name="figures"),
    path("figures/drafts/<int:pk>/adopt", figures.adopt, name="adopt"),
    path("figures/drafts/<int:pk>/drop", figures.drop, name="drop"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("news/", news.news, name="news"),
    path("news/<int:pk>/resend", news.resend, name="resend"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<uuid:key>/", trail.deed, name="deed"),
    path("files/", files.files, name="files"),
    path("files/export", files.export, name="export"),
    path("files/<int:pk>/", files.file, name="file"),
    re_path(r"^files/(?P<pk>\d+)/(?P<what>commit|abandon)$", files.decide, name="decide"),
    path("people/", people.people, name="people"),
    path("people/<str:number>/", people.person, name="person"),
    path("people/roles/<int:pk>/end", people.end_role, name="end_role"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:pk>/revoke", keys.revoke, name="revoke"),
    path("places/", places.places, name="places"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/holidays", calendar.load, name="load_holidays"),
    path("calendar/<int:pk>/reopen", calendar.reopen, name="reopen_day"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/resend", messages.message_resend, name="message_resend"),
    path("messages/orders/<str:number>/", messages.messages_of_order, name="messages_of_order"),
    path("wordings/", wordings.wordings, name="wordings"),
    path(
        "wordings/<int:unit>/<str:template>/<str:channel>/<str:language>/",
        wordings.wording,
        name="wording",
    ),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/messages/<int:pk>/", webhooks.webhook_message, name="webhook_message"),
    path("webhooks/messages/<int:pk>/resend", webhooks.webhook_resend, name="webhook_resend"),
    path("prices/", prices.prices, name="prices"),
    path("prices/<str:number>/", prices.price_list, name="price_list"),
    path("prices/<str:number>/publish", prices.publish, name="publish"),
    path("prices/<str:number>/lines/<int:pk>/remove", prices.remove, name="remove_line"),
]
