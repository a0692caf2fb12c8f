#!/bin/sh
# Django's own check of a deployment, with settings as a server has them.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
key=$(python -c 'import secrets; print(secrets.token_urlsafe(60))')
env -u LOCAL SECRET_KEY="$key" BASE_URL=https://portal.example ALLOWED_HOSTS=portal.example \
  MAIL_URL=smtp://localhost:25 VAR_DIR="$folder" python manage.py check --deploy --fail-level WARNING
