"""Share of hazards put right inside their grid (一般隐患不出网格), by grid and month."""

import reflex as rx

from firegrid_app.hazards.cards import InsideMonth, InsideRow
from firegrid_app.hazards.inside_state import InsideState
from firegrid_app.hazards.state import HazardsState
from firegrid_app.ui.pieces import is_offline, mistake
from firegrid_app.ui.text import as_var, t


def inside_part() -> rx.Component:
    """Folded away until asked for."""
    view = as_var(InsideState.view)
    open_ = (view.code != "") & (view.code == as_var(HazardsState.view).code)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("loop.inside")),
            rx.el.button(
                rx.cond(open_, t("loop.fold"), t("loop.unfold")),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=InsideState.unfold.temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        mistake(InsideState.said),
        rx.cond(
            open_,
            rx.fragment(
                rx.el.p(t("loop.inside_more"), class_name="fg-muted"),
                rx.el.div(
                    rx.el.table(
                        rx.el.thead(
                            rx.el.tr(
                                rx.el.th(t("loop.filter.grid"), scope="col"),
                                rx.foreach(
                                    InsideState.view.months,
                                    lambda month: rx.el.th(month, scope="col", key=month),
                                ),
                            )
                        ),
                        rx.el.tbody(
                            rx.foreach(InsideState.view.rows, _row),
                            _total(),
                        ),
                        class_name="fg-table",
                    ),
                    class_name="fg-scroll",
                    tab_index=0,
                ),
            ),
        ),
        class_name="fg-card",
    )


def _row(row: rx.Var[InsideRow]) -> rx.Component:
    return rx.el.tr(rx.el.th(row.name, scope="row"), rx.foreach(row.months, _month), key=row.code)


def _total() -> rx.Component:
    return rx.el.tr(
        rx.el.th(t("loop.inside_total"), scope="row"),
        rx.foreach(InsideState.view.total.months, _month),
    )


def _month(one: rx.Var[InsideMonth]) -> rx.Component:
    share = as_var(one.inside) * 100 // as_var(one.closed)
    return rx.el.td(
        rx.cond(
            as_var(one.closed) > 0,
            t("loop.inside_share", inside=one.inside, closed=one.closed, share=share),
            "—",
        )
    )
