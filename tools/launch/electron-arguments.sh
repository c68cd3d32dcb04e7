# Playwright disables the sandbox by default. This app never runs without it, so drop those switches.
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

# A profile folder that is missing, or empty and owned by root, is given to the account. Any other must belong to it
# already.
hand_over_profile() {
  [ ! -e "$1" ] || [ -d "$1" ] || fail "The profile folder $1 is a file." "name another one by --profile."
  if [ ! -e "$1" ] || { [ -d "$1" ] && [ -O "$1" ] && [ -z "$(ls -A "$1")" ]; }; then
    mkdir -p "$1" 2>/dev/null && chown "$uid:$gid" "$1" || fail "The profile folder $1 cannot be made." "name another one by --profile."
  fi
  as_account test -w "$1" -a -x "$1" ||
    fail "The user \"$account\", which runs the browser, cannot write the profile folder $1." \
      "name another one by --profile, or: chown -R $account $1"
}

if is_root && [ -n "${account:-}" ]; then
  previous=
  for argument do
    case $previous,$argument in
      --profile,*) hand_over_profile "$argument" ;;
      *,--profile=*) hand_over_profile "${argument#--profile=}" ;;
    esac
    previous=$argument
  done
fi
