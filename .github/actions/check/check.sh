#!/usr/bin/env bash
# Annotates the changed lines with what is wrong, and builds the site if it may be built.
set -euo pipefail

fail() {
  printf '::error title=postrej-site::%s\n' "$1"
  exit 2
}

[[ $ROOT != *$'\n'* && -d $ROOT ]] || fail "root: there is no such folder"
[[ $STRICT = true || $STRICT = false ]] || fail "strict: write true or false"

site=()
[ -z "$BASE_URL" ] || site+=(--base-url "$BASE_URL")
# words between blanks, and nothing more: no quotes, no variables, no patterns
IFS=$' \t\n' read -r -d '' -a words <<<"$ARGS" || true
# an empty array is an unknown name to the bash of macOS
site+=(${words[@]+"${words[@]}"})

status=0
"$PROGRAM" --root "$ROOT" check --format github ${site[@]+"${site[@]}"} || status=$?
case $status in
  0) ;;
  1) [ "$STRICT" = false ] || exit 1 ;; # errors stop the build below
  *) exit "$status" ;;
esac

"$PROGRAM" --root "$ROOT" build ${site[@]+"${site[@]}"}
printf 'path=%s\n' "${ROOT%/}/public" >>"$GITHUB_OUTPUT"
