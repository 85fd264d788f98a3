"""The desk's page of rewards: what is to be decided and paid, and what the street gives."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.hazard_item import severity_tag
from firegrid_app.rewards.cards import AmountLine, RewardRow, RewardTally
from firegrid_app.rewards.one_view import reward_panel
from firegrid_app.rewards.state import RewardsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, narrowing, page_turner, refresh_button, view_head
from firegrid_app.ui.pieces import file_link, is_offline, mistake, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def rewards() -> rx.Component:
    """The whole page."""
    return desk_page("rewards.title", phased(RewardsState, _ready()), tab=routes.REPORTS)


def _ready() -> rx.Component:
    view = as_var(RewardsState.view)
    return rx.fragment(
        refusal_line(RewardsState.said),
        view_head(
            RewardsState,
            rx.el.a(t("rewards.to_reports"), href=routes.REPORTS, class_name="fg-muted"),
            refresh_button(RewardsState.load.temporal),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.el.p(
            t("rewards.sums", promised=view.promised, paid=view.paid, year=view.year),
            class_name="fg-muted",
        ),
        narrowing(RewardsState.view.tallies, _tally),
        rx.el.section(
            rx.el.h2(t("rewards.list", count=view.matches)),
            rx.cond(
                view.matches > 0,
                rx.el.ul(rx.foreach(RewardsState.view.rows, _row), class_name="fg-rows"),
                rx.el.p(t_of("rewards.none.", view.which), class_name="fg-empty"),
            ),
            page_turner(view.page, view.pages, lambda page: RewardsState.turn(page).temporal),
            rx.el.p(
                file_link(t("rewards.csv"), href="/rewards/" + view.code + "/ledger.csv"),
                " · ",
                file_link(t("rewards.xlsx"), href="/rewards/" + view.code + "/ledger.xlsx"),
            ),
            class_name="fg-card",
        ),
        _scheme(),
        reward_panel(),
    )


def _tally(tally: rx.Var[RewardTally]) -> rx.Component:
    return count_chip(
        t_of("rewards.stage.", tally.which),
        tally.count,
        chosen=RewardsState.view.which == tally.which,
        on_click=RewardsState.narrow(tally.which).temporal,
        key=tally.which,
    )


def _row(row: rx.Var[RewardRow]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(t_of("hazards.category.", row.category), class_name="fg-row-name"),
            rx.el.span(
                severity_tag(row.severity),
                rx.cond(
                    as_var(row.amount) > 0,
                    rx.el.span(t("rewards.yuan", yuan=row.amount), class_name="fg-tag"),
                ),
                class_name="fg-row fg-tags",
            ),
            rx.el.span(
                t("rewards.number", number=row.number), " · ", row.grid_name,
                class_name="fg-row-line fg-muted",
            ),
            rx.cond(
                row.why != "",
                rx.el.span(t_of("rewards.why.", row.why), class_name="fg-row-line"),
            ),
            rx.cond(
                row.until != "",
                rx.el.span(t("rewards.until", day=row.until), class_name="fg-row-line"),
            ),
            type="button",
            class_name="fg-desk-row",
            disabled=is_offline,
            on_click=RewardsState.open_one(row.id).temporal,
        ),
        key=row.id,
    )  # fmt: skip


def _scheme() -> rx.Component:
    scheme = as_var(RewardsState.view).scheme
    return rx.el.details(
        rx.el.summary(
            t("rewards.scheme"),
            " · ",
            rx.cond(scheme.is_on, t("rewards.is_on"), t("rewards.is_off")),
        ),
        rx.cond(
            scheme.since != "",
            rx.el.p(
                t("rewards.since", day=scheme.since, name=scheme.by),
                rx.cond(scheme.own, "", " · " + t("rewards.from_above")),
                class_name="fg-muted",
            ),
        ),
        rx.el.p(t("rewards.scheme_more"), class_name="fg-muted"),
        rx.el.form(
            _tick("is_on", scheme.is_on),
            rx.foreach(RewardsState.view.scheme.amounts, _amounts),
            rx.el.label(t("rewards.claim_days"), html_for="reward-days"),
            rx.el.input(
                id="reward-days",
                name="claim_days",
                type="number",
                min=1,
                max=365,
                default_value=scheme.claim_days.to_string(),
                class_name="fg-input",
            ),
            rx.el.label(t("rewards.collect_at"), html_for="reward-place"),
            rx.el.input(
                id="reward-place",
                name="collect_at",
                max_length=120,
                placeholder=t("rewards.collect_example"),
                default_value=scheme.collect_at,
                class_name="fg-input",
            ),
            _tick("asks_name", scheme.asks_name),
            mistake(RewardsState.scheme_said),
            rx.cond(
                RewardsState.scheme_done,
                rx.el.p(
                    t("rewards.scheme_set"), class_name="fg-toast fg-toast-passing", role="status"
                ),
            ),
            rx.el.button(
                t("rewards.set"),
                type="submit",
                class_name="fg-button fg-button-primary",
                disabled=is_offline,
            ),
            # Another street's, or a newer one: the fields begin anew.
            key=RewardsState.view.code + scheme.since,
            on_submit=RewardsState.set_scheme.temporal,
            reset_on_submit=False,
            class_name="fg-field",
        ),
        class_name="fg-card",
    )


def _tick(name: str, value: rx.Var[bool]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=value, class_name="fg-tick"),
        rx.el.span(t(f"rewards.{name}")),
        class_name="fg-row",
    )


def _amounts(line: rx.Var[AmountLine]) -> rx.Component:
    grade = t_of("hazards.severity.", line.grade)

    def field(which: str, value: rx.Var[str]) -> rx.Component:
        return rx.el.input(
            name=line.grade + "_" + which,
            type="number",
            min=0,
            max=100_000,
            default_value=value,
            aria_label=grade + " " + t(f"rewards.{which}"),
            placeholder=t(f"rewards.{which}"),
            class_name="fg-input fg-grow",
        )

    return rx.el.fieldset(
        rx.el.legend(grade, " (", t("rewards.in_yuan"), ")"),
        rx.el.div(
            field("least", line.least),
            rx.el.span("–"),
            field("most", line.most),
            class_name="fg-row",
        ),
        key=line.grade,
    )
