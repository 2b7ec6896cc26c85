"""Acts on the editors' pages that are not done in the editor itself."""
