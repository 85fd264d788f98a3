"""Addresses to places by somebody else's server: geopy's Nominatim and Baidu, and Amap beside them.

Asked only when somebody wants it and the register knew nothing. No answer is a normal answer.
"""

import logging
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from geopy.adapters import RequestsAdapter
from geopy.exc import GeopyError
from geopy.geocoders import BaiduV3, Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from firegrid_app.maps.rules.datum import Datum, to_wgs84
from firegrid_app.settings import settings

# Its debug lines hold whole addresses and keys.
logging.getLogger("geopy").setLevel(logging.WARNING)

SECONDS = 4
"""Longer nobody waits for an extra."""
MOST = 5
AGENT = "FireGrid/0.1"


class Amap(Geocoder):
    """高德's geocoding (v3), in GCJ-02."""

    api_path = "/v3/geocode/geo"

    def __init__(
        self,
        api_key: str,
        *,
        domain: str = "restapi.amap.com",
        scheme: str | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        adapter_factory: Any = None,
    ) -> None:
        super().__init__(
            scheme=scheme, timeout=timeout, user_agent=user_agent, adapter_factory=adapter_factory
        )
        self._key = api_key
        self.api = f"{self.scheme}://{domain}{self.api_path}"

    def geocode(self, query: str, *, city: str = "", timeout: Any = DEFAULT_SENTINEL) -> Any:
        """All places found for an address, as geopy's `Location`s; None for none."""
        params = {"key": self._key, "address": query, "output": "JSON"}
        if city:
            params["city"] = city
        url = f"{self.api}?{urlencode(params)}"
        return self._call_geocoder(url, self._parse, timeout=timeout)

    def _parse(self, page: dict[str, Any]) -> list[Location] | None:
        if str(page.get("status")) != "1":
            raise GeopyError(f"amap: {page.get('infocode')}")
        found = []
        for one in page.get("geocodes") or []:
            lon, lat = (float(part) for part in one["location"].split(","))
            found.append(Location(one.get("formatted_address", ""), (lat, lon), one))
        return found or None


_ONCE = partial(RequestsAdapter, max_retries=0)
"""geopy would ask a silent service three times, and wait three times as long."""


def is_set() -> bool:
    """Is there somebody to ask?"""
    return bool(settings().geocoder)


def geocode(words: str) -> list[tuple[str, float, float]]:
    """Name, latitude and longitude (WGS-84) of what the service finds; empty for no answer.

    Raises `LookupError` when the service could not be asked: out of reach, too slow, refused.
    """
    given = settings()
    region = given.geocoder_region
    try:
        if given.geocoder == "amap":
            found, datum = _amap().geocode(words, city=region), Datum.GCJ02
        elif given.geocoder == "baidu":
            one = _baidu().geocode(f"{region}{words}")
            # Baidu gives one place and no name to it; geopy calls it by its kind.
            found = [Location(words, (one.latitude, one.longitude), {})] if one else None
            datum = Datum.BD09
        else:
            asked = f"{words}, {region}" if region else words
            found = _nominatim().geocode(asked, exactly_one=False, limit=MOST, language="zh")
            datum = Datum.WGS84
    except (GeopyError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LookupError(type(error).__name__) from None
    places = []
    for one in (found or [])[:MOST]:
        lon, lat = to_wgs84(one.longitude, one.latitude, datum)
        places.append((str(one.address or words)[:120], lat, lon))
    return places


def _own() -> dict[str, str]:
    """Another address than the provider's own, where one is set."""
    url = urlsplit(settings().geocoder_url)
    return {"domain": url.netloc, "scheme": url.scheme} if url.netloc else {}


def _amap() -> Amap:
    key = settings().geocoder_key.get_secret_value()
    return Amap(key, timeout=SECONDS, user_agent=AGENT, adapter_factory=_ONCE, **_own())


def _nominatim() -> Nominatim:
    return Nominatim(timeout=SECONDS, user_agent=AGENT, adapter_factory=_ONCE, **_own())


def _baidu() -> BaiduV3:
    key = settings().geocoder_key.get_secret_value()
    geocoder = BaiduV3(api_key=key, timeout=SECONDS, user_agent=AGENT, adapter_factory=_ONCE)
    if settings().geocoder_url:
        geocoder.api = f"{settings().geocoder_url.rstrip('/')}{geocoder.api_path}"
    return geocoder
