#!/usr/bin/env bash
# Migrate the database of DATABASE_URL once, then run a command whose tests copy it: migrating takes longer
# than most suites, and each process of pytest-xdist has a database of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
DJANGO_SETTINGS_MODULE=marketplace.project.settings.test .venv/bin/python manage.py migrate --verbosity 0
export TEST_DATABASE_TEMPLATE=${DATABASE_URL##*/}
exec "$@"
