"""What an administrator sets: the plan followed, rules of one's own, the workday calendar."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.duties.cards import CHOICES, CalendarDayCard, RuleCard
from firegrid_app.duties.plan_state import PlanState
from firegrid_app.ui.lists import grid_picker
from firegrid_app.ui.pieces import TakeFile, is_offline, mistake, send_end
from firegrid_app.ui.text import as_var, t, t_of


def plan() -> rx.Component:
    """Nothing for whoever sets nothing."""
    return rx.cond(
        as_var(PlanState.grids).length() > 0,
        rx.fragment(
            _preset(),
            _rules(),
            rx.el.a(
                t("checklists.title"),
                href=routes.CHECKLISTS,
                class_name="fg-button fg-button-small",
            ),
            _calendar(),
        ),
    )


def to_messages() -> rx.Component:
    """The way to what reminds people outside the app; for whoever sets rules."""
    return rx.cond(
        as_var(PlanState.grids).length() > 0,
        rx.el.div(
            rx.el.a(
                t("duties.messages"),
                href=routes.DESK_MESSAGES,
                class_name="fg-button fg-button-small",
            ),
            class_name="fg-row",
        ),
    )


def _preset() -> rx.Component:
    shown = as_var(PlanState.plan)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("duties.plan")),
            grid_picker(PlanState.grids, shown.code, PlanState.pick.temporal),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            ~shown.chosen & (shown.inherited != ""),
            rx.el.p(
                t("duties.inherited", plan=t_of("duties.preset.", shown.inherited)),
                class_name="fg-muted",
            ),
        ),
        # A new county or street: without this the page only says that nothing is due.
        rx.cond(
            ~shown.chosen & (shown.inherited == ""),
            rx.el.p(t("duties.no_plan", name=shown.name), class_name="fg-banner fg-banner-warn"),
        ),
        rx.el.div(
            rx.foreach(
                shown.presets,
                lambda name: rx.el.button(
                    t_of("duties.preset.", name),
                    type="button",
                    key=name,
                    class_name="fg-choice",
                    aria_pressed=rx.cond(shown.preset == name, "true", "false"),
                    disabled=is_offline,
                    on_click=PlanState.choose(name).temporal,
                ),
            ),
            rx.el.button(
                t("duties.preset.none"),
                type="button",
                class_name="fg-choice",
                aria_pressed=rx.cond(shown.chosen & (shown.preset == ""), "true", "false"),
                disabled=is_offline,
                on_click=PlanState.choose("").temporal,
            ),
            class_name="fg-choices",
        ),
        rx.el.p(t("duties.plan_more"), class_name="fg-muted"),
        mistake(PlanState.said),
        class_name="fg-card",
    )


def _rules() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("duties.rules")),
        rx.el.ul(rx.foreach(as_var(PlanState.plan).rules, _rule), class_name="fg-list"),
        rx.el.form(
            rx.el.h3(t("duties.add_rule")),
            rx.el.div(
                _select("kind", "duties.kind.", "other"),
                _select("role", "access.role.", "grid_member"),
                _select("rhythm", "duties.rhythm.", "month"),
                _select("season", "duties.season.", "", empty=True),
                class_name="fg-form-row",
            ),
            rx.el.div(
                _select("level", "duties.level.", "3"),
                _input("times", type="number", min=1, max=24, default_value="1"),
                _input("target", type="number", min=0, max=1000, default_value="0"),
                _input("once_on", type="date"),
                class_name="fg-form-row",
            ),
            rx.el.div(
                _input("starts_on", type="date"),
                _input("ends_on", type="date"),
                class_name="fg-form-row",
            ),
            _input("words", max_length=120),
            send_end(PlanState.rule_said, t("duties.add"), "fg-button-primary"),
            on_submit=PlanState.add_rule.temporal,
            reset_on_submit=False,
            no_validate=True,
        ),
        class_name="fg-card",
    )


def _rule(rule: rx.Var[RuleCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(rx.cond(rule.words != "", rule.words, t_of("duties.kind.", rule.kind))),
            rx.el.span(
                t_of("access.role.", rule.role),
                " · ",
                t_of("duties.level.", rule.level.to_string()),
                " · ",
                t_of("duties.rhythm.", rule.rhythm),
                rx.cond(rule.times > 1, " × " + rule.times.to_string(), ""),
                rx.cond(rule.season != "", " · " + t_of("duties.season.", rule.season), ""),
                rx.cond(rule.once_on != "", " · " + rule.once_on, ""),
                rx.cond(rule.starts_on != "", " · " + t("duties.from_day", day=rule.starts_on), ""),
                rx.cond(rule.ends_on != "", " · " + t("duties.to_day", day=rule.ends_on), ""),
                rx.cond(rule.target > 0, " · " + t("duties.target_is", target=rule.target), ""),
                rx.cond(rule.source != "", " · " + rule.source, ""),
                rx.cond(rule.ours, " · " + t("duties.ours"), ""),
                class_name="fg-muted",
            ),
            rx.cond(
                rule.own,
                rx.el.button(
                    t("duties.end"),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet",
                    disabled=is_offline,
                    on_click=PlanState.end_rule(rule.id).temporal,
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        key=rule.id.to_string(),
    )


def _select(name: str, prefix: str, chosen: str, *, empty: bool = False) -> rx.Component:
    options = [rx.el.option(t(prefix + value), value=value) for value in CHOICES[name]]
    if empty:
        options.insert(0, rx.el.option(t("duties.any_time"), value=""))
    return rx.el.label(
        t(f"duties.field.{name}"),
        rx.el.select(*options, name=name, default_value=chosen, class_name="fg-input"),
        class_name="fg-field",
    )


def _input(name: str, **more: object) -> rx.Component:
    return rx.el.label(
        t(f"duties.field.{name}"),
        rx.el.input(name=name, class_name="fg-input", **more),
        class_name="fg-field",
    )


def _calendar() -> rx.Component:
    year = as_var(PlanState.year)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("duties.calendar", year=year)),
            rx.el.div(
                _year(year - 1),
                _year(year + 1),
                class_name="fg-row",
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            PlanState.year_known,
            rx.fragment(),
            rx.el.p(t("duties.year_unknown", year=year), class_name="fg-banner fg-banner-warn"),
        ),
        rx.el.ul(rx.foreach(PlanState.days, _day), class_name="fg-list"),
        rx.cond(
            PlanState.keeps_calendar,
            rx.el.form(
                rx.el.div(
                    _input("day", type="date"),
                    rx.el.label(
                        t("duties.field.works"),
                        rx.el.select(
                            rx.el.option(t("duties.off"), value="off"),
                            rx.el.option(t("duties.work"), value="work"),
                            name="works",
                            default_value="off",
                            class_name="fg-input",
                        ),
                        class_name="fg-field",
                    ),
                    _input("name", max_length=40),
                    class_name="fg-form-row",
                ),
                send_end(PlanState.day_said, t("duties.set_day"), "fg-button-primary"),
                on_submit=PlanState.set_day.temporal,
                reset_on_submit=False,
                no_validate=True,
            ),
        ),
        rx.cond(
            PlanState.keeps_calendar,
            TakeFile.create(kind="calendar", grid="", on_done=PlanState.load.temporal),
        ),
        class_name="fg-card",
    )


def _year(year: rx.Var[int]) -> rx.Component:
    return rx.el.button(
        year.to_string(),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=PlanState.look_at_year(year).temporal,
    )


def _day(day: rx.Var[CalendarDayCard]) -> rx.Component:
    return rx.el.li(
        rx.el.span(day.day, " · ", rx.cond(day.is_workday, t("duties.work"), t("duties.off"))),
        rx.el.span(day.name, class_name="fg-muted"),
        rx.cond(
            PlanState.keeps_calendar,
            rx.el.button(
                t("duties.drop_day"),
                type="button",
                class_name="fg-button fg-button-small fg-button-quiet",
                disabled=is_offline,
                on_click=PlanState.drop_day(day.day).temporal,
            ),
        ),
        class_name="fg-row fg-row-apart",
        key=day.day,
    )
