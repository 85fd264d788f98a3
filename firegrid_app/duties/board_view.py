"""One's own duties to tick, and the grids below in figures with the list of one."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.duties.cards import DutyCard, GridDuties
from firegrid_app.duties.state import DutiesState
from firegrid_app.ui.lists import grid_picker, page_turner
from firegrid_app.ui.pieces import form_end, is_offline, refusal_line
from firegrid_app.ui.text import as_var, t, t_of

_FIGURES = ("overdue", "today", "week", "later", "done")


def mine() -> rx.Component:
    """One's own duties; nothing where there are none."""
    return rx.cond(
        as_var(DutiesState.mine).length() > 0,
        rx.el.section(
            rx.el.h2(t("duties.mine")),
            rx.el.ul(
                rx.foreach(DutiesState.mine, lambda card: _duty(card, own=True)),
                class_name="fg-list",
            ),
            class_name="fg-card",
        ),
    )


def _key(card: rx.Var[DutyCard]) -> rx.Var[str]:
    parts = (card.rule.to_string(), card.grid, card.first, card.number.to_string())
    return parts[0] + " " + parts[1] + " " + parts[2] + " " + parts[3]


def _duty(card: rx.Var[DutyCard], *, own: bool) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(rx.cond(card.words != "", card.words, t_of("duties.kind.", card.kind))),
            rx.el.span(
                t_of("duties.standing.", card.standing),
                class_name=rx.match(
                    card.standing,
                    ("overdue", "fg-tag fg-tag-danger"),
                    ("today", "fg-tag fg-tag-warn"),
                    ("done", "fg-tag fg-tag-ok"),
                    "fg-tag",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            card.grid_name,
            " · ",
            t_of("duties.rhythm.", card.rhythm),
            " · ",
            t("duties.due", day=card.due),
            rx.cond(
                card.wanted > 0,
                " · " + t_of("duties.counted.", card.kind, done=card.done, wanted=card.wanted),
                "",
            ),
            rx.cond(card.source != "", " · " + card.source, ""),
            rx.cond(card.note != "", " · " + card.note, ""),
            class_name="fg-muted",
        ),
        rx.cond(card.standing != "done", rx.el.div(_hold(card), _tick(card), class_name="fg-row"))
        if own
        else rx.fragment(),
        key=_key(card),
    )


def _hold(card: rx.Var[DutyCard]) -> rx.Component:
    """The way to where it is held on record, which does the duty by itself."""

    def way(route: str, key: str) -> rx.Component:
        return rx.el.a(t(key), href=route, class_name="fg-button fg-button-small")

    return rx.match(
        card.kind,
        ("meeting", way(routes.MEETINGS, "duties.go.meetings")),
        ("training", way(routes.TRAINING, "duties.go.training")),
        ("drill", way(routes.DRILLS, "duties.go.drills")),
        rx.fragment(),
    )


def _tick(card: rx.Var[DutyCard]) -> rx.Component:
    return rx.cond(
        DutiesState.ticking == _key(card),
        rx.el.form(
            rx.el.label(
                rx.cond(card.note_needed, t("duties.note"), t("duties.note_optional")),
                rx.el.input(name="note", max_length=500, class_name="fg-input"),
                class_name="fg-field",
            ),
            form_end(
                DutiesState.tick_said,
                t("duties.tick_now"),
                t("duties.drop"),
                DutiesState.begin(""),
            ),
            on_submit=DutiesState.tick.temporal,
            reset_on_submit=False,
        ),
        rx.el.button(
            t("duties.tick"),
            type="button",
            class_name="fg-button fg-button-small",
            disabled=is_offline,
            on_click=DutiesState.begin(_key(card)).temporal,
        ),
    )


def board() -> rx.Component:
    """Figures of all grids below, most urgent first; one opens its list."""
    sums = as_var(DutiesState.totals)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("duties.below", name=DutiesState.name)),
            rx.cond(
                as_var(DutiesState.picks).length() > 1,
                grid_picker(DutiesState.picks, DutiesState.code, DutiesState.pick.temporal),
            ),
            class_name="fg-row fg-row-apart",
        ),
        refusal_line(DutiesState.said),
        rx.el.dl(
            *(
                rx.el.div(
                    rx.el.dt(t(f"duties.standing.{name}"), class_name="fg-muted"),
                    rx.el.dd(rx.el.strong(getattr(sums, name))),
                    class_name="fg-figure",
                )
                for name in _FIGURES
            ),
            class_name="fg-figures fg-figures-desk",
        ),
        rx.cond(
            DutiesState.count > 0,
            rx.el.ul(rx.foreach(DutiesState.rows, _grid), class_name="fg-list"),
            rx.el.p(t("duties.none"), class_name="fg-empty"),
        ),
        page_turner(
            as_var(DutiesState.page),
            as_var(DutiesState.pages),
            lambda page: DutiesState.turn(page).temporal,
        ),
        class_name="fg-card",
    )


def _grid(row: rx.Var[GridDuties]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.strong(row.name),
            rx.el.span(
                t(
                    "duties.figures",
                    overdue=row.overdue,
                    today=row.today,
                    week=row.week,
                    done=row.done,
                )
            ),
            type="button",
            class_name="fg-button fg-button-quiet fg-button-wide fg-figures-line",
            aria_expanded=rx.cond(DutiesState.opened == row.code, "true", "false"),
            on_click=DutiesState.open_grid(row.code).temporal,
        ),
        rx.el.p(rx.cond(row.holder != "", row.holder, t("duties.nobody")), class_name="fg-muted"),
        rx.cond(
            DutiesState.opened == row.code,
            rx.fragment(
                rx.cond(
                    row.level >= 1,
                    rx.el.a(
                        t("duties.work_log"),
                        href=routes.work_log(row.code),
                        target="_blank",
                        class_name="fg-button fg-button-small fg-button-quiet",
                    ),
                ),
                rx.el.ul(
                    rx.foreach(DutiesState.duties, lambda card: _duty(card, own=False)),
                    class_name="fg-list",
                ),
            ),
        ),
        key=row.code,
    )
