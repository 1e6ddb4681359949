"""The only package that imports Streamlit. Views draw: they decide nothing about matching, safety or storage."""
