"""Rewards for what residents report (YB-72): off until a street or county sets amounts."""
