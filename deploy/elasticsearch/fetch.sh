#!/usr/bin/env bash
# Fetch a complete Elasticsearch and print the path of its zip file; the second time it is there already.
#
# Maven Central carries the server as a test distribution: the same server code with few modules (see README.md).
# ELASTICSEARCH_CACHE names the folder that keeps it, by default .cache/elasticsearch in the checkout.
set -euo pipefail
. "$(dirname "$0")/../../.ci/lib.sh"

VERSION=9.2.0
SHA256=bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b
CACHE=${ELASTICSEARCH_CACHE:-$CHECKOUT/.cache/elasticsearch}
ZIP=$CACHE/elasticsearch-$VERSION.zip

is_whole() { [ -f "$1" ] && printf '%s  %s\n' "$SHA256" "$1" | sha256sum --check --status; }

if ! is_whole "$ZIP"; then
  need mvn maven
  mkdir -p "$CACHE"
  say "fetching Elasticsearch $VERSION"
  partial=$(mktemp -d "$CACHE/partial.XXXXXX")
  trap 'rm -rf "$partial"' EXIT
  export MAVEN_OPTS="${MAVEN_OPTS:-} -XX:-UsePerfData -Djava.io.tmpdir=$partial"
  for attempt in 1 2 3; do
    mvn --batch-mode --quiet "-Dmaven.repo.local=$partial/repository" dependency:copy \
      "-Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$VERSION:zip" \
      "-DoutputDirectory=$partial" </dev/null >&2 && break
    [ "$attempt" -lt 3 ] || fail "Maven could not fetch Elasticsearch $VERSION"
  done
  is_whole "$partial/elasticsearch-$VERSION.zip" || fail "the fetched Elasticsearch has another SHA-256 than expected"
  mv "$partial/elasticsearch-$VERSION.zip" "$ZIP"
fi
printf '%s\n' "$ZIP"
