"""The duty list: who is on duty where and when, swaps, and what one shift tells the next."""
