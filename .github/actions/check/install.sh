#!/usr/bin/env bash
# Puts the program into the runner's own folder for temporary files, and says where it is.
#
# Written for the bash of macOS (3.2) and of Git for Windows as well: work is done in the folder and
# under relative names, since tar takes the `D:` of a whole path for the name of another machine.
set -euo pipefail

fail() {
  printf '::error title=postrej-site::%s\n' "$1"
  exit 1
}

hand_over() {
  printf 'program=%s\n' "$1" >>"$GITHUB_OUTPUT"
  "$1" --version
}

# The SHA-256 of a file; it is read from standard input because a path with `\` changes the line.
digest() {
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi |
    cut -d ' ' -f 1
}

download() {
  curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' \
    --retry 3 --output "$2" "$1" || fail "$1 cannot be had. Is there a release $VERSION?"
}

if [ -n "$BINARY" ]; then
  [[ $BINARY != *$'\n'* && -f $BINARY && -x $BINARY ]] || fail "binary: there is no such program"
  hand_over "$(cd "$(dirname "$BINARY")" && pwd)/$(basename "$BINARY")"
  exit
fi

[[ $VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] ||
  fail "version: write the release to use, as in 0.1.0"
cd "$RUNNER_TEMP"
rm -rf postrej-site
mkdir postrej-site
cd postrej-site

if [ "$FROM_SOURCE" = true ]; then
  cargo install postrej-site --locked --version "=$VERSION" --root "$PWD"
  hand_over "$PWD/bin/postrej-site"
  exit
fi

kind=tar.gz suffix=
case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  # Windows on ARM runs it, too
  Windows-X64 | Windows-ARM64) target=x86_64-pc-windows-msvc kind=zip suffix=.exe ;;
  *) fail "there is no release for this runner; from-source: true compiles one" ;;
esac
[[ $REPOSITORY =~ ^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9_.-]+$ ]] ||
  fail "repository: write whose releases to use, as in owner/postrej-site"

name=postrej-site-$VERSION-$target
archive=$name.$kind
from=${RELEASES:-https://github.com/$REPOSITORY/releases/download}/v$VERSION
download "$from/SHA256SUMS" SHA256SUMS
download "$from/$archive" "$archive"

wanted=$(awk -v file="$archive" '$2 == file { print $1 }' SHA256SUMS)
[[ $wanted =~ ^[0-9a-f]{64}$ ]] || fail "SHA256SUMS of release $VERSION does not name $archive"
[ "$(digest "$archive")" = "$wanted" ] ||
  fail "$archive is not the file that release $VERSION was published with"

if [ -n "$GH_TOKEN" ] && gh attestation verify --help >/dev/null 2>&1; then
  gh attestation verify "$archive" --repo "$REPOSITORY" \
    --signer-workflow "$REPOSITORY/.github/workflows/release.yml" ||
    fail "$archive was not built by the release workflow of $REPOSITORY"
else
  echo "Its checksum is right. Where it was built is not checked: that needs GitHub's program gh."
fi

if [ $kind = zip ]; then unzip -q "$archive"; else tar -xzf "$archive"; fi
hand_over "$PWD/$name/postrej-site$suffix"
