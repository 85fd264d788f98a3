"""How the app is prepared, built and served: `firegrid run` and what it stands on."""
