# Root changes to the account, and this script starts again as that user.
if is_root; then
  [ -n "${account:-}" ] || fail "The browser does not run as root, and this checkout was set up by another user." \
    "run it as an ordinary user; on Linux, setting it up as root too makes one: npm run where"
  [ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix # otherwise the account would own all displays
  as_account test -x . || cd /
  unset XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS
  HOME=$home USER=$account LOGNAME=$account
  export HOME USER LOGNAME
  exec setpriv --reuid="$uid" --regid="$gid" --init-groups -- "$0" "$@"
fi
[ -w "${TMPDIR:-/tmp}" ] || unset TMPDIR
[ -r "${XAUTHORITY:-/dev/null}" ] || unset XAUTHORITY
