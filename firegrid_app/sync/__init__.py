"""The phone's door: applies one item once, hands out the day pack."""
