"""Builds the Reflex app: the table of pages, the head, the API behind the same port."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.access import page as access
from firegrid_app.access.forget import ForgetOthers
from firegrid_app.access.origin import guard_origin
from firegrid_app.access.state import PeopleState
from firegrid_app.api import make_api
from firegrid_app.desk import page as desk
from firegrid_app.desk.state import DeskState
from firegrid_app.phone import pages as phone
from firegrid_app.phone.components import ErrorBoundary
from firegrid_app.pwa.head import head
from firegrid_app.texts import say
from firegrid_app.ui.fault import answer_fault

app = rx.App(
    api_transformer=[make_api(), guard_origin],
    head_components=head(),
    html_lang="zh-CN",
    stylesheets=["/firegrid.css"],
    reset_style=False,
    # Instead of Reflex's own: no "cannot connect" overlay (being offline is normal here, and the
    # frame says so in a quiet line), no English error page.
    app_wraps={(55, "ErrorBoundary"): lambda _: ErrorBoundary.create()},
    toaster=None,
    backend_exception_handler=answer_fault,
)

app.add_middleware(ForgetOthers(), index=0)

PAGES = (
    (routes.HOME, phone.home, "phone.home_title", None),
    (routes.LOGIN, phone.login, "phone.login_title", None),
    (routes.INVITATION, phone.invitation, "phone.invitation_title", None),
    (routes.PATROL, phone.patrol, "phone.patrol_title", None),
    (routes.HAZARD, phone.hazard, "phone.hazard_title", None),
    (routes.SHOUT, phone.shout, "phone.shout_title", None),
    (routes.DOORS, phone.doors, "phone.doors_title", None),
    (routes.OUTBOX, phone.outbox, "phone.outbox_title", None),
    (routes.ME, phone.me, "phone.me_title", None),
    (routes.NOT_FOUND, phone.not_found, "phone.not_found_title", None),
    (routes.DESK, desk.desk, "desk.title", DeskState.load),
    (routes.PEOPLE, access.people, "access.people_title", PeopleState.load),
)

for route, page, title, on_load in PAGES:
    app.add_page(page, route=route, title=f"{say(title)} · {say('ui.name')}", on_load=on_load)
