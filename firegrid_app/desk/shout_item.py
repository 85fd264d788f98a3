"""One shout in a list at the desk, with the photos and the recording that came with it."""

from typing import Any

import reflex as rx

from firegrid_app.desk.cards import ShoutLine
from firegrid_app.desk.hazard_item import picture_link
from firegrid_app.phone.components import Voice
from firegrid_app.ui.text import as_var, t, t_of


def shout_item(shout: rx.Var[ShoutLine], at: Any) -> rx.Component:
    """What was called out, how, for how many, by whom; `at`: when, in words."""
    return rx.el.li(
        rx.el.strong(rx.cond(shout.title != "", shout.title, t_of("shouts.title.", shout.script))),
        " · ",
        t_of("shouts.means.", shout.means),
        rx.cond(shout.lasted != "", " · " + t("desk.lasted", time=shout.lasted), ""),
        rx.cond(shout.people > 0, " · " + t("desk.people_reached", count=shout.people), ""),
        rx.el.p(
            at,
            " · ",
            shout.person_name,
            rx.cond(shout.where_words != "", " · " + shout.where_words, ""),
            class_name="fg-muted",
        ),
        came_along(shout.photos, shout.sounds),
    )


def came_along(photos: Any, sounds: Any) -> rx.Component:
    """Photos, small, each opening large, and recordings to listen to, by their ids."""
    return rx.el.div(
        rx.cond(
            as_var(photos).length() > 0,
            rx.el.div(rx.foreach(photos, _photo), class_name="fg-thumbnails"),
        ),
        rx.foreach(sounds, _sound),
        class_name="fg-page-part",
    )


def _photo(photo: rx.Var[str]) -> rx.Component:
    return picture_link(photo, t("desk.shout_photo"))


def _sound(sound: rx.Var[str]) -> rx.Component:
    return rx.el.div(Voice.create(sound=sound), key=sound)
