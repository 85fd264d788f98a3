"""Outlines and roads as files, below the map: handed in by who manages the grids, taken along."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.state import DeskState
from firegrid_app.roads.view import road_files
from firegrid_app.ui.pieces import TakeFile, download_links
from firegrid_app.ui.text import as_var, t


def map_files() -> rx.Component:
    """Import and export of what the map of the grid that is open draws; folded away."""
    head = as_var(DeskState.head)
    return rx.cond(
        head.may_draw,
        rx.el.details(
            rx.el.summary(t("desk.files")),
            TakeFile.create(kind="grids", grid=DeskState.code, on_done=DeskState.refresh.temporal),
            rx.el.section(
                rx.el.h2(t("desk.export")),
                rx.el.p(t("desk.export_more", name=head.name), class_name="fg-muted"),
                download_links(
                    lambda kind: routes.export_grids(DeskState.code, kind, DeskState.day)
                ),
                class_name="fg-part",
            ),
            road_files(DeskState.code, head.name, DeskState.refresh.temporal),
            class_name="fg-card fg-files",
        ),
    )
