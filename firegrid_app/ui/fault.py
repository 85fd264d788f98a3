"""What a page says when a handler broke: one plain sentence of ours, never the framework's."""

import reflex as rx
import structlog

from firegrid_app.ui.text import t

log = structlog.get_logger()


class FaultState(rx.State):
    """Did something break while the server worked on this page?"""

    broken: bool = False

    @rx.event
    def tell(self) -> None:
        """Say so."""
        self.broken = True

    @rx.event
    def put_away(self) -> None:
        """It was read."""
        self.broken = False


def answer_fault(exception: Exception) -> rx.event.EventSpec | None:
    """For `rx.App(backend_exception_handler=…)`: log what broke, tell the page in its language."""
    log.error("event_failed", error=type(exception).__name__, exc_info=exception)
    if type(exception).__module__.startswith("redis"):
        # Without its store no state can be told anything: telling would fail and be told again.
        return None
    return FaultState.tell()


def fault_line() -> rx.Component:
    """The sentence, until it is put away."""
    return rx.cond(
        FaultState.broken,
        rx.el.div(
            rx.el.span(t("refusals.server_error"), class_name="fg-grow"),
            rx.el.button(
                "✕",
                type="button",
                class_name="fg-bar-link",
                aria_label=t("desk.close"),
                on_click=FaultState.put_away,
            ),
            class_name="fg-banner fg-banner-danger",
            role="alert",
        ),
    )
