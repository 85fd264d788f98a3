"""Smoke and gas alarms in homes: installed, tested, expired; what there is in stock."""
