"""Roads below the desk's map: handed in, taken along, taken off again."""

from typing import Any

import reflex as rx

from firegrid_app import routes
from firegrid_app.roads.state import RoadsState
from firegrid_app.ui.pieces import TakeFile, download_links, is_offline, mistake
from firegrid_app.ui.text import as_var, t


def road_files(code: Any, name: Any, on_done: Any) -> rx.Component:
    """For who manages the grid with this code, of this name."""
    return rx.fragment(
        TakeFile.create(kind="roads", grid=code, on_done=on_done),
        rx.el.section(
            rx.el.h2(t("roads.export")),
            rx.el.p(t("roads.export_more", name=name), class_name="fg-muted"),
            download_links(lambda kind: routes.export_roads(code, kind)),
            class_name="fg-part",
        ),
        rx.el.section(
            rx.el.h2(t("roads.away")),
            rx.cond(
                RoadsState.code == code,
                _form(on_done),
                rx.el.button(
                    t("roads.which"),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=RoadsState.open_roads(code).temporal,
                ),
            ),
            class_name="fg-part",
        ),
    )


def _form(on_done: Any) -> rx.Component:
    here = as_var(RoadsState.here)
    return rx.el.form(
        rx.cond(
            RoadsState.gone > 0,
            rx.el.p(t("roads.gone", count=RoadsState.gone), class_name="fg-banner", role="status"),
        ),
        rx.el.p(t("roads.here", count=here.count)),
        rx.cond(
            here.count > 0,
            rx.fragment(
                rx.el.label(t("roads.which"), html_for="roads-name"),
                rx.el.select(
                    rx.el.option(t("roads.all", count=here.count), value=""),
                    rx.foreach(here.names, lambda name: rx.el.option(name, value=name)),
                    id="roads-name",
                    name="name",
                    class_name="fg-input",
                ),
                rx.el.p(t("roads.sure"), class_name="fg-muted"),
            ),
        ),
        mistake(RoadsState.said),
        rx.el.div(
            rx.cond(
                here.count > 0,
                rx.el.button(
                    t("roads.yes"),
                    type="submit",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                ),
            ),
            rx.el.button(
                t("roads.no"),
                type="button",
                class_name="fg-button fg-button-small",
                on_click=RoadsState.close,
            ),
            class_name="fg-row",
        ),
        on_submit=[RoadsState.take.temporal, on_done],
        reset_on_submit=False,
        class_name="fg-field",
    )
