"""The dashboard's shared parts, and the only code in the package that imports streamlit."""

# Before any page imports plotly: it looks for a pandas that others have loaded, and finds a half-made one where two first
# visitors of a new server import at once. Whoever imports this package waits until pandas is whole.
import pandas  # noqa: F401
