"""The frame of every page: a bar above, and on phone pages the thumb bar below."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.phone.components import (
    BackLink,
    InstallHint,
    LanguageChoice,
    NetworkLine,
    ThumbBar,
)
from firegrid_app.ui.fault import fault_line
from firegrid_app.ui.text import t


def bar(title_key: str, *ends: rx.Component, back: str = "", desk: bool = False) -> rx.Component:
    """The bar above: where we are, the way back, and whether the server is in reach."""
    return rx.el.header(
        BackLink.create(to=back) if back else rx.fragment(),
        rx.el.h1(t(title_key)),
        *ends,
        NetworkLine.create(desk=desk),
        class_name="fg-bar fg-bar-desk" if desk else "fg-bar",
    )


def phone_page(
    title_key: str, *children: rx.Component, tab: str = "", back: str = ""
) -> rx.Component:
    """A page for one thumb. It holds no Reflex state: everything on it works without network."""
    return rx.fragment(
        bar(title_key, back=back),
        rx.el.main(InstallHint.create(), *children, class_name="fg-page"),
        ThumbBar.create(tab=tab),
    )


def plain_page(title_key: str, *children: rx.Component) -> rx.Component:
    """A page for someone who is not logged in: no thumb bar."""
    return rx.fragment(bar(title_key), rx.el.main(*children, class_name="fg-page"))


def desk_page(title_key: str, *children: rx.Component, tab: str = "") -> rx.Component:
    """A page of the desk, wide on a screen, one column on a phone."""
    links = (
        (routes.DESK, "ui.desk"),
        (routes.DESK_HAZARDS, "ui.hazards"),
        (routes.DESK_PLACES, "ui.places"),
        (routes.REPORTS, "ui.reports"),
        (routes.WALKS, "ui.walks"),
        (routes.DESK_DUTIES, "ui.duties"),
        (routes.ROTA, "ui.rota"),
        (routes.MEETINGS, "ui.meetings"),
        (routes.DESK_ALERTS, "ui.alerts"),
        (routes.PEOPLE, "ui.people"),
        (routes.HOME, "ui.field"),
    )
    return rx.fragment(
        bar(
            title_key,
            # On a phone the last link is out of sight, and an installed app has no "back".
            rx.el.a(
                "‹",
                href=routes.HOME,
                aria_label=t("ui.field"),
                class_name="fg-bar-link fg-bar-home",
            ),
            rx.el.nav(
                *(
                    rx.el.a(
                        t(key),
                        href=href,
                        class_name="fg-bar-link fg-bar-last"
                        if href == routes.HOME
                        else "fg-bar-link",
                        aria_current="page" if href == tab else "false",
                    )
                    for href, key in links
                ),
                class_name="fg-row",
                aria_label=t("ui.navigation"),
            ),
            desk=True,
        ),
        rx.el.main(fault_line(), *children, class_name="fg-page fg-page-wide"),
        rx.el.footer(LanguageChoice.create(), class_name="fg-page fg-foot"),
    )
