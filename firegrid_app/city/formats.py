"""Open311 GeoReport v2 as its clients read it: the same fields as JSON and as XML."""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import orjson

from firegrid_app.city.cards import RequestCard, TakenIn
from firegrid_app.city.rules import SERVICES
from firegrid_app.texts import catalogue, refusal, say

MEDIA = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_ITEMS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What each list's parts are called in XML."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(form: str, name: str, value: Any) -> bytes:
    """`value` under its name: a list or a dictionary of texts, numbers, lists and dictionaries."""
    if form == "json":
        return orjson.dumps(value)
    root = ElementTree.Element(name)
    _fill(root, name, value)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _fill(node: ElementTree.Element, name: str, value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _fill(ElementTree.SubElement(node, key), key, inner)
    elif isinstance(value, list):
        for inner in value:
            _fill(ElementTree.SubElement(node, _ITEMS[name]), _ITEMS[name], inner)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        node.text = _NOT_IN_XML.sub("", text)


def services(language: str) -> list[dict[str, Any]]:
    """What can be requested."""
    return [
        {
            "service_code": code,
            "service_name": name_of(code, language),
            "description": say(f"hazards.category.{code}", language),
            "metadata": True,
            "type": "realtime",
            "keywords": "",
            "group": say("open311.group", language),
        }
        for code in SERVICES
    ]


def definition(code: str, language: str) -> dict[str, Any]:
    """What can be said of a service beside the fields all have."""
    return {
        "service_code": code,
        "attributes": [
            {
                "variable": True,
                "code": "WHERE",
                "datatype": "string",
                "required": False,
                "datatype_description": say("open311.where_more", language),
                "order": 1,
                "description": say("open311.where", language),
            }
        ],
    }


def name_of(code: str, language: str) -> str:
    """A service in a resident's words."""
    return catalogue(language).get(f"residents.kind.{code}") or say(
        f"hazards.category.{code}", language
    )


def request(card: RequestCard, language: str) -> dict[str, Any]:
    """A service request."""
    return {
        "service_request_id": card.number,
        "status": "open" if card.open else "closed",
        "status_notes": say(f"residents.stage.{card.stage}", language),
        "service_name": name_of(card.service, language),
        "service_code": card.service,
        "description": card.description,
        "agency_responsible": card.agency,
        "service_notice": None,
        "requested_datetime": card.requested,
        "updated_datetime": card.updated,
        "expected_datetime": card.expected or None,
        "address": " ".join(filter(None, (card.grid_name, card.where))),
        "address_id": card.grid_code,
        "zipcode": None,
        "lat": card.lat,
        "long": card.lon,
        "media_url": None,
    }


def taken_in(sent: TakenIn, address: str, language: str) -> list[dict[str, Any]]:
    """The answer to a request that was taken in; `address` follows it."""
    return [
        {
            "service_request_id": sent.number,
            "service_notice": say("open311.notice", language, address=address),
            "account_id": None,
        }
    ]


def errors(status: int, code: str, language: str, details: dict[str, Any]) -> list[dict[str, Any]]:
    """Why not, in the shape of the specification."""
    return [{"code": status, "description": f"{code}: {refusal(code, language, **details)}"}]


def discovery(base: str, changed: str, contact: str, language: str) -> dict[str, Any]:
    """Where the endpoint is and what it speaks."""
    formats: Sequence[str] = ("text/xml", "application/json")
    return {
        "changeset": changed,
        "contact": contact,
        "key_service": say("open311.key_service", language),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": base,
                "changeset": changed,
                "type": "production",
                "formats": list(formats),
            }
        ],
    }
