#!/usr/bin/env bash
# Hands over the version of the tag, if Cargo.toml and CHANGELOG.md are of the same.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

own=$(sed -n '/^\[package\]/,/^\[dependencies\]/s/^version = "\(.*\)"$/\1/p' Cargo.toml)
if [ "$GITHUB_REF_NAME" != "v$own" ]; then
  echo "::error file=Cargo.toml::the tag is $GITHUB_REF_NAME, and Cargo.toml is of version $own"
  exit 1
fi
if ! .github/release/notes.sh "$own" >/dev/null; then
  echo "::error file=CHANGELOG.md::there is no section [$own] that says what is new"
  exit 1
fi
echo "version=$own" >>"$GITHUB_OUTPUT"
