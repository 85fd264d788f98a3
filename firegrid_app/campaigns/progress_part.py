"""How far the open campaign is: altogether, by grid, by building, and the building as it stands."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.campaigns.cards import (
    DoorPhotos,
    DoorSquare,
    GridProgress,
    PictureStorey,
    Progress,
    ProgressRow,
)
from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.meetings.parts import small
from firegrid_app.ui.text import as_var, t, t_of


def far() -> rx.Component:
    """Altogether, and how many care homes have an alarm."""
    card = as_var(CampaignsState.card)
    total = card.total
    return rx.fragment(
        rx.el.p(
            rx.el.strong(t("campaigns.far", done=total.done, doors=total.doors)),
            " · ",
            t("campaigns.rest", back=total.back, never=total.never),
            role="status",
        ),
        rx.el.progress(
            value=total.done.to_string(),
            max=rx.cond(total.doors > 0, total.doors, 1).to_string(),
            class_name="fg-progress",
        ),
        rx.cond(
            card.care_homes > 0,
            rx.el.p(
                rx.el.a(
                    t("campaigns.alarms", covered=card.care_covered, homes=card.care_homes),
                    href=routes.ALARMS,
                    class_name="fg-link",
                )
            ),
        ),
    )


def by_grids() -> rx.Component:
    """Grid by grid."""
    left_out = as_var(CampaignsState.card).left_out
    return rx.fragment(
        rx.foreach(CampaignsState.card.grids, _grid),
        rx.cond(
            left_out > 0, rx.el.p(t("campaigns.left_out", count=left_out), class_name="fg-muted")
        ),
    )


def _grid(one: GridProgress) -> rx.Component:
    """One grid with its sum; its buildings are opened by a tap, or stand open where it is alone."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.strong(one.grid_name, class_name="fg-grow"),
                *_figures(as_var(one.total)),
                class_name="fg-row fg-grow",
            )
        ),
        rx.el.ul(rx.foreach(one.buildings, _row), class_name="fg-list"),
        open=as_var(CampaignsState.card).grids.length() == 1,
        key=one.grid,
        class_name="fg-group",
    )


def _figures(one: rx.Var[Progress]) -> tuple[rx.Component, rx.Component]:
    return (
        rx.el.span(t("campaigns.far", done=one.done, doors=one.doors)),
        rx.el.span(
            t("campaigns.rest", back=one.back, never=one.never),
            class_name=rx.cond(one.done < one.doors, "fg-tag fg-tag-warn", "fg-tag fg-tag-ok"),
        ),
    )


def _row(row: ProgressRow) -> rx.Component:
    key = row.grid + "|" + row.building
    is_shown = as_var(CampaignsState.card).picture_of == key
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row.building, class_name="fg-grow"),
            *_figures(as_var(row)),
            small(
                rx.cond(is_shown, t("campaigns.hide"), t("campaigns.picture")),
                CampaignsState.look_at(key).temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            is_shown,
            rx.fragment(
                rx.el.div(
                    rx.foreach(CampaignsState.card.picture, _storey), class_name="fg-doors"
                ),
                rx.el.p(
                    "✓ ", t("campaigns.state.done"), "　↻ ", t("campaigns.state.back"),
                    "　· ", t("campaigns.state.never"),
                    class_name="fg-muted",
                ),
                rx.foreach(CampaignsState.card.photos, _photos),
            ),
        ),
        key=key,
    )  # fmt: skip


def _photos(door: DoorPhotos) -> rx.Component:
    def photo(one: rx.Var[str]) -> rx.Component:
        address = "/api/photos/" + one
        return rx.el.a(
            rx.el.img(
                src=address + "/thumbnail",
                alt=t("campaigns.photo_of", room=door.room),
                loading="lazy",
            ),
            href=address + "/screen",
            target="_blank",
            class_name="fg-photo",
            key=one,
        )

    return rx.el.figure(
        rx.el.figcaption(t("campaigns.photo_of", room=door.room), class_name="fg-muted"),
        rx.el.div(rx.foreach(door.photos, photo), class_name="fg-photos fg-photos-whole"),
        key=door.room,
    )


def _storey(storey: PictureStorey) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            rx.cond(storey.unit != "", as_var(storey.unit) + " ", ""),
            t("phone.floor", floor=storey.floor),
            class_name="fg-muted fg-number",
        ),
        rx.el.div(rx.foreach(storey.doors, _door), class_name="fg-floor-doors"),
        class_name="fg-floor fg-floor-desk",
    )


def _door(door: DoorSquare) -> rx.Component:
    return rx.el.div(
        rx.el.span(door.room, class_name="fg-number"),
        rx.el.small(
            rx.match(door.state, ("done", "✓ "), ("back", "↻ "), "·"),
            rx.cond(door.outcome != "", t_of("visits.outcome.", door.outcome), ""),
        ),
        class_name="fg-door",
        data_outcome=rx.match(door.state, ("done", "met"), ("back", "come_back"), ""),
        key=as_var(door.id).to_string(),
    )
