"""The panel of one reward: what was reported, what the rule says, and what is decided."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.grid_list import when
from firegrid_app.desk.hazard_item import hazard_link, photo_link, severity_tag
from firegrid_app.rewards.state import RewardsState
from firegrid_app.ui.pieces import is_offline, mistake, open_panel
from firegrid_app.ui.text import as_var, t, t_of


def reward_panel() -> rx.Component:
    """Nothing while no reward is open."""
    row = as_var(RewardsState.detail).row
    return open_panel(
        RewardsState,
        row.id != "",
        label=t_of("hazards.category.", row.category),
        heading=row.grid_name,
        content=_detail(),
    )


def _detail() -> rx.Component:
    detail = as_var(RewardsState.detail)
    row = detail.row
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.el.span(t_of("rewards.stage.", row.stage), class_name="fg-tag"),
                severity_tag(row.severity),
                rx.cond(
                    as_var(row.amount) > 0,
                    rx.el.span(t("rewards.yuan", yuan=row.amount), class_name="fg-tag"),
                ),
                class_name="fg-row fg-tags",
            ),
            rx.el.p(detail.where_words),
            rx.cond(detail.words != "", rx.el.p(detail.words)),
            rx.el.p(
                t("rewards.number", number=row.number),
                " · ",
                t("reports.received", when=when(row.received)),
                class_name="fg-muted",
            ),
            rx.el.p(
                hazard_link(detail.hazard, detail.hazard_status),
                " · ",
                rx.el.a(t("rewards.to_report"), href=routes.desk_report(row.id)),
            ),
            class_name="fg-part",
        ),
        rx.cond(
            detail.photos.length() > 0,
            rx.el.div(
                rx.foreach(RewardsState.detail.photos, photo_link), class_name="fg-thumbnails"
            ),
        ),
        rx.cond(
            RewardsState.done != "",
            rx.el.p(
                t_of("rewards.done.", RewardsState.done),
                class_name="fg-toast fg-toast-passing",
                role="status",
            ),
        ),
        _history(),
        rx.cond(detail.own_grant, rx.el.p(t("rewards.second_pays"), class_name="fg-banner")),
        rx.cond(detail.may_pay, _pay()),
        rx.cond(detail.may_decide, rx.cond(row.why == "", _grant(), _why())),
        mistake(RewardsState.form_said),
        rx.cond(
            (row.stage == "open") | (row.stage == "granted") | (row.stage == "expired"), _decline()
        ),
    )


def _history() -> rx.Component:
    detail = as_var(RewardsState.detail)
    row = detail.row
    return rx.cond(
        detail.decided_by != "",
        rx.el.div(
            rx.el.p(t("rewards.decided", when=when(detail.decided), name=detail.decided_by)),
            rx.cond(detail.note != "", rx.el.p(detail.note)),
            rx.cond(
                (row.until != "") & (row.stage != "paid"),
                rx.el.p(t("rewards.until", day=row.until), " · ", detail.collect_at),
            ),
            rx.cond(
                detail.paid_by != "",
                rx.el.p(
                    t("rewards.paid", when=when(detail.paid), name=detail.paid_by),
                    " · ",
                    t_of("rewards.how.", detail.paid_how),
                    rx.cond(detail.voucher != "", " · " + detail.voucher, ""),
                ),
            ),
            class_name="fg-part",
        ),
    )


def _why() -> rx.Component:
    """The rule is against it."""
    return rx.el.p(
        t_of("rewards.why.", as_var(RewardsState.detail).row.why), class_name="fg-banner"
    )


def _grant() -> rx.Component:
    row = as_var(RewardsState.detail).row
    return rx.el.form(
        rx.el.h3(t("rewards.grant")),
        rx.el.label(t("rewards.amount", least=row.least, most=row.most), html_for="reward-amount"),
        rx.el.input(
            id="reward-amount",
            name="amount",
            type="number",
            min=row.least,
            max=row.most,
            default_value=as_var(row.least).to_string(),
            class_name="fg-input",
        ),
        _tick("checked", "rewards.checked"),
        _save("rewards.grant"),
        on_submit=RewardsState.grant.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _pay() -> rx.Component:
    detail = as_var(RewardsState.detail)
    return rx.el.form(
        rx.el.h3(t("rewards.pay")),
        rx.cond(
            detail.has_code,
            rx.fragment(
                rx.el.label(t("rewards.code"), html_for="reward-code"),
                rx.el.input(
                    id="reward-code",
                    name="code",
                    max_length=40,
                    auto_complete="off",
                    class_name="fg-input",
                ),
                rx.el.p(t("rewards.code_more"), class_name="fg-muted"),
            ),
        ),
        rx.cond(detail.has_contact, _tick("known", "rewards.known")),
        _tick("checked", "rewards.not_staff"),
        rx.el.label(t("rewards.voucher"), html_for="reward-voucher"),
        rx.el.input(id="reward-voucher", name="voucher", max_length=60, class_name="fg-input"),
        _save("rewards.pay"),
        on_submit=RewardsState.pay.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _decline() -> rx.Component:
    return rx.el.details(
        rx.el.summary(t("rewards.decline")),
        rx.el.form(
            rx.el.label(t("rewards.words"), html_for="reward-words"),
            rx.el.textarea(id="reward-words", name="words", max_length=300, class_name="fg-input"),
            _save("rewards.decline", primary=False),
            on_submit=RewardsState.decline.temporal,
            reset_on_submit=False,
            class_name="fg-field",
        ),
        class_name="fg-sunk",
    )


def _tick(name: str, key: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, class_name="fg-tick"),
        rx.el.span(t(key)),
        class_name="fg-row",
    )


def _save(key: str, *, primary: bool = True) -> rx.Component:
    return rx.el.button(
        t(key),
        type="submit",
        class_name="fg-button fg-button-primary" if primary else "fg-button",
        disabled=is_offline,
    )
