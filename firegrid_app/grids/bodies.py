"""What a change of grids says: the same shape from the map, from a plan and in its history."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(max_length=30)]
Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Corner = tuple[Degrees, Degrees]


class Wanted(BaseModel):
    """One change. Which fields count is said by `kind`; longitude stands before latitude."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["redraw", "split", "merge", "end"]
    code: Code
    """The grid that changes; of a merger the one that stays."""
    outlines: Annotated[dict[Code, dict[str, Any]], Field(max_length=60)] = {}
    """redraw: new outlines by code, the neighbours' too whose corners moved along."""
    line: Annotated[list[Corner], Field(max_length=200)] = []
    """split: where it is cut."""
    new_code: Code = ""
    new_name: Annotated[str, Field(max_length=60)] = ""
    """split: of the smaller part, which becomes a grid of its own."""
    buildings: Annotated[list[Annotated[str, Field(max_length=30)]], Field(max_length=400)] = []
    """split: whose doors and points go to the new grid; what has a place goes by its place."""
    other: Code = ""
    """merge: the grid that ends."""
    from_on: date | None = None
    """The first day; None for today."""
