# Shared by the scripts that run one real server around one command. Sourced, never run.
#
# A script that sources this defines `launch` (start the server in the background, leave its process id in
# SERVER_PID), `is_ready` (true once it answers) and `announce` (export the address, print it), then calls
# `around "$@"`: with a command, the server lives as long as the command; without one, until Ctrl-C.

CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
FOLDER=""
SERVER_PID=""
STOP_SIGNAL=TERM

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

# need BINARY PACKAGE...: install Debian's packages when the binary is missing.
need() {
  local binary=$1
  shift
  command -v "$binary" >/dev/null 2>&1 || install_packages "$@"
}

install_packages() {
  command -v apt-get >/dev/null 2>&1 || fail "please install: $*"
  [ "$(id -u)" = 0 ] || fail "please install (as root): apt-get install $*"
  say "installing $*"
  # One at a time on this machine; RUNLEVEL=1 keeps the packages from starting services of their own.
  (
    flock 9
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    apt-get -o DPkg::Lock::Timeout=300 -qq update
    apt-get -o DPkg::Lock::Timeout=300 -qq install -y --no-install-recommends "$@"
  ) 9>/tmp/.apt-get.lock >&2 </dev/null || fail "could not install $*"
}

# The Python that .venv is made of: the distribution's, where it is of the same version and can make one. It is built
# with profiles and runs the tests in a seventh less time than one that pyenv has compiled.
quick_python() {
  local own=/usr/bin/python3 version
  version=$(python3 -c 'import sys; print(*sys.version_info[:2])')
  if [ "$("$own" -c 'import ensurepip, sys; print(*sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
    printf '%s' "$own"
  else
    printf 'python3'
  fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# One private folder per server, short (PostgreSQL limits a socket's path) and open to the user it runs as.
make_folder() {
  FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/$1.XXXXXX")
  chmod 755 "$FOLDER"
}

# as_user USER SIGNAL COMMAND...: replace this shell by COMMAND, under USER when we are root (PostgreSQL
# and Elasticsearch refuse root); the kernel sends it SIGNAL should this script die.
as_user() {
  local user=$1 signal=$2
  shift 2
  cd "$FOLDER" || exit 1
  if [ "$(id -u)" = 0 ]; then
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --pdeathsig "$signal" -- "$@"
  elif command -v setpriv >/dev/null 2>&1; then
    exec setpriv --pdeathsig "$signal" -- "$@"
  else
    exec "$@"
  fi
}

# A user that is not root and that this machine has.
plain_user() {
  local user
  for user in "$@" nobody; do
    if id -u "$user" >/dev/null 2>&1; then
      printf '%s\n' "$user"
      return
    fi
  done
  fail "no user to run the server as"
}

give_folder_to() { [ "$(id -u)" != 0 ] || chown -R "$1" "$FOLDER"; }

stop_server() {
  trap - EXIT INT TERM
  if [ -n "$SERVER_PID" ] && kill -0 "$SERVER_PID" 2>/dev/null; then
    kill -s "$STOP_SIGNAL" "$SERVER_PID" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$SERVER_PID" 2>/dev/null || break
      sleep 0.1
    done
    kill -s KILL "$SERVER_PID" 2>/dev/null || true
  fi
  if [ -n "$SERVER_PID" ]; then wait "$SERVER_PID" 2>/dev/null || true; fi
  [ -z "$FOLDER" ] || rm -rf "$FOLDER"
}

end_command() {
  [ $# -gt 0 ] || return 0
  kill -s TERM "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# around [COMMAND...]
around() {
  local status=0 command_pid=""
  trap stop_server EXIT
  trap 'end_command $command_pid; exit 130' INT
  trap 'end_command $command_pid; exit 143' TERM
  launch
  for _ in $(seq 1200); do
    is_ready && break
    if ! kill -0 "$SERVER_PID" 2>/dev/null; then
      tail -n 40 "$FOLDER/server.log" >&2 || true
      fail "the server stopped while starting"
    fi
    sleep 0.1
  done
  if ! is_ready; then
    tail -n 40 "$FOLDER/server.log" >&2 || true
    fail "the server did not answer within two minutes"
  fi
  announce
  if [ $# -eq 0 ]; then
    say "Ctrl-C stops it"
    wait "$SERVER_PID" || true
    return
  fi
  # In the background, so that a signal reaches the traps at once and not after the command.
  "$@" <&0 &
  command_pid=$!
  wait "$command_pid" || status=$?
  exit "$status"
}
