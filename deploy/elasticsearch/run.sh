#!/usr/bin/env bash
# Run a command beside a real Elasticsearch of its own: `deploy/elasticsearch/run.sh make run`, or without a
# command until Ctrl-C. One node on a free port of 127.0.0.1, in a temporary folder that is removed after.
#
# ELASTICSEARCH_HEAP is its heap, 512m unless said otherwise.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/../../.ci/lib.sh"

ZIP=$("$HERE/fetch.sh")
JAVA=$("$HERE/java.sh")
HEAP=${ELASTICSEARCH_HEAP:-512m}
# It lives for a minute, in which it is not worth its while to compile a second time or to collect beside the work.
QUICK="-XX:TieredStopAtLevel=1"
USER_NAME=$(plain_user elasticsearch)
PORT=$(free_port)
TRANSPORT_PORT=$(free_port)

unpack() {
  python3 -m zipfile -e "$ZIP" "$FOLDER"
  mv "$FOLDER"/elasticsearch-*/ "$FOLDER/home"
  chmod +x "$FOLDER"/home/bin/*
  # A runtime without the incubator module does not start with this line; a full JDK does without it.
  sed -i.orig -e '/jdk.incubator.vector/d' -e 's/UseG1GC/UseSerialGC/' "$FOLDER/home/config/jvm.options"
  mkdir -p "$FOLDER/tmp"
}

# A Java below a folder that only root may enter is of no use to the server's user: take it along.
reachable_java() {
  if [ "$(id -u)" = 0 ] && ! setpriv --reuid="$USER_NAME" --regid="$(id -g "$USER_NAME")" --clear-groups \
    "$JAVA/bin/java" -version >/dev/null 2>&1; then
    cp -RL "$JAVA" "$FOLDER/java"
    JAVA=$FOLDER/java
  fi
}

launch() {
  make_folder elasticsearch
  unpack
  reachable_java
  give_folder_to "$USER_NAME"
  (
    export ES_JAVA_HOME=$JAVA ES_TMPDIR=$FOLDER/tmp HOME=$FOLDER/tmp
    export ES_JAVA_OPTS="-Xms$HEAP -Xmx$HEAP -XX:-UsePerfData $QUICK ${ES_JAVA_OPTS:-}"
    export CLI_JAVA_OPTS="-XX:-UsePerfData $QUICK -XX:+UseSerialGC -Djava.io.tmpdir=$FOLDER/tmp" # leave nothing in /tmp
    as_user "$USER_NAME" TERM "$FOLDER/home/bin/elasticsearch" \
      -E node.name=one -E discovery.type=single-node -E xpack.security.enabled=false \
      -E network.host=127.0.0.1 -E "http.port=$PORT" -E "transport.port=$TRANSPORT_PORT" \
      -E cluster.routing.allocation.disk.threshold_enabled=false \
      >"$FOLDER/server.log" 2>&1
  ) &
  SERVER_PID=$!
}

is_ready() {
  python3 - "http://127.0.0.1:$PORT/_cluster/health" 2>/dev/null <<'PY'
import json, sys, urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
with opener.open(sys.argv[1], timeout=2) as answer:
    sys.exit(json.load(answer)["status"] != "green")
PY
}

announce() {
  export SEARCH_URL="elasticsearch://127.0.0.1:$PORT"
  say "Elasticsearch: SEARCH_URL=$SEARCH_URL"
}

around "$@"
