"""Reflex's own configuration; everything of ours is in firegrid_app/settings.py."""

import os

import reflex as rx
from reflex_base.constants import StateManagerMode

from firegrid_app.pwa.plugin import FireGridPlugin
from firegrid_app.settings import settings

plugins: list[rx.plugins.Plugin] = [FireGridPlugin()]
if "FIREGRID_DEV_BACKEND" in os.environ:
    from firegrid_app.serving.dev_plugin import OneOriginPlugin

    plugins.append(OneOriginPlugin(os.environ["FIREGRID_DEV_BACKEND"]))

config = rx.Config(
    app_name="firegrid_app",
    # database.py and alembic are ours; Reflex would only compare the tables and mislead.
    db_url=None,
    redis_url=settings().redis_url or None,
    # Reflex's own choice would be files in the working directory: what a secretary looks at does
    # not belong on a disk.
    state_manager_mode=(
        StateManagerMode.REDIS if settings().redis_url else StateManagerMode.MEMORY
    ),
    telemetry_enabled=False,
    # Our own guard decides who may call (access/origin.py); Reflex's answer to "*" would be all.
    cors_allowed_origins=list(settings().allowed_origins),
    frontend_port=settings().port,
    backend_port=settings().port,
    show_built_with_reflex=False,
    # Brotli is an eighth smaller than gzip; browsers ask for it over https alone.
    frontend_compression_formats=["brotli", "gzip"],
    # Else every page imports the whole of every npm package for components made at run time.
    frontend_lazy_bundled_libraries=True,
    plugins=plugins,
    disable_plugins=[rx.plugins.SitemapPlugin],
)
