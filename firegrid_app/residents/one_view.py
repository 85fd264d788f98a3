"""The panel of one report: what was sent, by when it is decided, and what became of it."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.grid_list import date_of, when
from firegrid_app.desk.hazard_item import hazard_link, photo_link
from firegrid_app.residents.cards import ReportRow
from firegrid_app.residents.decision_view import decisions
from firegrid_app.residents.state import ReportsState
from firegrid_app.ui.pieces import is_offline, open_panel
from firegrid_app.ui.text import as_var, t, t_of


def report_panel() -> rx.Component:
    """Nothing while no report is open."""
    row = as_var(ReportsState.detail).row
    return open_panel(
        ReportsState,
        row.id != "",
        label=t_of("hazards.category.", row.category),
        heading=row.grid_name,
        content=_detail(),
    )


def _detail() -> rx.Component:
    detail = as_var(ReportsState.detail)
    row = detail.row
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.cond(row.late, rx.el.span(t("reports.late"), class_name="fg-tag fg-tag-danger")),
                rx.el.span(t_of("reports.standing.", row.standing), class_name="fg-tag"),
                class_name="fg-row fg-tags",
            ),
            rx.el.p(row.where_words),
            rx.cond(row.words != "", rx.el.p(row.words)),
            rx.el.p(
                t("reports.number", number=row.number),
                " · ",
                t("reports.received", when=when(row.received)),
                rx.cond(row.standing == "waiting", " · " + answer_by(row), ""),
                class_name="fg-muted",
            ),
            class_name="fg-part",
        ),
        rx.cond(
            row.photos.length() > 0,
            rx.el.div(rx.foreach(row.photos, photo_link), class_name="fg-thumbnails"),
        ),
        _who(),
        rx.cond(
            ReportsState.done != "",
            rx.el.p(
                t_of("reports.done.", ReportsState.done),
                class_name="fg-toast fg-toast-passing",
                role="status",
            ),
        ),
        rx.cond(row.standing == "waiting", decisions(), _decided()),
    )


def answer_by(row: rx.Var[ReportRow]) -> rx.Var[str]:
    """By when the desk has to decide: a moment, or within a day."""
    by = row.answer_by
    return rx.cond(
        by.time != "",
        t("reports.answer_by", when=when(by)),
        t("reports.answer_within", day=date_of(by)),
    )


def _who() -> rx.Component:
    who = as_var(ReportsState.who)
    asked = (who.name != "") | (who.phone != "")
    return rx.cond(
        as_var(ReportsState.detail).has_contact,
        rx.el.div(
            rx.cond(
                asked,
                rx.el.p(
                    rx.el.strong(who.name, " "),
                    rx.cond(who.phone != "", rx.el.a(who.phone, href="tel:" + who.phone)),
                ),
                rx.el.button(
                    t("reports.who"),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=ReportsState.show_who.temporal,
                ),
            ),
            rx.el.p(t("reports.who_more"), class_name="fg-muted"),
            class_name="fg-part",
        ),
        rx.el.p(t("reports.nobody"), class_name="fg-muted"),
    )


def _decided() -> rx.Component:
    detail = as_var(ReportsState.detail)
    return rx.el.div(
        rx.el.p(t("reports.decided", when=when(detail.decided), name=detail.decided_by)),
        rx.cond(
            detail.reason != "",
            rx.el.p(
                t_of("reports.reason.", detail.reason),
                rx.cond(detail.reason_words != "", " · " + detail.reason_words, ""),
            ),
        ),
        rx.cond(
            detail.hazard_status != "",
            rx.el.p(
                hazard_link(detail.hazard, detail.hazard_status),
                rx.cond(
                    detail.rewarded,
                    rx.fragment(
                        " · ",
                        rx.el.a(t("reports.to_reward"), href=routes.desk_reward(detail.row.id)),
                    ),
                ),
            ),
        ),
        class_name="fg-part",
    )
