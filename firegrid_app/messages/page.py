"""The desk's page of messages: what went out, what failed and why, send again, try a line."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.messages.cards import MessageLine
from firegrid_app.messages.state import MessagesState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, page_turner
from firegrid_app.ui.pieces import is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def messages() -> rx.Component:
    """The whole page."""
    return desk_page(
        "messages.title",
        phased(MessagesState, _ready()),
        tab=routes.DESK_DUTIES,
    )


def _ready() -> rx.Component:
    view = as_var(MessagesState.view)
    return rx.fragment(
        refusal_line(MessagesState.said),
        rx.match(
            MessagesState.done,
            ("again", _done("messages.again_done")),
            ("test", _done("messages.test_done")),
            rx.fragment(),
        ),
        rx.cond(
            view.usual == "file",
            rx.el.p(t("messages.file_only"), class_name="fg-banner fg-banner-warn"),
        ),
        _lines(),
        _list(),
    )


def _done(key: str) -> rx.Component:
    return rx.el.p(t(key), class_name="fg-banner fg-banner-ok", role="status")


def _lines() -> rx.Component:
    """The lines that are set up, and a test by one of them."""
    view = as_var(MessagesState.view)
    return rx.el.section(
        rx.el.h2(t("messages.lines")),
        rx.el.p(t("messages.more", hour=view.hour), class_name="fg-muted"),
        rx.el.p(t("messages.usual", channel=t_of("messages.channel.", view.usual))),
        rx.el.form(
            rx.el.label(t("messages.test"), html_for="test-channel"),
            rx.el.select(
                rx.foreach(MessagesState.view.channels, _channel),
                id="test-channel",
                name="channel",
                class_name="fg-input",
            ),
            rx.el.div(
                rx.el.button(
                    t("messages.test_do"),
                    type="submit",
                    class_name="fg-button",
                    disabled=is_offline,
                ),
                class_name="fg-row",
            ),
            on_submit=MessagesState.try_out.temporal,
            reset_on_submit=False,
        ),
        class_name="fg-card",
    )


def _channel(name: rx.Var[str]) -> rx.Component:
    return rx.el.option(t_of("messages.channel.", name), value=name, key=name)


def _list() -> rx.Component:
    view = as_var(MessagesState.view)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("messages.week"), class_name="fg-grow"),
            rx.el.button(
                t("messages.refresh"),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=MessagesState.load.temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.div(
            _figure("sent", view.sent),
            _figure("waiting", view.waiting),
            _figure("failed", view.failed),
            class_name="fg-chips",
            role="group",
            aria_label=t("messages.figures"),
        ),
        rx.cond(
            view.lines.length() > 0,
            rx.el.ul(rx.foreach(MessagesState.view.lines, _line), class_name="fg-list"),
            rx.el.p(
                rx.cond(MessagesState.only == "", t("messages.none"), t("messages.none_such")),
                class_name="fg-empty",
            ),
        ),
        page_turner(view.page, view.pages, lambda page: MessagesState.turn(page).temporal),
        rx.el.p(t("messages.privacy"), class_name="fg-muted"),
        class_name="fg-card",
    )


def _figure(standing: str, count: rx.Var[int]) -> rx.Component:
    return count_chip(
        t(f"messages.standing.{standing}"),
        count,
        chosen=MessagesState.only == standing,
        on_click=MessagesState.narrow(standing).temporal,
    )


def _line(line: rx.Var[MessageLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(t_of("messages.purpose.", line.purpose), class_name="fg-grow"),
            rx.el.span(
                rx.cond(
                    (line.channel == "file") & (line.standing == "sent"),
                    t("messages.written"),
                    t_of("messages.standing.", line.standing),
                ),
                class_name=rx.match(
                    line.standing,
                    ("sent", "fg-tag fg-tag-ok"),
                    ("failed", "fg-tag fg-tag-danger"),
                    "fg-tag fg-tag-warn",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(t("messages.to", name=line.name, grid=line.grid_name)),
        rx.cond(
            line.reason != "",
            rx.el.p(
                t_of("messages.reason.", line.reason),
                rx.cond(line.said != "", " (" + line.said + ")", ""),
            ),
        ),
        rx.el.p(
            line.at,
            " · ",
            t_of("messages.channel.", line.channel),
            " · ",
            rx.match(
                line.standing,
                ("sent", t("messages.sent", time=line.sent)),
                ("failed", t("messages.tried", tries=line.tries)),
                t("messages.next", tries=line.tries, time=line.next),
            ),
            class_name="fg-muted",
        ),
        rx.cond(
            line.may_again,
            rx.el.button(
                t("messages.again"),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=MessagesState.again(line.id).temporal,
            ),
        ),
        key=line.id.to_string(),
    )
