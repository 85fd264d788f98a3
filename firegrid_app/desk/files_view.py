"""Outlines as files, below the map: handed in by who manages the grids, and taken along."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.state import DeskState
from firegrid_app.ui.pieces import TakeFile
from firegrid_app.ui.text import as_var, t

FORMATS = (("geojson", "GeoJSON"), ("shapefile", "Shapefile"), ("kml", "KML"))


def outline_files() -> rx.Component:
    """Import and export of the grids below the one that is open; folded away."""
    head = as_var(DeskState.head)
    return rx.cond(
        head.may_draw,
        rx.el.details(
            rx.el.summary(t("desk.files")),
            TakeFile.create(kind="grids", grid=DeskState.code, on_done=DeskState.refresh.temporal),
            rx.el.section(
                rx.el.h2(t("desk.export")),
                rx.el.p(t("desk.export_more", name=head.name), class_name="fg-muted"),
                rx.el.div(
                    *(
                        rx.el.a(
                            name,
                            href=routes.export_grids(DeskState.code, kind, DeskState.day),
                            download=True,
                            class_name="fg-button fg-button-small",
                        )
                        for kind, name in FORMATS
                    ),
                    class_name="fg-row",
                ),
                class_name="fg-part",
            ),
            class_name="fg-card fg-files",
        ),
    )
