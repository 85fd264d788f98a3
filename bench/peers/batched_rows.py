"""The limit of M8: as many rows of as many bytes, 100 a commit, in one process; nothing else.

No network, no log-in, no scope, no trail, one table with one index. Prints rows a second.
"""

import sqlite3
import sys
import time
from uuid import uuid4

import psycopg

TOGETHER = 100
_WORDS = "x" * 300
_ROW = "(id varchar(36) primary key, person_id integer, at varchar(40), words varchar(400))"


def main(database: str, rows: int) -> float:
    """Insert; how many rows a second were durable."""
    made = [(str(uuid4()), number, "2026-11-22T08:00:00Z", _WORDS) for number in range(rows)]
    if database.startswith("postgresql"):
        with psycopg.connect(database) as connection:
            connection.execute(f"create table if not exists batched {_ROW}".encode())
            connection.commit()
            began = time.perf_counter()
            for start in range(0, rows, TOGETHER):
                with connection.cursor() as cursor:
                    cursor.executemany(
                        "insert into batched values (%s, %s, %s, %s)",
                        made[start : start + TOGETHER],
                    )
                connection.commit()
            return rows / (time.perf_counter() - began)
    connection = sqlite3.connect(database)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute(f"create table if not exists batched {_ROW}")
    began = time.perf_counter()
    for start in range(0, rows, TOGETHER):
        with connection:
            connection.executemany(
                "insert into batched values (?, ?, ?, ?)", made[start : start + TOGETHER]
            )
    return rows / (time.perf_counter() - began)


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
