#!/usr/bin/env bash
# Run a command beside a PostgreSQL of its own: `.ci/postgres.sh make run`, or without a command until Ctrl-C.
# With TWO_ROLES=1 the database has an owner, in DATABASE_OWNER_URL, beside a role that owns nothing, in DATABASE_URL.
# The cluster is made by initdb in a temporary folder, listens on a free port of 127.0.0.1 and is removed after.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

newest_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

BIN=$(newest_bin)
if [ -z "$BIN" ] && command -v initdb >/dev/null 2>&1; then BIN=$(dirname "$(command -v initdb)"); fi
if [ -z "$BIN" ]; then
  install_packages postgresql
  BIN=$(newest_bin)
fi
USER_NAME=$(plain_user postgres)
PORT=$(free_port)
STOP_SIGNAL=INT # a fast shutdown: PostgreSQL waits for its clients on TERM

launch() {
  make_folder postgres
  give_folder_to "$USER_NAME"
  (as_user "$USER_NAME" KILL "$BIN/initdb" --pgdata="$FOLDER/data" --username=marketplace --auth=trust \
    --encoding=UTF8 --locale=C --no-sync >"$FOLDER/initdb.log" 2>&1) || {
    cat "$FOLDER/initdb.log" >&2
    fail "initdb failed"
  }
  # Its data is thrown away: nothing is gained by waiting for the disk.
  (as_user "$USER_NAME" INT "$BIN/postgres" -D "$FOLDER/data" -p "$PORT" -k "$FOLDER" -h 127.0.0.1 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100 \
    >"$FOLDER/server.log" 2>&1) &
  SERVER_PID=$!
}

is_ready() { "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT" -U marketplace -d postgres; }

announce() {
  local server="127.0.0.1:$PORT"
  export DATABASE_URL="postgres://marketplace@$server/marketplace"
  if [ -n "${TWO_ROLES:-}" ]; then
    "$BIN/psql" -q -h 127.0.0.1 -p "$PORT" -U marketplace postgres \
      -c "CREATE ROLE marketplace_owner LOGIN" -c "CREATE ROLE marketplace_app LOGIN"
    "$BIN/createdb" -h 127.0.0.1 -p "$PORT" -U marketplace -O marketplace_owner marketplace
    export DATABASE_OWNER_URL="postgres://marketplace_owner@$server/marketplace"
    export DATABASE_URL="postgres://marketplace_app@$server/marketplace"
  else
    "$BIN/createdb" -h 127.0.0.1 -p "$PORT" -U marketplace marketplace
  fi
  export PATH="$PATH:$BIN" # pgbench and psql
  say "PostgreSQL: DATABASE_URL=$DATABASE_URL"
}

around "$@"
