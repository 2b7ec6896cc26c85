#!/usr/bin/env bash
# Test a running platform in two parts, `readers_first.sh PYTEST...`: the tests that only read share it in two
# processes; then come those marked `acts`, which change what the others would have seen.
set -euo pipefail
status=0
"$@" -n 2 --dist worksteal -m "browser and not acts" || status=$?
"$@" -m "browser and acts"
exit "$status"
