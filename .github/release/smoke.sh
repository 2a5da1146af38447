#!/usr/bin/env bash
# Lays out a site with a program that was just built, and builds it: smoke.sh PROGRAM
set -euo pipefail

program=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$program" --version
"$program" init "$scratch/site"
"$program" --root "$scratch/site" check
"$program" --root "$scratch/site" build
for file in index.html templates/index.html search/index.html sitemap.xml; do
  [ -s "$scratch/site/public/$file" ] || { echo "the program made no $file" >&2; exit 1; }
done
