"""Text in, suggestion out: category, heat, ask, drafts and checks. Pure; the words of a language are data files."""
