"""Serves the bare Reflex app by granian with one worker, as `firegrid serve` serves ours."""

import os
import sys

from granian.constants import Interfaces
from granian.server import Server
from starlette.types import ASGIApp


def make() -> ASGIApp:
    """The app with its pages mounted; Reflex sends the build's own .gz files."""
    os.chdir(os.environ["BENCH_BARE_REFLEX"])
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    from bare.bare import app

    return app()


if __name__ == "__main__":
    Server(
        "bench.peers.bare_reflex:make",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        workers=1,
    ).serve()
