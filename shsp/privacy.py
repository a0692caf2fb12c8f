"""The tags of tables that packages bring: every field of the portal knows what it is, theirs as well."""

from core.privacy import About, Erase, Retention, Tags

_LOGIN = About("user", Erase.DELETE_ROW, Retention.ACCOUNT)
_SECRET = About("user", Erase.DELETE_ROW, Retention.ACCOUNT, export=False)
_SESSION = About("user", Erase.DELETE_ROW, Retention.SECURITY_LOG)

PACKAGE_TABLES = {
    "auth.Permission": Tags(internal=("id", "name", "content_type", "codename")),
    "auth.Group": Tags(internal=("id", "name")),
    "contenttypes.ContentType": Tags(internal=("id", "app_label", "model")),
    "sessions.Session": Tags(
        internal=("expire_date",), sensitive={"session_key": _SECRET, "session_data": _SECRET}
    ),
    "account.EmailAddress": Tags(internal=("id", "user", "verified", "primary"), personal={"email": _LOGIN}),
    "account.EmailConfirmation": Tags(
        internal=("id", "email_address", "created", "sent"), sensitive={"key": _SECRET}
    ),
    "mfa.Authenticator": Tags(
        internal=("id", "user", "type", "created_at", "last_used_at"), sensitive={"data": _SECRET}
    ),
    "usersessions.UserSession": Tags(
        internal=("id", "user", "created_at", "last_seen_at"),
        personal={"ip": _SESSION, "user_agent": _SESSION, "data": _SESSION},
        sensitive={"session_key": _SECRET},
    ),
    # Tasks take ids only, so that neither their arguments nor a traceback carry anybody's words.
    "django_tasks_database.DBTaskResult": Tags(
        internal=(
            "id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs", "priority",
            "task_path", "worker_ids", "queue_name", "backend_name", "run_after", "return_value",
            "exception_class_path", "traceback",
        )
    ),
}  # fmt: skip
