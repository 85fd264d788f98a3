"""The leader's view: how the walks of each grid stand, what is flagged, unannounced checks."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.rota.cards import AwayToday
from firegrid_app.supervision.cards import (
    DueCall,
    FlagLine,
    ProgressTally,
    SpotCheckLine,
    StripDay,
    WalkPick,
    WalkRow,
)
from firegrid_app.supervision.forms import form_end, radio
from firegrid_app.supervision.mode_part import mode_part
from firegrid_app.supervision.state import WalksState
from firegrid_app.supervision.unaccepted_part import unaccepted_part
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.pieces import (
    count_chip,
    grid_picker,
    is_offline,
    phased,
    refresh_button,
    refusal_line,
)
from firegrid_app.ui.text import as_var, t, t_of


def walks() -> rx.Component:
    """The whole page."""
    return desk_page(
        "supervision.title",
        phased(WalksState, _ready()),
        tab=routes.WALKS,
    )


def _ready() -> rx.Component:
    view = as_var(WalksState.view)
    return rx.fragment(
        refusal_line(WalksState.said),
        rx.el.section(
            rx.el.div(
                rx.el.h2(view.name),
                rx.el.p(
                    rx.cond(view.is_workday, t("desk.workday"), t("desk.rest_day")),
                    " · ",
                    t("supervision.as_of", time=view.as_of),
                    class_name="fg-muted",
                ),
                class_name="fg-grow",
            ),
            rx.cond(
                view.picks.length() > 1,
                grid_picker(
                    WalksState.view.picks,
                    view.code,
                    WalksState.pick.temporal,
                    named=lambda pick: (pick[0], pick[1]),
                ),
            ),
            rx.el.a(
                t("supervision.points"),
                href=routes.POINTS,
                class_name="fg-button fg-button-small",
            ),
            rx.el.a(
                t("supervision.doors"),
                href=routes.CAMPAIGNS,
                class_name="fg-button fg-button-small",
            ),
            rx.el.a(
                t("supervision.rota"),
                href=routes.ROTA,
                class_name="fg-button fg-button-small",
            ),
            refresh_button(WalksState.load.temporal),
            class_name="fg-desk-head",
        ),
        unaccepted_part(),
        rx.cond(view.may_supervise, _flags()),
        _today(),
        rx.cond(view.may_supervise, _checks()),
        rx.cond(view.may_set_mode, mode_part()),
    )


def _today() -> rx.Component:
    view = as_var(WalksState.view)
    return rx.el.section(
        rx.el.div(
            rx.foreach(WalksState.view.tallies, _tally),
            class_name="fg-chips",
            role="group",
            aria_label=t("desk.narrow"),
        ),
        rx.el.ul(rx.foreach(WalksState.view.rows, _row), class_name="fg-list"),
        rx.cond(
            view.matches > view.rows.length(),
            rx.el.p(
                t("supervision.more", count=view.matches - view.rows.length()),
                class_name="fg-muted",
            ),
        ),
        rx.el.p(t("supervision.no_ranking"), class_name="fg-muted"),
        class_name="fg-card",
    )


def _tally(tally: rx.Var[ProgressTally]) -> rx.Component:
    return count_chip(
        t_of("supervision.progress.", tally.progress),
        tally.grids,
        chosen=WalksState.chosen == tally.progress,
        on_click=WalksState.narrow(tally.progress).temporal,
        key=tally.progress,
    )


def _row(row: rx.Var[WalkRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row.name, class_name="fg-grow"),
            rx.el.span(
                t_of("supervision.progress.", row.progress),
                class_name=rx.match(
                    row.progress,
                    ("late", "fg-tag fg-tag-warn"),
                    ("done", "fg-tag fg-tag-ok"),
                    "fg-tag",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            rx.cond(
                row.target > 0,
                t("desk.minutes_of", minutes=row.minutes, target=row.target),
                t("desk.minutes", minutes=row.minutes),
            ),
            rx.cond((row.started != "") | ~row.listed, " · ", ""),
            rx.cond(
                row.started != "",
                t("supervision.started", time=row.started, names=row.walkers),
                rx.cond(row.listed, rx.fragment(), t("supervision.usual", time=row.usual)),
            ),
        ),
        rx.cond(row.listed, _by_list(row)),
        rx.cond(as_var(row.away).length() > 0, _away(row)),
        rx.el.ol(rx.foreach(row.days, _day), class_name="fg-week"),
        rx.cond(
            WalksState.checked == row.code,
            _check_form(),
            rx.cond(
                WalksState.view.may_supervise,
                rx.el.button(
                    t("supervision.check"),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet",
                    disabled=is_offline,
                    on_click=WalksState.ask_check(row.code).temporal,
                ),
            ),
        ),
        key=row.code,
    )


def _by_list(row: rx.Var[WalkRow]) -> rx.Component:
    """Who begins by the duty list, to be called."""
    return rx.el.p(
        rx.cond(
            as_var(row.due).length() > 0,
            t("supervision.listed", time=row.usual),
            rx.cond(row.nobody_left, t("supervision.nobody_left"), t("supervision.not_listed")),
        ),
        rx.foreach(as_var(row.due), _call),
        class_name="fg-row",
    )


def _away(row: rx.Var[WalkRow]) -> rx.Component:
    """Who is sent elsewhere or on leave: nobody calls them."""
    return rx.el.p(
        t("supervision.away"), rx.foreach(as_var(row.away), _gone), class_name="fg-muted"
    )


def _gone(one: rx.Var[AwayToday]) -> rx.Component:
    return rx.el.span(
        one.name,
        t("supervision.away_until", day=one.last),
        rx.cond(one.why != "", rx.fragment(" ", t_of("rota.why.", one.why))),
        rx.cond(one.words != "", " · " + one.words, ""),
        " ",
        key=one.name,
    )


def _call(one: rx.Var[DueCall]) -> rx.Component:
    return rx.cond(
        one.phone != "",
        rx.el.a(
            one.name,
            href="tel:" + one.phone,
            aria_label=t("supervision.call", name=one.name),
            class_name="fg-button fg-button-small fg-button-quiet",
            key=one.name,
        ),
        rx.el.span(one.name, key=one.name),
    )


def _day(day: rx.Var[StripDay]) -> rx.Component:
    return rx.el.li(
        rx.el.span(as_var(day.minutes).to_string(), class_name="fg-number"),
        rx.el.span(
            rx.el.span(style={"height": as_var(day.share).to_string() + "%"}),
            class_name="fg-week-bar fg-week-low",
            custom_attrs={"data-workday": day.is_workday},
        ),
        rx.el.small(t_of("desk.weekday_short.", day.weekday)),
        key=day.label,
        aria_label=t(
            "supervision.day_minutes",
            day=day.label,
            minutes=day.minutes,
            kind=rx.cond(day.is_workday, t("desk.workday"), t("desk.rest_day")),
        ),
    )


def _flags() -> rx.Component:
    view = as_var(WalksState.view)
    return rx.cond(
        view.flag_count > 0,
        rx.el.section(
            rx.el.h2(t("supervision.flags", count=view.flag_count)),
            rx.el.p(t("supervision.flags_more"), class_name="fg-muted"),
            rx.el.ul(rx.foreach(WalksState.view.flags, _flag), class_name="fg-list"),
            class_name="fg-card",
        ),
    )


def _flag(flag: rx.Var[FlagLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.strong(t_of("presence.reason.", flag.reason, amount=flag.amount))),
        rx.el.p(
            flag.at,
            " · ",
            flag.grid_name,
            " · ",
            flag.person_name,
            rx.cond(flag.point_name != "", " · " + flag.point_name, ""),
            class_name="fg-muted",
        ),
        rx.cond(
            flag.own,
            rx.el.p(t("refusals.presence.own"), class_name="fg-muted"),
            rx.cond(
                WalksState.flag == flag.id,
                _flag_form(),
                rx.el.button(
                    t("supervision.look"),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=WalksState.ask_flag(flag.id).temporal,
                ),
            ),
        ),
        key=flag.id.to_string(),
    )


def _flag_form() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(t("supervision.looked"), class_name="fg-legend"),
            radio("outcome", "fine", t("presence.outcome.fine"), checked=True),
            radio("outcome", "spoken", t("presence.outcome.spoken")),
            class_name="fg-field",
        ),
        rx.el.textarea(
            name="note", class_name="fg-input", max_length=500, aria_label=t("desk.note")
        ),
        form_end(),
        on_submit=WalksState.answer_flag.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _check_form() -> rx.Component:
    return rx.el.form(
        rx.el.label(t("supervision.walk"), html_for="check-walk"),
        rx.el.select(
            rx.el.option(t("supervision.no_walk"), value=""),
            rx.foreach(WalksState.walks, _walk_option),
            id="check-walk",
            name="patrol",
            class_name="fg-input",
        ),
        rx.el.fieldset(
            rx.el.legend(t("supervision.agrees"), class_name="fg-legend"),
            radio("agrees", "yes", t("supervision.yes"), checked=True),
            radio("agrees", "no", t("supervision.not")),
            class_name="fg-field",
        ),
        rx.el.label(t("supervision.found"), html_for="check-found"),
        rx.el.textarea(id="check-found", name="found", class_name="fg-input", max_length=1000),
        form_end(),
        on_submit=WalksState.write_check.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _walk_option(walk: rx.Var[WalkPick]) -> rx.Component:
    return rx.el.option(walk.label, value=walk.id, key=walk.id)


def _checks() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("supervision.checks")),
        rx.cond(
            as_var(WalksState.view.checks).length() > 0,
            rx.el.ul(rx.foreach(WalksState.view.checks, _check), class_name="fg-list"),
            rx.el.p(t("supervision.no_checks"), class_name="fg-muted"),
        ),
        class_name="fg-card",
    )


def _check(line: rx.Var[SpotCheckLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.grid_name, class_name="fg-grow"),
            rx.el.span(
                rx.cond(line.agrees, t("supervision.yes"), t("supervision.not")),
                class_name=rx.cond(line.agrees, "fg-tag fg-tag-ok", "fg-tag fg-tag-warn"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(line.found != "", rx.el.p(line.found)),
        rx.el.p(
            line.at,
            " · ",
            line.person_name,
            rx.cond(line.walk != "", " · " + t("supervision.against", walk=line.walk), ""),
            class_name="fg-muted",
        ),
        key=line.id.to_string(),
    )
