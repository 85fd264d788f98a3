"""The desk's page of residents' reports: what waits and how long, and what becomes of it."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.access.systems_view import systems_part
from firegrid_app.city.partners_state import PartnersState
from firegrid_app.desk.grid_list import when
from firegrid_app.residents.cards import ReportRow, ReportsTally
from firegrid_app.residents.one_view import answer_by, report_panel
from firegrid_app.residents.state import ReportsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, narrowing, page_turner, refresh_button, view_head
from firegrid_app.ui.pieces import TakeFile, file_link, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def reports() -> rx.Component:
    """The whole page."""
    return desk_page("reports.title", phased(ReportsState, _ready()), tab=routes.REPORTS)


def _ready() -> rx.Component:
    view = as_var(ReportsState.view)
    return rx.fragment(
        refusal_line(ReportsState.said),
        view_head(
            ReportsState,
            rx.cond(view.rewards, rx.el.a(t("reports.rewards"), href=routes.REWARDS)),
            rx.el.span(t("desk.as_of", time=view.as_of), class_name="fg-muted"),
            refresh_button(ReportsState.load.temporal),
            named=lambda pick: (pick[0], pick[1]),
        ),
        narrowing(ReportsState.view.tallies, _tally),
        rx.el.section(
            rx.el.h2(t("reports.list", count=view.matches)),
            rx.cond(
                view.matches > 0,
                rx.el.ul(rx.foreach(ReportsState.view.rows, _row), class_name="fg-rows"),
                rx.el.p(t_of("reports.none.", view.which), class_name="fg-empty"),
            ),
            page_turner(view.page, view.pages, lambda page: ReportsState.turn(page).temporal),
            class_name="fg-card",
        ),
        rx.el.details(
            rx.el.summary(t("city.orders")),
            rx.el.p(t("city.orders_more"), class_name="fg-muted"),
            rx.el.div(
                TakeFile.create(kind="orders", grid=view.code, on_done=ReportsState.load.temporal),
                class_name="fg-part",
            ),
            rx.el.p(
                file_link(t("city.orders_csv"), href="/orders/" + view.code + "/answers.csv"),
                " · ",
                file_link(t("city.orders_xlsx"), href="/orders/" + view.code + "/answers.xlsx"),
            ),
            class_name="fg-card",
        ),
        _partners(),
        report_panel(),
    )


def _tally(tally: rx.Var[ReportsTally]) -> rx.Component:
    return count_chip(
        t_of("reports.which.", tally.which),
        tally.count,
        chosen=ReportsState.view.which == tally.which,
        on_click=ReportsState.narrow(tally.which).temporal,
        key=tally.which,
    )


def _row(row: rx.Var[ReportRow]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(t_of("hazards.category.", row.category), class_name="fg-row-name"),
            rx.el.span(
                rx.cond(row.late, rx.el.span(t("reports.late"), class_name="fg-tag fg-tag-danger")),
                rx.el.span(t_of("reports.standing.", row.standing), class_name="fg-tag"),
                class_name="fg-row fg-tags",
            ),
            rx.el.span(
                rx.cond(
                    row.standing == "waiting",
                    rx.fragment(waits(row), " · ", answer_by(row)),
                    t("reports.received", when=when(row.received)),
                ),
                class_name="fg-row-line",
            ),
            rx.el.span(
                row.grid_name,
                " · ",
                row.where_words,
                rx.cond(row.words != "", " · " + row.words, ""),
                class_name="fg-row-line fg-muted",
            ),
            type="button",
            class_name="fg-desk-row",
            disabled=is_offline,
            on_click=ReportsState.open_one(row.id).temporal,
        ),
        key=row.id,
    )


def waits(row: rx.Var[ReportRow]) -> rx.Var[str]:
    """How long a report has waited, in hours or days."""
    hours = as_var(row.hours)
    return rx.cond(
        hours < 1,
        t("reports.just_now"),
        rx.cond(
            hours < 48,
            t("reports.waits_hours", count=hours),
            t("reports.waits_days", count=(hours // 24)),
        ),
    )


def _partners() -> rx.Component:
    """Other city systems, for who manages the whole city."""
    return systems_part(
        PartnersState,
        title=t("city.partners"),
        more=t("city.partners_more"),
        example=t("city.partner_example"),
        ways=(
            rx.el.code(PartnersState.address),
            rx.el.code("api_key=", PartnersState.key),
        ),
    )
