# Starts the runtime the one way it is ever started: as an ordinary user, with the sandbox, on a display. Ends by `exec`,
# so that whoever started this has the PID of the browser process. What stands above this line names the runtime and, in
# a checkout that root has set up, the account to run it as.
set -u

fail() {
  echo "bulkhead: $1" >&2
  echo "  What to do: $2" >&2
  exit 1
}

# Drivers switch the sandbox off by default (Playwright does): this application never runs without it.
switches=yes
for argument do
  shift
  [ "$argument" != -- ] || switches=no
  case $switches,$argument in
    yes,--no-sandbox | yes,--disable-setuid-sandbox | yes,--disable-namespace-sandbox) ;;
    yes,--disable-seccomp-filter-sandbox | yes,--disable-gpu-sandbox) ;;
    yes,--no-zygote | yes,--no-zygote-sandbox | yes,--single-process | yes,--in-process-gpu) ;;
    *) set -- "$@" "$argument" ;;
  esac
done

as_account() {
  setpriv --reuid="$uid" --regid="$gid" --init-groups "$@"
}

# A profile folder that is not there yet, or is empty and root's own, becomes the account's; any other must be already.
hand_over_profile() {
  if [ ! -e "$1" ] || { [ -d "$1" ] && [ -O "$1" ] && [ -z "$(ls -A "$1")" ]; }; then
    mkdir -p "$1" && chown "$uid:$gid" "$1" || fail "The profile folder $1 cannot be made." "name another one by --profile."
  fi
  as_account test -w "$1" -a -x "$1" ||
    fail "The user \"$account\", whom the browser runs as, cannot write the profile folder $1." \
      "name another one by --profile, or: chown -R $account $1"
}

# A module to preload that lies where the account may not look (a driver under /root) is given to it as a copy.
readable_module() {
  if as_account test -r "$1"; then
    printf %s "$1"
    return
  fi
  copy=$modules/$(sha256sum <"$1" | cut -c -16).cjs
  [ -e "$copy" ] || { mkdir -p "$modules" && cp "$1" "$copy.$$" && chmod 644 "$copy.$$" && mv "$copy.$$" "$copy"; }
  printf %s "$copy"
}

if [ "$(id -u)" = 0 ]; then
  [ -n "${account:-}" ] || fail "The browser does not run as root, and this checkout was set up by another user." \
    "set it up as root too: npm run where"
  previous=
  for argument do
    shift
    case $previous,$argument in
      --profile,*) hand_over_profile "$argument" ;;
      *,--profile=*) hand_over_profile "${argument#--profile=}" ;;
      -r,* | --require,*) argument=$(readable_module "$argument") ;;
    esac
    previous=$argument
    set -- "$@" "$argument"
  done
  as_account test -x . || cd /
  unset XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS
  HOME=$home USER=$account LOGNAME=$account
  export HOME USER LOGNAME
  exec setpriv --reuid="$uid" --regid="$gid" --init-groups -- "$0" "$@"
fi

[ -w "${TMPDIR:-/tmp}" ] || unset TMPDIR
[ -r "${XAUTHORITY:-/dev/null}" ] || unset XAUTHORITY

# Without a display it gets a virtual one of its own, which ends with the browser process: the kernel sends the signal
# when the parent ends, and the parent is this process, whatever it is by then.
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  command -v Xvfb >/dev/null || fail "There is no display." "set DISPLAY, or install Xvfb (Debian: apt-get install xvfb)."
  pipe=$(mktemp -u) && mkfifo -m 600 "$pipe" || fail "No temporary file can be made in ${TMPDIR:-/tmp}." "make it writable."
  setsid setpriv --pdeathsig TERM -- Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp \
    3>"$pipe" </dev/null >/dev/null 2>&1 &
  read -r number <"$pipe" || number=
  rm -f "$pipe"
  [ -n "$number" ] || fail "The virtual display (Xvfb) does not start." "set DISPLAY to one that runs."
  DISPLAY=:$number
  export DISPLAY
fi

# Set by those who want it to end when they are killed. Only now: a change of user would undo it.
if [ -n "${BULKHEAD_END_WITH_PARENT:-}" ]; then
  unset BULKHEAD_END_WITH_PARENT
  exec setpriv --pdeathsig TERM -- "$runtime/electron" "$@"
fi
exec "$runtime/electron" "$@"
