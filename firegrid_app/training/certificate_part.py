"""Certificates on the page of training: what expires first on top, and the form for a new one."""

import reflex as rx

from firegrid_app.meetings.parts import field, small
from firegrid_app.training.cards import CERTIFICATE_KINDS, CertificateLine
from firegrid_app.training.course_part import choose
from firegrid_app.training.state import TrainingState
from firegrid_app.ui.pieces import file_link, form_end
from firegrid_app.ui.text import as_var, t, t_of

_TAGS = (
    ("expired", "fg-tag fg-tag-danger"),
    ("soon", "fg-tag fg-tag-warn"),
    ("coming", "fg-tag fg-tag-warn"),
)


def certificate_part() -> rx.Component:
    """For who keeps the register."""
    view = as_var(TrainingState.view)
    return rx.el.section(
        rx.el.h2(t("training.certificates", count=view.certificates.length())),
        rx.cond(
            view.expired + view.soon > 0,
            rx.el.p(
                t("training.expiring", expired=view.expired, soon=view.soon),
                class_name="fg-banner fg-banner-warn",
                role="status",
            ),
        ),
        rx.cond(
            TrainingState.form == "certificate",
            _form(),
            rx.el.div(
                small(t("training.enter"), TrainingState.ask("certificate").temporal),
                file_link(
                    t("training.keep.certificates"),
                    href=f"/training/{view.code}/certificates.xlsx",
                    class_name="fg-button fg-button-small fg-button-quiet",
                ),
                class_name="fg-row",
            ),
        ),
        rx.cond(
            view.certificates.length() > 0,
            rx.el.ul(
                rx.foreach(
                    TrainingState.view.certificates, lambda one: certificate(one, _end(one))
                ),
                class_name="fg-list",
            ),
            rx.el.p(t("training.no_certificates"), class_name="fg-empty"),
        ),
        class_name="fg-card",
    )


def certificate(one: CertificateLine, *more: rx.Component) -> rx.Component:
    """A certificate and how it stands."""
    return rx.el.li(
        rx.el.div(
            rx.el.strong(
                one.name, " · ", t_of("training.certificate.", one.kind), class_name="fg-grow"
            ),
            rx.el.span(
                t_of("training.standing.", one.standing),
                class_name=rx.match(one.standing, *_TAGS, "fg-tag fg-tag-ok"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            one.number,
            rx.cond(one.issuer != "", " · " + one.issuer, ""),
            " · ",
            rx.cond(
                one.expires != "",
                t("training.until", day=one.expires),
                t("training.for_good"),
            ),
            rx.cond(one.grid_name != "", " · " + one.grid_name, ""),
            class_name="fg-muted",
        ),
        *more,
        key=as_var(one.id).to_string(),
        class_name="fg-item",
    )


def _end(one: CertificateLine) -> rx.Component:
    return rx.el.div(
        small(t("training.end"), TrainingState.end_certificate(one.id).temporal),
        class_name="fg-row",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.label(
                t("training.field.person"),
                rx.el.select(
                    rx.el.option(t("meetings.choose"), value=""),
                    rx.foreach(
                        TrainingState.view.holders,
                        lambda one: rx.el.option(
                            one.name + " · " + one.grid_name,
                            value=as_var(one.person).to_string(),
                        ),
                    ),
                    name="person",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            choose(
                "kind", "training.field.certificate", "training.certificate.", CERTIFICATE_KINDS
            ),
            field(t("training.field.number"), "number", max_length=40),
            class_name="fg-form-row",
        ),
        rx.el.div(
            field(t("training.field.issuer"), "issuer", max_length=80),
            field(t("training.field.issued_on"), "issued_on", type="date"),
            field(t("training.field.expires_on"), "expires_on", type="date"),
            class_name="fg-form-row",
        ),
        rx.el.p(t("training.no_identity"), class_name="fg-muted"),
        form_end(
            TrainingState.form_said, t("training.enter_it"), t("desk.no"), TrainingState.ask("")
        ),
        on_submit=TrainingState.enter.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
