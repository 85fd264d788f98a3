"""The public page of a grid: plain HTML, no log-in, no script needed."""

from fastapi import APIRouter

router = APIRouter(tags=["board"])
