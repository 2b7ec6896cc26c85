#!/usr/bin/env bash
# Run a command beside a Redis of its own: `.ci/redis.sh make run`, or without a command until Ctrl-C.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

need redis-server redis-server
USER_NAME=$(plain_user redis)
PORT=$(free_port)

launch() {
  make_folder redis
  give_folder_to "$USER_NAME"
  (as_user "$USER_NAME" TERM redis-server --port "$PORT" --bind 127.0.0.1 --dir "$FOLDER" --save "" \
    --appendonly no --daemonize no >"$FOLDER/server.log" 2>&1) &
  SERVER_PID=$!
}

is_ready() { [ "$(redis-cli -h 127.0.0.1 -p "$PORT" ping 2>/dev/null)" = PONG ]; }

announce() {
  export BROKER_URL="redis://127.0.0.1:$PORT/0"
  say "Redis: BROKER_URL=$BROKER_URL"
}

around "$@"
