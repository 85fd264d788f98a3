"""Which passwords are strong enough, how numbers are masked, how long a lock lasts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.access import passwords
from firegrid_app.access.rules import (
    FREE_GUESSES,
    LONGEST_LOCK,
    is_phone,
    is_strong_enough,
    lock_for,
    mask_phone,
)

PHONE = "13800000008"


@pytest.mark.parametrize(
    "password", ["abcdefg1", "Abcdefgh", "abcd-efg", "密码一二三四五1!", "1234567a"]
)
def test_eight_characters_of_two_kinds_will_do(password):
    assert is_strong_enough(password, PHONE)


@pytest.mark.parametrize(
    "password",
    ["", "abcdef1", "12345678", "abcdefgh", "ABCDEFGH", f"x{PHONE}", f"{PHONE}", "a1" * 65],
    ids=["empty", "seven", "digits", "lower", "upper", "phone inside", "phone", "130 long"],
)
def test_weak_passwords_are_told_apart(password):
    assert not is_strong_enough(password, PHONE)


@pytest.mark.parametrize("text", ["13800000008", "19999999999"])
def test_a_mobile_number_has_eleven_digits_and_begins_with_one(text):
    assert is_phone(text)


@pytest.mark.parametrize(
    "text",
    ["", "1380000000", "138000000080", "23800000008", "1380000000x", "１３８０００００００８"],
)
def test_other_texts_are_no_mobile_number(text):
    assert not is_phone(text)


def test_a_masked_number_shows_three_and_four_digits():
    assert mask_phone("13812345678") == "138****5678"


def test_a_short_number_is_masked_whole():
    assert mask_phone("119") == "****"


def test_the_first_guesses_cost_nothing_then_each_doubles_the_wait():
    waits = [lock_for(failures) for failures in range(FREE_GUESSES + 3)]
    assert waits[:FREE_GUESSES] == [timedelta(0)] * FREE_GUESSES
    assert waits[FREE_GUESSES:] == [timedelta(seconds=s) for s in (30, 60, 120)]


@given(st.integers(min_value=0, max_value=10_000))
def test_a_lock_never_gets_shorter_and_never_longer_than_a_quarter_hour(failures):
    assert lock_for(failures) <= lock_for(failures + 1) <= LONGEST_LOCK


def test_a_hash_fits_its_password_only_and_never_twice_the_same():
    kept = passwords.hash_password("Nandajie-2026")
    assert kept.startswith("$argon2id$")
    assert kept != passwords.hash_password("Nandajie-2026")
    assert passwords.password_matches("Nandajie-2026", kept)
    assert not passwords.password_matches("nandajie-2026", kept)


def test_the_shipped_hasher_works_hard(monkeypatch):
    monkeypatch.undo()
    kept = passwords.hash_password("Nandajie-2026")
    assert "m=65536" in kept


def test_no_password_fits_somebody_who_has_none():
    assert not passwords.password_matches("", None)
    assert not passwords.password_matches("Nandajie-2026", None)


def test_a_password_for_an_unknown_person_is_hashed_all_the_same(monkeypatch):
    verified = []

    class Counting:
        def hash(self, password):
            return "kept"

        def verify(self, password, kept):
            verified.append((password, kept))
            return True

    monkeypatch.setattr(passwords, "_hasher", Counting)
    passwords._nobody.cache_clear()
    assert not passwords.password_matches("Nandajie-2026", None)
    passwords._nobody.cache_clear()
    assert verified == [("Nandajie-2026", "kept")]


def test_tokens_are_long_and_only_their_hash_is_kept():
    token = passwords.new_token()
    assert len(token) >= 43
    assert token != passwords.new_token()
    assert len(passwords.hash_token(token)) == 64
    assert token not in passwords.hash_token(token)
