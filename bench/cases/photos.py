"""`photos` (M10): a photo of 12 megapixels made ready, beside the bare decoder; 20 of 48."""

import io
import multiprocessing
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from unittest.mock import patch

from PIL import Image

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from firegrid_app.photos.apart import process_apart
from firegrid_app.photos.processing import process
from firegrid_app.refusals import Refused
from firegrid_app.serving.launch import FEW_POOLS

DECODER = "djpeg -scale 1/2"
REPEATS = 7
AT_ONCE = 20
"""Photos of 48 megapixels that arrive together."""


def measure(run: Run) -> None:
    """The bare decoder and our three ways of the same photo, side by side."""
    upright, turned = (_photo((4000, 3000), orientation) for orientation in (1, 6))
    file = run.room("photos") / "12.jpg"
    file.write_bytes(upright)
    decoder = shutil.which("djpeg")
    if decoder is None:
        run.report.skipped.append("photos: no djpeg here (apt install libjpeg-turbo-progs)")
        return
    command = [decoder, "-scale", "1/2", "-outfile", str(file.with_suffix(".ppm")), str(file)]
    halved: list[float] = []
    ways: dict[str, tuple[Callable[[], object], list[float]]] = {
        "12 megapixels made ready, upright": (lambda: process(upright), []),
        "12 megapixels made ready, camera turned": (lambda: process(turned), []),
        "12 megapixels in a process of its own, upright": (lambda: process_apart(upright), []),
    }
    for _ in range(3 if run.quick else REPEATS):
        halved.append(_took(lambda: subprocess.run(command, check=True)))
        for work, taken in ways.values():
            taken.append(_took(work))
    for number, (name, (_, taken)) in enumerate(ways.items()):
        goals = (Goal(2.5, DECODER),) if number == 0 else ()
        beside = {DECODER: halved}
        run.report.figures.append(Figure("M10", name, "ms", "less", taken, beside, goals))
    _many(run)


def _many(run: Run) -> None:
    """All made, so many at a time; how much memory the largest of their processes took.

    What is started counts with the memory of who starts it, until it is a program of its own: so a
    fresh process starts them, set as the server is, and the photo is made in another.
    """
    count = 4 if run.quick else AT_ONCE
    with patch.dict(os.environ, FEW_POOLS):
        with _fresh() as process:
            data = process.submit(_photo, (8000, 6000), orientation=6, quality=70).result()
        with _fresh() as process:
            seconds, megabytes, widths, sent_back = process.submit(_make_all, data, count).result()
    what = f"{count} photos of 48 megapixels at once"
    run.report.figures += [
        Figure("M10", f"{what}: until all are made", "s", "less", [seconds]),
        Figure("M10", f"{what}: largest process", "MB", "less", [megabytes], goals=(Goal(512),)),
    ]
    seen = f"{sent_back} times asked to come again, as a phone is"
    run.report.checks.append(Check("M10", f"{what} are all made", widths == [6000] * count, seen))


def _fresh() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _make_all(data: bytes, count: int) -> tuple[float, float, list[int], int]:
    """Seconds, megabytes of the largest process, widths, how often one had to come again."""
    sent_back: list[bool] = []

    def make(_number: int) -> int:
        while True:
            try:
                return process_apart(data).width
            except Refused as refused:
                if refused.code != "busy":
                    raise
                sent_back.append(True)

    began = time.perf_counter()
    with ThreadPoolExecutor(count) as threads:
        widths = list(threads.map(make, range(count)))
    seconds = time.perf_counter() - began
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return seconds, largest, widths, len(sent_back)


def _photo(size: tuple[int, int], orientation: int, quality: int = 90) -> bytes:
    """Noise over colours: as hard to read as a real photo, about three bits a pixel."""
    small = Image.effect_noise((size[0] // 4, size[1] // 4), 60).convert("RGB")
    picture = small.resize(size, Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "bench"
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, exif=exif)
    return target.getvalue()


def _took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
