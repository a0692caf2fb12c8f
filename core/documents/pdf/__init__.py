"""Published texts as PDFs that a screen reader can read (PDF/UA-1), set by typst."""
