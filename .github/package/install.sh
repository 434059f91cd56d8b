#!/bin/sh
# Installs breach from the tarball beside this script, or from the folder or address given first, into
# the folder given second (default: /usr/local for root, ~/.local for everybody else). Checks the
# digest first and installs nothing if it differs.
set -eu
from=${1:-$(dirname "$0")}
if [ "$(id -u)" -eq 0 ]; then to=${2:-/usr/local}; else to=${2:-$HOME/.local}; fi

machine=$(uname -m)-$(uname -s | tr '[:upper:]' '[:lower:]')
file=breach-$machine.tar.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stop() {
    echo "error: $1" >&2
    echo "hint: $2; nothing was installed" >&2
    exit 1
}
get() {
    case $from in
    http://* | https://*)
        if command -v curl >/dev/null; then
            curl -fsSL -o "$work/$1" "$from/$1"
        else
            wget -q -O "$work/$1" "$from/$1"
        fi
        ;;
    *) cp "$from/$1" "$work/$1" ;;
    esac || stop "failed to get $1 from $from" "there is a program for x86_64-linux; check the folder or address"
}
get "$file"
get SHA256SUMS
cd "$work"
grep -F "  $file" SHA256SUMS >wanted || stop "SHA256SUMS does not name $file" "get both files from one release"
sha256sum -c wanted >/dev/null 2>&1 ||
    stop "the digest of $file is not the one in SHA256SUMS" "get both files again, from a place that you trust"

tar -xzf "$file"
mkdir -p "$to/bin" "$to/share"
cp -R breach/share/. "$to/share/"
# Renamed into place, so that a program that is running now is not disturbed.
cp breach/bin/breach "$to/bin/.breach.new"
mv "$to/bin/.breach.new" "$to/bin/breach"
"$to/bin/breach" --version
echo "Installed $to/bin/breach. Next: breach prepare, or breach contain."
