from core.pending import pending

csrf_failure = pending
