"""A phone on which much waits: records and photos as a week offline leaves them in its store."""

import base64
import hashlib
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page

PUT = """async ({records, photos}) => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const transaction = db.transaction(["outbox", "photos"], "readwrite");
  for (const one of records) transaction.objectStore("outbox").put(one);
  for (const {base64, ...one} of photos) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const blob = new Blob([bytes], { type: "image/jpeg" });
    transaction.objectStore("photos").put({ ...one, blob });
  }
  await new Promise((ok, no) => {
    transaction.oncomplete = ok;
    transaction.onabort = () => no(transaction.error);
  });
  db.close();
}"""


def picture(edge: int = 480) -> bytes:
    """A small JPEG unlike every other."""
    target = io.BytesIO()
    Image.effect_noise((edge, edge), 50).convert("RGB").save(target, "JPEG", quality=75)
    return target.getvalue()


def fill(page: Page, owner: int, grid: str, *, shouts: int, hazards: int) -> None:
    """So many shouts (people reached: 1, 2, …) and hazards with a photo each (at "1", "2", …)."""
    began = datetime.now(UTC) - timedelta(hours=20)
    between = min(timedelta(minutes=1), timedelta(hours=19) / max(1, shouts + hazards))
    records, photos = [], []
    for number in range(1, shouts + hazards + 1):
        made = (began + between * number).isoformat()
        record = {
            "id": str(uuid4()), "owner": owner, "version": 1, "captured_at": made,
            "position": None, "seq": number, "state": "waiting",
        }  # fmt: skip
        if number <= shouts:
            body = {"grid": grid, "script": "ebike", "means": "loudhailer"}
            records.append(
                {**record, "kind": "shout.log", "body": {**body, "people_reached": number}}
            )
            continue
        data = picture()
        announced = {
            "id": str(uuid4()), "sha256": hashlib.sha256(data).hexdigest(), "purpose": "scene",
            "taken_at": made, "position": None,
        }  # fmt: skip
        body = {"grid": grid, "category": "route_blocked", "severity": "general"}
        body |= {"where": str(number - shouts), "photos": [announced]}
        records.append({**record, "kind": "hazard.report", "body": body})
        photos.append(
            {**announced, "item": record["id"], "owner": owner, "state": "waiting",
             "base64": base64.b64encode(data).decode()}
        )  # fmt: skip
    page.evaluate(PUT, {"records": records, "photos": []})
    for at in range(0, len(photos), 20):
        page.evaluate(PUT, {"records": [], "photos": photos[at : at + 20]})
