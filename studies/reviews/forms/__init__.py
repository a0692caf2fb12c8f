"""Forms of the expert group, of rounds of review, of reviewers, and of authors."""
