#!/usr/bin/env bash
# Prints what CHANGELOG.md says of a version: notes.sh VERSION. Exits with 1 where that is nothing.
set -euo pipefail

awk -v version="$1" '
  /^## / { own = index($0, "## [" version "]") == 1; next }
  /^\[.*\]: / { next }
  own { text = text $0 "\n" }
  END { gsub(/^\n+|\n+$/, "", text); print text; exit text == "" }
' "$(dirname "${BASH_SOURCE[0]}")/../../CHANGELOG.md"
