"""Parts of the small world, one subject a file."""

from tests.worlds import alike, comparison, exchange, figures, peers, practices, programmes, register

SUBJECTS = [alike, comparison, exchange, figures, peers, practices, programmes, register]
