"""One meeting in full: who came, the agenda with minutes, decisions; what may be done with it."""

import reflex as rx

from firegrid_app.meetings.cards import CorrectionCard, DecisionCard, ItemCard
from firegrid_app.meetings.decide_form import decide_form
from firegrid_app.meetings.figures_view import figures_view
from firegrid_app.meetings.meeting_head import head
from firegrid_app.meetings.meeting_people import people
from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.parts import (
    decision,
    end,
    field,
    is_held,
    is_over,
    small,
    tag_select,
)
from firegrid_app.ui.pieces import Attached, form_end, is_offline, mistake, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def meeting() -> rx.Component:
    """The whole of it."""
    card = as_var(MeetingState.card)
    return rx.fragment(
        refusal_line(MeetingState.said),
        head(),
        rx.cond(
            (MeetingState.form == "") & (MeetingState.item == 0),
            refusal_line(MeetingState.form_said),
        ),
        people(),
        rx.el.section(
            rx.el.h2(t("meetings.agenda")),
            rx.el.ol(rx.foreach(MeetingState.card.agenda, _item), class_name="fg-list"),
            rx.cond(
                card.may_hold & ~is_over(),
                rx.cond(
                    MeetingState.form == "item",
                    _item_form(),
                    rx.el.div(
                        small(t("meetings.add_item"), MeetingState.ask("item").temporal),
                        class_name="fg-row",
                    ),
                ),
            ),
            class_name="fg-card",
        ),
        rx.cond(is_held(), _decisions()),
        rx.cond(is_held(), _photos()),
    )


def _photos() -> rx.Component:
    card = as_var(MeetingState.card)
    may = card.may_hold & (card.standing == "held")
    return rx.cond(
        may | (card.photos.length() > 0),
        rx.el.section(
            Attached.create(
                kind="meeting",
                record=card.id,
                photos=card.photos,
                may=may,
                offline=is_offline,
                on_done=MeetingState.again.temporal,
            ),
            class_name="fg-card",
        ),
    )


def _item_form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(t("meetings.field.words"), "words", max_length=120),
            tag_select("tag"),
            class_name="fg-form-row",
        ),
        end(t("meetings.add_item")),
        on_submit=MeetingState.add_item.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def _item(item: ItemCard) -> rx.Component:
    card = as_var(MeetingState.card)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(
                as_var(item.number).to_string(),
                ". ",
                rx.cond(item.kind == "own", item.title, t_of("meetings.item.", item.kind)),
            ),
            rx.cond(
                item.tag != "",
                rx.el.span(t_of("meetings.tag.", item.tag), class_name="fg-tag"),
            ),
            class_name="fg-row",
        ),
        rx.match(
            item.kind,
            ("last_time", _last_time()),
            ("figures", figures_view(MeetingState.card.figures)),
            rx.fragment(),
        ),
        rx.cond(item.minutes != "", rx.el.p(item.minutes, class_name="fg-said")),
        rx.foreach(item.corrections, _correction),
        rx.cond(
            card.may_hold & is_held(),
            rx.cond(
                MeetingState.item == item.id,
                _minutes_form(item),
                rx.el.div(
                    small(
                        rx.cond(
                            card.standing == "confirmed",
                            t("meetings.correct"),
                            t("meetings.write"),
                        ),
                        MeetingState.ask_item(item.id).temporal,
                    ),
                    class_name="fg-row",
                ),
            ),
        ),
        key=as_var(item.id).to_string(),
        class_name="fg-item",
    )


def _last_time() -> rx.Component:
    card = as_var(MeetingState.card)
    return rx.cond(
        card.last_time.length() > 0,
        rx.el.ul(
            rx.foreach(MeetingState.card.last_time, lambda one: decision(one)),
            class_name="fg-list",
        ),
        rx.el.p(t("meetings.nothing_left"), class_name="fg-muted"),
    )


def _correction(one: CorrectionCard) -> rx.Component:
    return rx.el.p(
        t("meetings.corrected", name=one.name, day=one.at, why=one.why),
        t(
            "meetings.stood_before",
            words=rx.cond(one.before != "", one.before, t("meetings.nothing")),
        ),
        class_name="fg-muted",
    )


def _minutes_form(item: ItemCard) -> rx.Component:
    card = as_var(MeetingState.card)
    return rx.el.form(
        rx.el.label(
            t("meetings.field.minutes"),
            rx.el.textarea(
                name="words",
                default_value=item.minutes,
                max_length=4000,
                rows=5,
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        rx.cond(
            card.standing == "confirmed",
            field(t("meetings.field.correct_why"), "why", max_length=200),
        ),
        form_end(
            MeetingState.form_said, t("meetings.save"), t("desk.no"), MeetingState.ask_item(0)
        ),
        on_submit=MeetingState.write.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def _decisions() -> rx.Component:
    card = as_var(MeetingState.card)
    return rx.el.section(
        rx.el.h2(t("meetings.decisions")),
        rx.cond(
            card.decisions.length() > 0,
            rx.el.ul(rx.foreach(MeetingState.card.decisions, _decided), class_name="fg-list"),
            rx.el.p(t("meetings.no_decisions"), class_name="fg-muted"),
        ),
        rx.cond(
            card.may_hold & (card.standing == "held"),
            rx.cond(
                MeetingState.form == "decide",
                decide_form(),
                rx.fragment(
                    rx.el.div(
                        small(t("meetings.decide"), MeetingState.ask("decide").temporal),
                        rx.el.button(
                            t("meetings.confirm"),
                            type="button",
                            class_name="fg-button fg-button-primary",
                            on_click=MeetingState.confirm.temporal,
                        ),
                        class_name="fg-row",
                    ),
                    rx.el.p(t("meetings.confirm_more"), class_name="fg-muted"),
                    mistake(MeetingState.form_said),
                ),
            ),
        ),
        class_name="fg-card",
    )


def _decided(one: DecisionCard) -> rx.Component:
    card = as_var(MeetingState.card)
    return decision(
        one,
        rx.cond(
            card.may_hold & (card.standing == "held") & (one.standing != "done"),
            rx.el.div(
                small(t("meetings.drop"), MeetingState.drop_decision(one.id).temporal),
                class_name="fg-row",
            ),
        ),
    )
