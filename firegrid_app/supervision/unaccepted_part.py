"""Records that lie on phones of one's people because the server said no: whom to help, and how."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.supervision.state import WalksState
from firegrid_app.sync.cards import UnacceptedLine
from firegrid_app.ui.text import as_var, t, t_of


def unaccepted_part() -> rx.Component:
    """Shown when there are any; for who may take in records by file."""
    view = as_var(WalksState.view)
    return rx.cond(
        view.unaccepted_count > 0,
        rx.el.section(
            rx.el.h2(t("supervision.unaccepted", count=view.unaccepted_count)),
            rx.el.p(t("supervision.unaccepted_more"), class_name="fg-muted"),
            rx.el.ul(rx.foreach(WalksState.view.unaccepted, _line), class_name="fg-list"),
            rx.cond(
                view.unaccepted_count > view.unaccepted.length(),
                rx.el.p(
                    t(
                        "supervision.unaccepted_others",
                        count=view.unaccepted_count - view.unaccepted.length(),
                    ),
                    class_name="fg-muted",
                ),
            ),
            rx.el.a(
                t("handover.title"),
                href=routes.TAKE_IN,
                class_name="fg-button fg-button-small fg-button-quiet",
            ),
            class_name="fg-card",
        ),
    )


def _line(line: rx.Var[UnacceptedLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.strong(line.person_name, " · ", t_of("phone.kind.", line.kind)),
            " ",
            rx.el.span(t("supervision.unaccepted_since", day=line.since), class_name="fg-muted"),
        ),
        rx.el.p(t_of("outbox.help.", line.code), class_name="fg-muted"),
        key=line.id,
    )
