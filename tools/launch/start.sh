# Ends by `exec`, so that whoever started this has the PID of what runs. Those who set BULKHEAD_END_WITH_PARENT have it end
# when they are killed; only now, because a change of user would undo it.
if [ -n "${BULKHEAD_END_WITH_PARENT:-}" ]; then
  unset BULKHEAD_END_WITH_PARENT
  exec setpriv --pdeathsig TERM -- "$@"
fi
exec "$@"
