"""The app as granian's workers load it: Reflex's pages and socket, our API, and the wrappers."""

import gc
import os
from pathlib import Path

from reflex import App as Reflex
from reflex_base import constants
from reflex_base.environment import environment
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from firegrid_app.serving import keeper, postman
from firegrid_app.serving.built import LatestPages
from firegrid_app.serving.headers import ROOT_CERTIFICATE, Outermost, RootCertificate
from firegrid_app.serving.logs import set_up_logs
from firegrid_app.serving.pages import BUILT, STAMP
from firegrid_app.settings import settings

_YOUNG = 5_000
"""New objects before the collector looks: about what a batch of records makes of them."""


def wrap(app: ASGIApp) -> ASGIApp:
    """Compression inside, headers outside: what a phone gets is what the headers speak of."""
    from firegrid_app.api import short_way

    wrapped: ASGIApp = GZipMiddleware(short_way(app), minimum_size=1000, compresslevel=5)
    certificate = os.environ.get(ROOT_CERTIFICATE)
    if certificate:
        wrapped = RootCertificate(wrapped, Path(certificate))
    chosen = settings()
    return Outermost(
        wrapped,
        LatestPages(BUILT, STAMP),
        behind_proxies=chosen.trusted_proxies > 0,
        hsts=chosen.mode == "production",
    )


def load() -> Reflex:
    """Import the app, all of it; no thread, no connection: processes may be forked after it.

    Pages are built already: Reflex only mounts them.
    """
    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    from firegrid_app.firegrid_app import app

    return app


def make() -> ASGIApp:
    """Granian's factory, called in each worker."""
    set_up_logs()
    made = wrap(load()())
    keeper.start()
    postman.start()
    _keep_for_good()
    return made


def _keep_for_good() -> None:
    """Tell the garbage collector that all there is now stays.

    Else it looks through half a million objects of libraries again and again: a quarter of the
    work of a server under load.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
