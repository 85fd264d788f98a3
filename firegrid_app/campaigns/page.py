"""The page of campaigns: the list, a form to begin one, and the open one."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.campaigns.card_part import card_part
from firegrid_app.campaigns.cards import CampaignLine
from firegrid_app.campaigns.leaflet_part import words_field
from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.meetings.parts import field, small
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of

OUTCOMES = ("met", "no_answer", "refused", "vacant", "let", "come_back")
DONE = ("met", "refused", "vacant")


def campaigns() -> rx.Component:
    """The whole page."""
    return desk_page("campaigns.title", phased(CampaignsState, _ready()), tab=routes.DESK)


def _ready() -> rx.Component:
    view = as_var(CampaignsState.view)
    return rx.fragment(
        refusal_line(CampaignsState.said),
        view_head(
            CampaignsState,
            rx.el.a(
                t("campaigns.register"),
                href=routes.HOUSEHOLDS,
                class_name="fg-button fg-button-small",
            ),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.cond(
            CampaignsState.form == "campaign",
            _form(),
            rx.el.div(
                small(t("campaigns.make"), CampaignsState.ask("campaign").temporal),
                class_name="fg-row",
            ),
        ),
        rx.cond(
            (CampaignsState.form == "") & (as_var(CampaignsState.card).id == 0),
            refusal_line(CampaignsState.form_said),
        ),
        rx.cond(
            view.campaigns.length() > 0,
            rx.el.section(
                rx.el.ul(rx.foreach(CampaignsState.view.campaigns, _line), class_name="fg-list"),
                class_name="fg-card",
            ),
            rx.el.p(t("campaigns.none"), class_name="fg-empty"),
        ),
    )


def _line(line: CampaignLine) -> rx.Component:
    is_open = as_var(CampaignsState.card).id == line.id
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.name, class_name="fg-grow"),
            rx.el.span(line.starts_on, " – ", line.ends_on, class_name="fg-number"),
            rx.el.span(
                t_of("campaigns.standing.", line.standing),
                class_name=rx.cond(line.standing == "running", "fg-tag fg-tag-ok", "fg-tag"),
            ),
            small(
                rx.cond(is_open, t("campaigns.close"), t("campaigns.open")),
                CampaignsState.open(line.id).temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(line.grid_name, class_name="fg-muted"),
        rx.cond(is_open, card_part()),
        key=as_var(line.id).to_string(),
        class_name="fg-item",
    )


def _tick(name: str, words: rx.Var[str], ticked: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=ticked),
        rx.el.span(words),
        class_name="fg-row fg-tick",
    )


def _form() -> rx.Component:
    view = as_var(CampaignsState.view)
    return rx.el.form(
        rx.el.h2(t("campaigns.make")),
        rx.el.div(
            field(t("campaigns.field.name"), "name", max_length=60),
            field(
                t("campaigns.field.starts_on"), "starts_on", type="date", default_value=view.today
            ),
            field(t("campaigns.field.ends_on"), "ends_on", type="date"),
            class_name="fg-form-row",
        ),
        field(t("campaigns.field.purpose"), "purpose", max_length=300),
        rx.cond(
            view.parts.length() > 0,
            rx.el.fieldset(
                rx.el.legend(t("campaigns.field.areas"), class_name="fg-legend"),
                rx.el.div(
                    rx.foreach(
                        CampaignsState.view.parts,
                        lambda part: rx.el.label(
                            rx.el.input(type="checkbox", name="part " + part[0]),
                            rx.el.span(part[1]),
                            class_name="fg-row fg-tick",
                            key=part[0],
                        ),
                    ),
                    class_name="fg-ticks",
                ),
                class_name="fg-field",
            ),
        ),
        rx.el.fieldset(
            rx.el.legend(t("campaigns.field.done_when"), class_name="fg-legend"),
            rx.el.div(
                *(
                    _tick(f"done {one}", t(f"visits.outcome.{one}"), one in DONE)
                    for one in OUTCOMES
                ),
                class_name="fg-ticks",
            ),
            class_name="fg-field",
        ),
        rx.el.p(t("campaigns.questions_how"), class_name="fg-muted"),
        words_field(t("campaigns.leaflet_text")),
        form_end(
            CampaignsState.form_said,
            t("campaigns.make_it"),
            t("desk.no"),
            CampaignsState.ask(""),
        ),
        on_submit=CampaignsState.make.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-card",
    )
