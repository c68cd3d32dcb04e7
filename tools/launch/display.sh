# Without a display, start a virtual one, which ends with the program that is started here: the kernel signals it when
# its parent ends, and its parent is this process, which becomes that program by exec. It gets its own session, because
# Playwright kills whole process groups, and it must live to remove its socket.
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  command -v Xvfb >/dev/null || fail "There is no display." "set DISPLAY, or install Xvfb (Debian: apt-get install xvfb)."
  pipe=$(mktemp -u) && mkfifo -m 600 "$pipe" || fail "No file can be made in ${TMPDIR:-/tmp}." "make it writable."
  setsid setpriv --pdeathsig TERM -- Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp \
    3>"$pipe" </dev/null >/dev/null 2>&1 &
  read -r number <"$pipe" || number=
  rm -f "$pipe"
  [ -n "$number" ] || fail "The virtual display (Xvfb) does not start." "set DISPLAY to one that runs."
  DISPLAY=:$number
  export DISPLAY
fi
