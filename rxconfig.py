"""Reflex's own configuration; everything of ours is in firegrid_app/settings.py."""

import reflex as rx

from firegrid_app.pwa.plugin import FireGridPlugin
from firegrid_app.settings import settings

config = rx.Config(
    app_name="firegrid_app",
    db_url=settings().database,
    redis_url=settings().redis_url or None,
    telemetry_enabled=False,
    # Our own guard decides who may call (access/origin.py); Reflex's answer to "*" would be all.
    cors_allowed_origins=list(settings().allowed_origins),
    frontend_port=settings().port,
    backend_port=settings().port,
    show_built_with_reflex=False,
    # Else every page imports the whole of every npm package for components made at run time.
    frontend_lazy_bundled_libraries=True,
    plugins=[FireGridPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
