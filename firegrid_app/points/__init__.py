"""Check points: floor by floor, with a printed code each."""
