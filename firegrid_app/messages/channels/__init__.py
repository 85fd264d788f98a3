"""The lines messages leave by: one small interface, a file, group robots, SMS."""
