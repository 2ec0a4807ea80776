"""The dashboard's shared parts, and the only code in the package that imports streamlit."""
