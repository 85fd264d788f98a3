"""The panel of one hazard: what it is, its photos, its trail, and what the reader may do."""

import reflex as rx

from firegrid_app.desk.grid_list import date_of, when
from firegrid_app.desk.hazard_item import marks, photo_link, severity_tag, whose
from firegrid_app.exposure.view import exposure_part
from firegrid_app.hazards.cards import BY_RESIDENTS
from firegrid_app.hazards.dissuasion_view import talk
from firegrid_app.hazards.doubles_view import doubles
from firegrid_app.hazards.one_cards import ListingCard, TrailLine, WhistleLine
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.step_view import steps_part
from firegrid_app.ui.pieces import Covering, Panel, is_offline
from firegrid_app.ui.text import as_var, t, t_of, t_said


def hazard_panel() -> rx.Component:
    """Nothing while no hazard is open."""
    here = as_var(HazardState.detail).row.id != ""
    return rx.cond(
        HazardState.hazard != "",
        Panel.create(
            rx.cond(
                HazardState.said.code != "",
                rx.el.p(
                    t_said(HazardState.said), class_name="fg-banner fg-banner-danger", role="alert"
                ),
                rx.cond(here, _detail(), rx.el.div(class_name="fg-ghost", aria_hidden="true")),
            ),
            key=HazardState.hazard,
            label=rx.cond(
                here,
                t_of("hazards.category.", as_var(HazardState.detail).row.category),
                t("desk.opening"),
            ),
            heading=as_var(HazardState.detail).row.grid_name,
            close_label=t("desk.close"),
            on_close=HazardState.close,
        ),
    )


def _detail() -> rx.Component:
    detail = as_var(HazardState.detail)
    row = detail.row
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.cond(
                    row.urgent, rx.el.span(t("desk.urgent"), class_name="fg-tag fg-tag-danger")
                ),
                severity_tag(row.severity),
                rx.el.span(t_of("hazards.status.", row.status), class_name="fg-tag"),
                marks(row.step_ups, row.urges_open),
                class_name="fg-row fg-tags",
            ),
            rx.cond(detail.place_name != "", rx.el.p(rx.el.strong(detail.place_name))),
            rx.cond(row.where_words != "", rx.el.p(row.where_words)),
            rx.cond(row.words != "", rx.el.p(row.words)),
            rx.el.p(
                rx.cond(
                    row.overdue,
                    rx.el.strong(
                        "⚠ ", t("desk.due_over", day=date_of(row.due)), class_name="fg-bad"
                    ),
                    t("desk.due", day=date_of(row.due)),
                ),
                " · ",
                whose(row.owner_name, row.rung),
            ),
            rx.el.p(
                rx.cond(
                    row.source == "resident",
                    t("loop.found_by_resident", when=when(row.found)),
                    rx.cond(
                        detail.reporter_name != "",
                        t("loop.found_by", when=when(row.found), name=detail.reporter_name),
                        t("loop.found", when=when(row.found)),
                    ),
                ),
                " · ",
                t("loop.number", number=detail.number),
                class_name="fg-muted",
            ),
            class_name="fg-part",
        ),
        rx.cond(
            detail.photos.length() > 0,
            rx.el.div(rx.foreach(detail.photos, photo_link), class_name="fg-thumbnails"),
        ),
        rx.cond(
            detail.may_publish & (detail.photos.length() > 0),
            Covering.create(photos=detail.photos, offline=is_offline),
        ),
        rx.cond(
            detail.photos_awaited > 0,
            rx.el.p(t("desk.photos_awaited", count=detail.photos_awaited), class_name="fg-muted"),
        ),
        doubles(),
        rx.cond(
            detail.listings.length() > 0,
            rx.el.ul(rx.foreach(detail.listings, _listing), class_name="fg-list fg-sunk"),
        ),
        rx.cond(
            detail.transferred_to != "",
            rx.el.p(t("loop.handed_to", name=detail.transferred_to), class_name="fg-sunk"),
        ),
        rx.cond(
            detail.whistles.length() > 0,
            rx.el.section(
                rx.el.h3(t("loop.whistles")),
                rx.el.ul(rx.foreach(detail.whistles, _whistle), class_name="fg-list"),
                class_name="fg-part",
            ),
        ),
        rx.cond(
            HazardState.done != "",
            rx.el.p(
                t("loop.done", step=t_of("loop.step.", HazardState.done)),
                class_name="fg-toast fg-toast-passing",
                role="status",
            ),
        ),
        steps_part(),
        rx.cond(row.listing != "", exposure_part(row.id)),
        rx.cond(detail.steps.contains("transferred"), _papers()),
        _trail(),
    )


def _papers() -> rx.Component:
    return rx.el.section(
        rx.el.h3(t("loop.papers")),
        _paper("notice"),
        rx.cond(as_var(HazardState.detail).transferred_to != "", _paper("transfer")),
        class_name="fg-part",
    )


def _paper(kind: str) -> rx.Component:
    address = "/hazards/" + as_var(HazardState.detail).row.id + f"/paper?kind={kind}&form="
    return rx.el.div(
        rx.el.span(t(f"loop.print.{kind}")),
        *(
            rx.el.a(
                t(f"loop.form.{form}"),
                href=address + form,
                target="_blank",
                class_name="fg-button fg-button-small",
            )
            for form in ("pdf", "word", "page")
        ),
        class_name="fg-row",
    )


def _whistle(one: rx.Var[WhistleLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(one.department),
            rx.el.span(
                t_of("loop.whistle.", one.standing),
                class_name=rx.match(
                    one.standing,
                    ("late", "fg-tag fg-tag-danger"),
                    ("here_late", "fg-tag fg-tag-warn"),
                    ("done", "fg-tag fg-tag-ok"),
                    "fg-tag",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            t("loop.report_in_by", time=one.by),
            rx.cond(one.checked_in != "", " · " + t("loop.was_here", time=one.checked_in), ""),
            class_name="fg-muted",
        ),
        rx.cond(one.words != "", rx.el.p(one.words)),
        key=as_var(one.id).to_string(),
    )


def _listing(one: rx.Var[ListingCard]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t("loop.listed_as", number=one.number)),
        rx.el.p(
            t("loop.listed_from", start=one.listed_on, end=one.due_on),
            rx.cond(one.delisted_on != "", " · " + t("loop.delisted_on", day=one.delisted_on), ""),
        ),
        rx.el.p(
            t("loop.responsible", name=one.responsible),
            rx.cond(one.decided_by != "", " · " + one.decided_by, ""),
            class_name="fg-muted",
        ),
        key=one.number,
    )


def _trail() -> rx.Component:
    detail = as_var(HazardState.detail)
    return rx.el.section(
        rx.el.h3(t("loop.trail")),
        rx.el.ol(rx.foreach(detail.trail, _line), class_name="fg-list"),
        rx.cond(
            detail.whole,
            rx.el.p("✓ ", t("loop.whole"), class_name="fg-muted"),
            rx.el.p(t("loop.broken"), class_name="fg-banner fg-banner-danger", role="alert"),
        ),
        class_name="fg-part",
    )


def _line(line: rx.Var[TrailLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(t_of("loop.step.", line.step)),
            rx.cond(line.given_to != "", rx.el.span(" → ", line.given_to)),
        ),
        rx.cond(line.dissuasion.outcome != "", talk(line.dissuasion)),
        rx.cond(line.note != "", rx.el.p(line.note)),
        rx.el.p(
            when(line.at),
            " · ",
            rx.cond(
                line.person_name != "",
                line.person_name,
                rx.match(
                    line.step,
                    *((step, t("loop.by_resident")) for step in BY_RESIDENTS),
                    t("loop.by_house"),
                ),
            ),
            class_name="fg-muted",
        ),
        key=as_var(line.number).to_string(),
    )
