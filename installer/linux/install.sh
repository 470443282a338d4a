#!/bin/sh
# Installs Keybearer from this folder for one person, without root, and removes it again.
set -eu

usage() {
    cat <<'END'
Usage: ./install.sh [--prefix DIR] [--autostart]
       ./install.sh --uninstall [--prefix DIR]

  --prefix     where to; ~/.local
  --autostart  the tray starts with the desktop session
  --uninstall  remove what an installation below DIR has put there; tokens, settings and the audit log stay

Nothing needs installing: ./bin/keybearer works from any folder. An installation is for menus, man pages and
completions, and for finding `keybearer` by its name. Install again to get another version. Afterwards,
`keybearer autostart enable` has systemd start the broker.
END
}

say() { printf '%s\n' "$*"; }
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
prefix=${HOME:?HOME is not set}/.local uninstall='' autostart=''
while [ $# -gt 0 ]; do
    case $1 in
    --prefix) prefix=${2:?--prefix needs a folder} && shift ;;
    --autostart) autostart=yes ;;
    --uninstall) uninstall=yes ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
case $prefix in *[\"\\\`\$%\|\&]* | *'
'*) fail "a prefix with quotes, \$, %, | or & cannot stand in a desktop file: $prefix" ;; esac

home=$prefix/lib/keybearer
list=$home/installed.txt # of what lies outside of $home: a line "file PATH" or "folder PATH" each
autostart_entry=${XDG_CONFIG_HOME:-$HOME/.config}/autostart/keybearer.desktop

# --- removing ---------------------------------------------------------------------------------------------------

stop_what_runs() {
    if [ -x "$home/bin/keybearer" ]; then
        "$home/bin/keybearer" --no-spawn --quiet stop >/dev/null 2>&1 || true
    fi
}

# Only where it is this installation that the system starts.
leave_the_system() {
    case $("$home/bin/keybearer" --json autostart status 2>/dev/null) in
    *"\"$prefix/"*) "$home/bin/keybearer" --quiet autostart disable >/dev/null 2>&1 || true ;;
    esac
}

remove() {
    [ -f "$list" ] || return 0
    sed -n 's/^file //p' "$list" | while IFS= read -r path; do
        rm -f -- "$path"
    done
    folders=$(sed -n 's/^folder //p' "$list" | sort -r) # the deepest first
    rm -rf -- "$home"
    printf '%s\n' "$folders" | while IFS= read -r path; do
        # Stays where somebody has put something in it since.
        [ -z "$path" ] || rmdir -- "$path" 2>/dev/null || true
    done
}

if [ -n "$uninstall" ]; then
    [ -f "$list" ] || fail "there is no installation below $prefix"
    leave_the_system
    stop_what_runs
    remove
    say "Removed. Your tokens, settings and audit log are untouched: the folders named keybearer below"
    say "${XDG_CONFIG_HOME:-$HOME/.config} and ${XDG_STATE_HOME:-$HOME/.local/state}, and entries of your keychain."
    exit 0
fi

# --- installing -------------------------------------------------------------------------------------------------

[ -x "$here/bin/keybearer" ] || fail "there is no bin/keybearer beside this script"
[ "$here" != "$home" ] || fail "this is the installed copy; start install.sh of the unpacked archive"
"$here/bin/keybearer" --version >/dev/null || fail "the programs do not run on this machine"

new=$prefix/lib/.keybearer.new
folders='' # that were made, here or by an earlier installation, a line each
[ ! -f "$list" ] || folders=$(sed -n '/^folder /p' "$list")

folder() { # folder PATH: made if it is not there, and remembered then
    [ ! -d "$1" ] || return 0
    folder "$(dirname -- "$1")"
    mkdir -- "$1"
    folders="$folders
folder $1"
}

remove
folder "$prefix/lib"
rm -rf -- "$new"
mkdir -- "$new"
cp -R -- "$here/." "$new/"
: >"$new/installed.txt"

# What names a program gets its whole path: menus do not look into ~/.local/bin.
place() { # place FROM TO
    folder "$(dirname -- "$2")"
    case $1 in
    *.desktop) sed -e "s|^Exec=\([a-z-]*\)|Exec=\"$prefix/bin/\1\"|" -e "s|^TryExec=|TryExec=$prefix/bin/|" "$1" >"$2" ;;
    *) cp -- "$1" "$2" ;;
    esac
    note "$2"
}
note() { printf 'file %s\n' "$1" >>"$new/installed.txt"; }

folder "$prefix/bin"
for program in "$here"/bin/keybearer*; do
    name=$(basename -- "$program")
    ln -sf -- "../lib/keybearer/bin/$name" "$prefix/bin/$name"
    note "$prefix/bin/$name"
done
for part in applications icons metainfo man bash-completion zsh fish; do
    [ -d "$here/share/$part" ] || continue
    find "$here/share/$part" -type f >"$new/.found"
    while IFS= read -r file; do
        target=$prefix/share/${file#"$here/share/"}
        case $target in
        */zsh/vendor-completions/*) target=$prefix/share/zsh/site-functions/${target##*/} ;;
        esac
        place "$file" "$target"
    done <"$new/.found"
done
rm -f -- "$new/.found"
if [ -n "$autostart" ]; then
    place "$here/share/keybearer/keybearer-autostart.desktop" "$autostart_entry"
fi
printf '%s\n' "$folders" | sort -u >>"$new/installed.txt"
mv -- "$new" "$home"

say "Installed below $prefix. Remove it with: $home/install.sh --uninstall${prefix:+ --prefix $prefix}"
case :$PATH: in
*":$prefix/bin:"*) ;;
*) say "$prefix/bin is not in your PATH: add it, or write $prefix/bin/keybearer." ;;
esac
