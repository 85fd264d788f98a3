"""Who is posted with each field's basis, who could be, and the badges of a grid."""

import reflex as rx

from firegrid_app.posting.cards import BadgeLine, ContactLine, FieldLine, Holder
from firegrid_app.posting.pieces import end_of_form, small
from firegrid_app.posting.state import PostingState
from firegrid_app.ui.text import as_var, t, t_of


def people_part() -> rx.Component:
    """The people of the grid's board."""
    view = as_var(PostingState.view)
    return rx.el.section(
        rx.el.h2(t("posting.people")),
        rx.el.p(t("posting.people_more"), class_name="fg-muted"),
        rx.cond(
            view.contacts.length() > 0,
            rx.el.ul(rx.foreach(PostingState.view.contacts, _contact), class_name="fg-list"),
            rx.el.p(t("posting.nobody"), class_name="fg-muted"),
        ),
        rx.cond(
            view.unposted.length() > 0,
            rx.cond(
                PostingState.asked == "post",
                _post_form(),
                small("posting.post", PostingState.ask("post", 0, "")),
            ),
        ),
        class_name="fg-card",
    )


def _contact(one: rx.Var[ContactLine]) -> rx.Component:
    view = as_var(PostingState.view)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(one.name, class_name="fg-grow"),
            rx.el.span(t_of("access.role.", one.role), class_name="fg-tag"),
            rx.cond(one.keeps != "", rx.el.span(one.keeps, class_name="fg-tag")),
            rx.el.span(one.phone, class_name="fg-number fg-muted"),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.ul(
            rx.foreach(one.fields, lambda field: _field(one, field)), class_name="fg-person-posts"
        ),
        rx.cond(
            view.may_approve & (PostingState.asked == "house") & (PostingState.subject == one.id),
            _house_form(one),
        ),
        rx.cond(
            view.may_approve,
            rx.cond(
                (PostingState.asked == "phone") & (PostingState.subject == one.id),
                rx.el.form(
                    rx.el.label(t("posting.work_phone"), html_for="work-phone"),
                    rx.el.input(
                        id="work-phone",
                        name="phone",
                        default_value=one.phone,
                        max_length=20,
                        class_name="fg-input",
                    ),
                    end_of_form(),
                    on_submit=PostingState.save_phone.temporal,
                    reset_on_submit=False,
                    class_name="fg-part",
                ),
                rx.el.div(
                    small("posting.set_phone", PostingState.ask("phone", one.id, "")),
                    rx.cond(
                        view.houses.length() > 0,
                        small("posting.set_building", PostingState.ask("house", one.id, "")),
                    ),
                    rx.cond(
                        one.person_id > 0,
                        rx.el.a(
                            rx.cond(one.has_face, t("posting.other_photo"), t("posting.add_photo")),
                            href="/posting/face/" + one.person_id.to_string(),
                            target="_blank",
                            class_name="fg-button fg-button-small fg-button-quiet",
                        ),
                    ),
                    small("posting.take_off", PostingState.end(one.id).temporal),
                    class_name="fg-row",
                ),
            ),
        ),
        key=one.id.to_string(),
        class_name="fg-item",
    )


def _house_form(one: rx.Var[ContactLine]) -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(t("posting.keeps")),
            rx.el.p(t("posting.keeps_none"), class_name="fg-muted"),
            rx.el.div(
                rx.foreach(
                    PostingState.view.houses,
                    lambda house: rx.el.label(
                        rx.el.input(
                            type="checkbox",
                            name="house " + house.value,
                            default_checked=one.houses.contains(house.value),
                        ),
                        rx.el.span(house.name),
                        class_name="fg-row fg-tick",
                        key=house.value,
                    ),
                ),
                class_name="fg-ticks",
            ),
        ),
        end_of_form(),
        on_submit=PostingState.save_house.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _field(contact: rx.Var[ContactLine], field: rx.Var[FieldLine]) -> rx.Component:
    is_asked = (
        (PostingState.asked == "field")
        & (PostingState.subject == contact.id)
        & (PostingState.field == field.field)
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.cond(field.shown, "✓ ", "– "),
                t_of("posting.field.", field.field),
                class_name=rx.cond(field.shown, "fg-tag fg-tag-ok", "fg-tag"),
            ),
            rx.el.span(
                rx.cond(field.basis != "", t_of("posting.basis.", field.basis) + " ", ""),
                field.basis_words,
                rx.cond(field.basis_on != "", " " + field.basis_on, ""),
                rx.cond(field.until != "", " · " + t("posting.until", day=field.until), ""),
                rx.cond(
                    field.by != "",
                    " · " + t("posting.by", who=field.by, day=field.decided_on),
                    "",
                ),
                class_name="fg-muted fg-grow",
            ),
            rx.cond(
                as_var(PostingState.view).may_approve,
                rx.cond(
                    field.shown,
                    small(
                        "posting.hide",
                        PostingState.hide_field(contact.id, field.field).temporal,
                    ),
                    small("posting.show", PostingState.ask("field", contact.id, field.field)),
                ),
            ),
            class_name="fg-row",
        ),
        rx.cond(is_asked, _basis_form()),
        key=field.field,
    )


def _basis_form() -> rx.Component:
    return rx.el.form(
        rx.el.label(t("posting.on_basis"), html_for="basis"),
        rx.el.select(
            rx.el.option(t("posting.basis.duty"), value="duty"),
            rx.el.option(t("posting.basis.consent"), value="consent"),
            id="basis",
            name="basis",
            class_name="fg-input",
        ),
        rx.el.label(t("posting.basis_words"), html_for="basis-words"),
        rx.el.input(id="basis-words", name="words", max_length=70, class_name="fg-input"),
        rx.el.label(t("posting.basis_on"), html_for="basis-on"),
        rx.el.input(id="basis-on", name="basis_on", type="date", class_name="fg-input fg-date"),
        rx.el.label(t("posting.last_day"), html_for="ends-on"),
        rx.el.input(id="ends-on", name="ends_on", type="date", class_name="fg-input fg-date"),
        end_of_form(),
        on_submit=PostingState.show_field.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _holder(one: rx.Var[Holder]) -> rx.Component:
    return rx.el.option(
        one.name, " · ", t_of("access.role.", one.role), value=one.value, key=one.value
    )


def _post_form() -> rx.Component:
    return rx.el.form(
        rx.el.label(t("posting.who"), html_for="post-who"),
        rx.el.select(
            rx.foreach(PostingState.view.unposted, _holder),
            id="post-who",
            name="holder",
            class_name="fg-input",
        ),
        rx.el.label(t("posting.work_phone"), html_for="post-phone"),
        rx.el.input(id="post-phone", name="phone", max_length=20, class_name="fg-input"),
        rx.el.label(t("posting.document"), html_for="post-words"),
        rx.el.input(id="post-words", name="words", max_length=70, class_name="fg-input"),
        end_of_form(),
        on_submit=PostingState.post.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def badges_part() -> rx.Component:
    """Badges, and who gets one."""
    view = as_var(PostingState.view)
    return rx.cond(
        view.may_approve | (view.badges.length() > 0),
        rx.el.section(
            rx.el.h2(t("posting.badges")),
            rx.el.ul(rx.foreach(PostingState.view.badges, _badge), class_name="fg-list"),
            rx.cond(
                view.may_approve & (view.holders.length() > 0),
                rx.cond(
                    PostingState.asked == "badge",
                    rx.el.form(
                        rx.el.label(t("posting.who"), html_for="badge-who"),
                        rx.el.select(
                            rx.foreach(PostingState.view.holders, _holder),
                            id="badge-who",
                            name="holder",
                            class_name="fg-input",
                        ),
                        end_of_form(),
                        on_submit=PostingState.issue.temporal,
                        reset_on_submit=False,
                        class_name="fg-part",
                    ),
                    small("posting.issue", PostingState.ask("badge", 0, "")),
                ),
            ),
            rx.el.p(t("posting.badges_more"), class_name="fg-muted"),
            class_name="fg-card",
        ),
    )


def _badge(one: rx.Var[BadgeLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(one.name, class_name="fg-grow"),
            rx.el.span(t_of("access.role.", one.role), class_name="fg-tag"),
            rx.cond(
                one.is_good,
                rx.el.span(t("posting.until", day=one.ends_on), class_name="fg-tag fg-tag-ok"),
                rx.el.span("! ", t("posting.not_good"), class_name="fg-tag fg-tag-danger"),
            ),
            rx.el.span(one.number, class_name="fg-number fg-muted"),
            rx.cond(
                as_var(PostingState.view).may_approve,
                small("posting.withdraw", PostingState.withdraw(one.id).temporal),
            ),
            class_name="fg-row fg-row-apart",
        ),
        key=one.id.to_string(),
        class_name="fg-item",
    )
