"""The open campaign: how far it is, its leaflet, its questions."""

import reflex as rx

from firegrid_app.campaigns.cards import KINDS_OF_QUESTION, QuestionLine
from firegrid_app.campaigns.leaflet_part import leaflet_part
from firegrid_app.campaigns.progress_part import by_grids, far
from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.meetings.parts import field, small
from firegrid_app.ui.pieces import file_link, form_end, mistake
from firegrid_app.ui.text import as_var, t, t_of


def card_part() -> rx.Component:
    """All of it."""
    card = as_var(CampaignsState.card)
    return rx.el.div(
        rx.cond(card.purpose != "", rx.el.p(card.purpose)),
        rx.el.p(t("campaigns.areas", names=card.areas), class_name="fg-muted"),
        rx.cond(CampaignsState.form == "", mistake(CampaignsState.form_said)),
        far(),
        rx.el.div(
            *(
                file_link(
                    t(f"campaigns.keep.{what}"),
                    href="/campaigns/" + card.id.to_string() + f"/{what}.xlsx",
                    class_name="fg-button fg-button-small fg-button-quiet",
                )
                for what in ("progress", "answers")
            ),
            rx.cond(
                card.may_change,
                rx.fragment(
                    small(t("campaigns.dates"), CampaignsState.ask("dates").temporal),
                    small(t("campaigns.end"), CampaignsState.end.temporal),
                ),
            ),
            class_name="fg-row",
        ),
        rx.cond(CampaignsState.form == "dates", _dates_form()),
        rx.cond(card.may_change, rx.el.p(t("campaigns.end_how"), class_name="fg-muted")),
        leaflet_part(),
        _questions(),
        by_grids(),
        class_name="fg-part",
    )


def _dates_form() -> rx.Component:
    card = as_var(CampaignsState.card)
    return rx.el.form(
        rx.el.div(
            *(
                field(
                    t(f"campaigns.field.{name}"),
                    name,
                    type="date",
                    default_value=getattr(card, name),
                )
                for name in ("starts_on", "ends_on")
            ),
            class_name="fg-form-row",
        ),
        rx.el.p(t("campaigns.dates_how"), class_name="fg-muted"),
        form_end(
            CampaignsState.form_said,
            t("campaigns.dates_keep"),
            t("desk.no"),
            CampaignsState.ask(""),
        ),
        on_submit=CampaignsState.change_dates.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )


def _questions() -> rx.Component:
    card = as_var(CampaignsState.card)
    return rx.el.details(
        rx.el.summary(t("campaigns.questions", count=card.questions.length())),
        rx.el.ol(rx.foreach(CampaignsState.card.questions, _question), class_name="fg-list"),
        rx.cond(
            card.may_change,
            rx.cond(
                CampaignsState.form == "question",
                _question_form(),
                small(t("campaigns.add_question"), CampaignsState.ask("question").temporal),
            ),
        ),
    )


def _question(line: QuestionLine) -> rx.Component:
    return rx.el.li(
        rx.el.strong(line.words),
        rx.cond(line.required, "", rx.el.span(" ", t("campaigns.optional"), class_name="fg-muted")),
        rx.el.p(
            t_of("campaigns.kind.", line.kind),
            rx.cond(line.choices != "", " · " + as_var(line.choices), ""),
            rx.cond(line.show_if != "", " · " + t("campaigns.only_if", of=line.show_if), ""),
            class_name="fg-muted",
        ),
        rx.cond(line.paper != "", rx.el.p(line.paper, class_name="fg-paper")),
        rx.cond(
            as_var(CampaignsState.card).may_change,
            rx.el.div(
                small(t("campaigns.earlier"), CampaignsState.move_question(line.code).temporal),
                small(t("campaigns.drop"), CampaignsState.drop_question(line.code).temporal),
                class_name="fg-row",
            ),
        ),
        key=line.code,
    )


def _question_form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(t("campaigns.field.words"), "words", max_length=120),
            rx.el.label(
                t("campaigns.field.kind"),
                rx.el.select(
                    *(
                        rx.el.option(t(f"campaigns.kind.{kind}"), value=kind)
                        for kind in KINDS_OF_QUESTION
                    ),
                    name="kind",
                    default_value="single",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            rx.el.label(
                t("campaigns.field.show_if"),
                rx.el.select(
                    rx.el.option(t("campaigns.always"), value=""),
                    rx.foreach(
                        CampaignsState.card.conditions,
                        lambda one: rx.el.option(one[1], value=one[0], key=one[0]),
                    ),
                    name="show_if",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            class_name="fg-form-row",
        ),
        rx.el.label(
            t("campaigns.field.choices"),
            rx.el.textarea(name="choices", max_length=2000, rows=4, class_name="fg-input"),
            class_name="fg-field",
        ),
        rx.el.details(
            rx.el.summary(t("campaigns.field.paper")),
            rx.el.textarea(
                name="paper",
                max_length=2000,
                rows=8,
                default_value=t("campaigns.paper_text"),
                aria_label=t("campaigns.field.paper"),
                class_name="fg-input",
            ),
            rx.el.p(t("campaigns.paper_how"), class_name="fg-muted"),
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name="required"),
            rx.el.span(t("campaigns.field.required")),
            class_name="fg-row fg-tick",
        ),
        form_end(
            CampaignsState.form_said, t("campaigns.add"), t("desk.no"), CampaignsState.ask("")
        ),
        on_submit=CampaignsState.add_question.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )
