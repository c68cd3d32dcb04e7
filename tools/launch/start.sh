# Ends with `exec`, so that the caller has the PID of the program. With BULKHEAD_END_WITH_PARENT the program ends when
# its caller is killed. This is set only here, because a change of user would undo it.
if [ -n "${BULKHEAD_END_WITH_PARENT:-}" ]; then
  unset BULKHEAD_END_WITH_PARENT
  exec setpriv --pdeathsig TERM -- "$@"
fi
exec "$@"
