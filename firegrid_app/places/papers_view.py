"""The papers in a place's file; of a letter signed on a phone also its words and picture."""

import reflex as rx

from firegrid_app.places.cards import PaperLine
from firegrid_app.places.one_state import PlaceState
from firegrid_app.places.parts import small_button
from firegrid_app.ui.text import as_var, t, t_of


def paper_line(one: PaperLine) -> rx.Component:
    """A paper of the file: how it stands, what was signed and by whom, taken out again."""
    return rx.el.li(
        rx.el.strong(t_of("places.paper.", one.kind)),
        rx.cond(one.party != "", rx.fragment(" · ", t_of("signing.party.", one.party))),
        " ",
        rx.cond(
            one.standing != "good",
            rx.el.span(t_of("places.letter.", one.standing), class_name="fg-tag fg-tag-warn"),
        ),
        rx.el.p(
            t("places.signed_until", signed=one.signed_on, until=one.expires_on),
            rx.cond(one.signed_by != "", " · " + one.signed_by, ""),
            class_name="fg-muted",
        ),
        rx.cond(
            as_var(one.abilities).length() > 0,
            rx.el.p(
                *(
                    rx.fragment(
                        t(f"places.ability.{name}"),
                        "：",
                        t_of("places.met.", as_var(one.abilities)[place]),
                        " ",
                    )
                    for place, name in enumerate(
                        ("remove_hazards", "fight_fire", "evacuate", "teach")
                    )
                ),
                class_name="fg-muted",
            ),
        ),
        rx.cond(one.note != "", rx.el.p(one.note)),
        rx.cond(one.letter != "", _signed(one)),
        rx.cond(
            as_var(PlaceState.detail).may_keep,
            small_button("places.take_out", PlaceState.take_out(one.id).temporal),
        ),
        key=as_var(one.id).to_string(),
    )


def _signed(one: PaperLine) -> rx.Component:
    def picture(photo: rx.Var[str]) -> rx.Component:
        address = "/api/photos/of/letter/" + as_var(one.letter) + "/" + photo
        return rx.el.a(
            rx.el.img(src=address + "/thumbnail", alt=t("signing.picture"), loading="lazy"),
            href=address + "/screen",
            target="_blank",
            class_name="fg-photo",
            key=photo,
        )

    return rx.fragment(
        rx.el.div(rx.foreach(one.photos, picture), class_name="fg-photos fg-photos-whole"),
        rx.el.details(
            rx.el.summary(t("signing.words")),
            rx.foreach(one.words, lambda line: rx.el.p(line)),
        ),
    )
