set -u

fail() {
  echo "bulkhead: $1" >&2
  echo "  What to do: $2" >&2
  exit 1
}

is_root() {
  [ "$(id -u)" = 0 ]
}

as_account() {
  setpriv --reuid="$uid" --regid="$gid" --init-groups -- "$@"
}
