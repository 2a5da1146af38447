#!/usr/bin/env bash
# Makes what a release hands out: archives.sh VERSION PROGRAMS FOLDER
#
# PROGRAMS/postrej-site-TARGET/ holds the program of each target; the one for x86_64 Linux is run to
# print completions and manual pages. FOLDER gets an archive for each target and SHA256SUMS, under the
# names that .github/actions/check/install.sh asks for. The same programs give the same bytes: every
# time in an archive is SOURCE_DATE_EPOCH.
set -euo pipefail

version=$1
programs=$(realpath "$2")
mkdir -p "$3"
folder=$(realpath "$3")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

around=$scratch/around
mkdir -p "$around/completions" "$around/man"
cp "$root/README.md" "$root/LICENSE" "$root/CHANGELOG.md" "$around"
program=$programs/postrej-site-x86_64-unknown-linux-musl/postrej-site
# an upload keeps no permissions
chmod +x "$program"
"$program" completions bash >"$around/completions/postrej-site.bash"
"$program" completions zsh >"$around/completions/_postrej-site"
"$program" completions fish >"$around/completions/postrej-site.fish"
"$program" completions powershell >"$around/completions/postrej-site.ps1"
"$program" completions elvish >"$around/completions/postrej-site.elv"
"$program" man >"$around/man/postrej-site.1"
sed -n 's/^postrej\\-site\\-\([a-z]*\)(1)$/\1/p' "$around/man/postrej-site.1" |
  while read -r command; do
    [ "$command" = help ] || "$program" man "$command" >"$around/man/postrej-site-$command.1"
  done

cd "$scratch"
for built in "$programs"/postrej-site-*; do
  target=${built##*/postrej-site-}
  name=postrej-site-$version-$target
  mkdir "$name"
  cp -R "$around/." "$built/." "$name"
  find "$name" -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
  find "$name" -type d -exec chmod 755 {} +
  find "$name" -type f -exec chmod 644 {} +
  chmod 755 "$name"/postrej-site*
  if [ -f "$name/postrej-site.exe" ]; then
    find "$name" | LC_ALL=C sort | TZ=UTC zip --quiet -X -@ "$folder/$name.zip"
  else
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
      "$name" | gzip --no-name -9 >"$folder/$name.tar.gz"
  fi
done

cd "$folder"
sha256sum -- *.tar.gz *.zip >SHA256SUMS
cat SHA256SUMS
