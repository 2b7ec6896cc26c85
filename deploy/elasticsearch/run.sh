#!/usr/bin/env bash
# Run a command beside a real Elasticsearch of its own: `deploy/elasticsearch/run.sh make run`, or without a
# command until Ctrl-C. One node on a free port of 127.0.0.1, in a temporary folder that is removed after.
#
# ELASTICSEARCH_HEAP is its heap, 512m unless said otherwise. With ELASTICSEARCH_NODES=3 it is a cluster of so many
# nodes: SEARCH_URL names them all, and ELASTICSEARCH_PIDS their processes, in the same order.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/../../.ci/lib.sh"

ZIP=$("$HERE/fetch.sh")
JAVA=$("$HERE/java.sh")
HEAP=${ELASTICSEARCH_HEAP:-512m}
# It lives for a minute, in which it is not worth its while to compile a second time or to collect beside the work.
QUICK="-XX:TieredStopAtLevel=1"
USER_NAME=$(plain_user elasticsearch)
NODES=${ELASTICSEARCH_NODES:-1}
PORTS=()
SEEDS=()
for _ in $(seq "$NODES"); do
  PORTS+=("$(free_port)")
  SEEDS+=("127.0.0.1:$(free_port)")
done
PORT=${PORTS[0]}

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

# found_by: how a node finds the others; alone it looks for none.
found_by() {
  if [ "$NODES" = 1 ]; then
    echo "-E discovery.type=single-node"
  else
    local IFS=,
    echo "-E discovery.seed_hosts=${SEEDS[*]} -E cluster.initial_master_nodes=$(seq -s, -f node-%g "$NODES")"
  fi
}

# launch_node NUMBER: start one node; its process id is in $!.
launch_node() {
  local number=$1
  (
    export ES_JAVA_HOME=$JAVA ES_TMPDIR=$FOLDER/tmp HOME=$FOLDER/tmp ES_PATH_CONF=$FOLDER/config-$number
    export ES_JAVA_OPTS="-Xms$HEAP -Xmx$HEAP -XX:-UsePerfData $QUICK ${ES_JAVA_OPTS:-}"
    export CLI_JAVA_OPTS="-XX:-UsePerfData $QUICK -XX:+UseSerialGC -Djava.io.tmpdir=$FOLDER/tmp" # leave nothing in /tmp
    # shellcheck disable=SC2046
    as_user "$USER_NAME" TERM "$FOLDER/home/bin/elasticsearch" \
      -E "node.name=node-$number" $(found_by) -E xpack.security.enabled=false \
      -E network.host=127.0.0.1 -E "http.port=${PORTS[number - 1]}" -E "transport.port=${SEEDS[number - 1]##*:}" \
      -E "path.data=$FOLDER/data-$number" -E "path.logs=$FOLDER/logs-$number" \
      -E cluster.routing.allocation.disk.threshold_enabled=false \
      >>"$FOLDER/server.log" 2>&1
  ) &
}

launch() {
  make_folder elasticsearch
  unpack
  reachable_java
  for number in $(seq "$NODES"); do cp -r "$FOLDER/home/config" "$FOLDER/config-$number"; done
  give_folder_to "$USER_NAME"
  local pids=()
  for number in $(seq "$NODES"); do
    launch_node "$number"
    pids+=("$!")
  done
  export ELASTICSEARCH_PIDS="${pids[*]}"
  SERVER_PID=${pids[0]}
  [ "$NODES" = 1 ] || trap 'kill ${ELASTICSEARCH_PIDS#* } 2>/dev/null || true; stop_server' EXIT
}

is_ready() {
  python3 - "http://127.0.0.1:$PORT/_cluster/health" "$NODES" 2>/dev/null <<'PY'
import json, sys, urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
with opener.open(sys.argv[1], timeout=2) as answer:
    health = json.load(answer)
    sys.exit(health["status"] != "green" or health["number_of_nodes"] != int(sys.argv[2]))
PY
}

announce() {
  local hosts
  hosts=$(printf ",127.0.0.1:%s" "${PORTS[@]}")
  export SEARCH_URL="elasticsearch://${hosts#,}"
  say "Elasticsearch: SEARCH_URL=$SEARCH_URL"
}

around "$@"
