"""`python -m firegrid_app.cli`: the `firegrid` command without its script."""

from firegrid_app.cli import main

main()
