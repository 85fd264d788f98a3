"""The leaflet of the open campaign: its words, its picture, the paper of it."""

import reflex as rx

from firegrid_app.campaigns.cards import LEAFLET_SIGNS
from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.meetings.parts import small
from firegrid_app.ui.pieces import LeafletPicture, form_end, is_offline
from firegrid_app.ui.text import as_var, t


def words_field(value: rx.Var[str]) -> rx.Component:
    """The words, as the form of a new campaign and the leaflet's own have them."""
    return rx.fragment(
        rx.el.label(
            t("campaigns.leaflet"),
            rx.el.textarea(
                name="leaflet",
                # One may type more than fits: it is refused in words, with how much too much.
                max_length=2 * LEAFLET_SIGNS,
                rows=8,
                default_value=value,
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        rx.el.p(t("campaigns.leaflet_how", most=LEAFLET_SIGNS), class_name="fg-muted"),
    )


def leaflet_part() -> rx.Component:
    """All of it, folded until it is looked at."""
    card = as_var(CampaignsState.card)
    there = (card.leaflet != "") | (card.leaflet_picture != "")
    return rx.el.details(
        rx.el.summary(t("campaigns.leaflet")),
        rx.cond(
            CampaignsState.form == "leaflet",
            _form(),
            rx.fragment(
                rx.cond(
                    card.leaflet != "",
                    rx.el.p(card.leaflet, class_name="fg-paper"),
                    rx.cond(there, "", rx.el.p(t("campaigns.leaflet_none"), class_name="fg-muted")),
                ),
                rx.el.div(
                    rx.cond(
                        there,
                        rx.el.a(
                            t("campaigns.leaflet_print"),
                            href="/campaigns/" + card.id.to_string() + "/leaflet",
                            target="_blank",
                            class_name="fg-button fg-button-small fg-button-quiet",
                        ),
                    ),
                    rx.cond(
                        card.may_change,
                        small(
                            rx.cond(
                                card.leaflet != "",
                                t("campaigns.leaflet_write"),
                                t("campaigns.leaflet_make"),
                            ),
                            CampaignsState.ask("leaflet").temporal,
                        ),
                    ),
                    class_name="fg-row",
                ),
            ),
        ),
        LeafletPicture.create(
            campaign=card.id,
            picture=card.leaflet_picture,
            may=card.may_change,
            offline=is_offline,
            on_done=CampaignsState.refresh.temporal,
        ),
    )


def _form() -> rx.Component:
    card = as_var(CampaignsState.card)
    return rx.el.form(
        words_field(rx.cond(card.leaflet != "", card.leaflet, t("campaigns.leaflet_text"))),
        form_end(
            CampaignsState.form_said,
            t("campaigns.leaflet_keep"),
            t("desk.no"),
            CampaignsState.ask(""),
        ),
        on_submit=CampaignsState.write_leaflet.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )
