"""Map frames and the compact arrays they draw."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/map", tags=["map"])
