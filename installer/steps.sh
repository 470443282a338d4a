# shellcheck shell=bash disable=SC2034,SC2154
# What quickstart and tests/run have in common: saying what happens, installing what is missing, finding a Node
# runtime, building. Sourced by bash; the caller has set -euo pipefail and `root`, the top of the source tree.

cache=$root/build/.cache
logs=$cache/logs
export NINJA_STATUS='[%f/%t] '

packages_to_build=(
    g++ cmake ninja-build pkg-config ccache ca-certificates
    qt6-base-dev qt6-base-dev-tools qt6-networkauth-dev qt6-svg-dev qtkeychain-qt6-dev
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libssl-dev libcjose-dev libjansson-dev libqrencode-dev prometheus-cpp-dev libsqlite3-dev libsodium-dev libyaml-cpp-dev libre2-dev nlohmann-json3-dev libexpected-dev
    libboost1.81-dev libcurl4-openssl-dev libsimdjson-dev libseccomp-dev libhiredis-dev
)
# QtKeychain and Qt load these at run time, so no other package pulls them in.
packages_to_run=(libsecret-1-0 libqt6svg6 fonts-dejavu-core dbus-daemon dbus-bin gnome-keyring)
packages_to_package=(dpkg-dev python3 binutils patchelf xz-utils squashfs-tools nsis)
packages_to_test=(
    libgtest-dev libgmock-dev libbenchmark-dev clang-format
    python3 procps systemd strace libfaketime libsecret-tools libglib2.0-bin
    xvfb xauth openbox tint2 xdotool imagemagick x11-utils x11-apps at-spi2-core
    python3-gi gir1.2-atspi-2.0 qt6-gtk-platformtheme fonts-wqy-microhei
    chromium redis-server
    lintian appstream desktop-file-utils file patch
)
# libFuzzer and the sanitizers of clang; llvm turns addresses into names.
packages_to_fuzz=(clang libclang-rt-dev llvm)
packages_for_windows=(g++-mingw-w64-x86-64-posix wine64 wine)

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
    printf '\nerror: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do
        printf '       %s\n' "$line" >&2
    done
    exit 1
}

is_terminal() { [ -t 0 ] && [ -t 1 ]; }

# Asks on a terminal, where a plain Enter means yes; elsewhere nobody can answer, and starting the script is the yes.
confirm() {
    local answer
    is_terminal || return 0
    read -r -p "$1 [Y/n] " answer
    [[ -z $answer || $answer == [Yy]* ]]
}

# run_logged NAME COMMAND...: the output goes to a file, its end is shown if the command fails.
run_logged() {
    local log=$logs/$1.log
    shift
    mkdir -p "$logs"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        fail "this did not work: $*" "The whole output is in $log"
    fi
}

# Reads ninja's "[12/340] ..." and says every tenth of the way; on a terminal every step, on one line.
show_progress() {
    local line last=-1 done_ total tenth
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        done_=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
        tenth=$((done_ * 10 / total))
        if [ -t 1 ]; then
            printf '\r   %d of %d ' "$done_" "$total"
        elif [ "$tenth" -ne "$last" ]; then
            printf '   %d of %d\n' "$done_" "$total"
        fi
        last=$tenth
    done
    if [ -t 1 ] && [ "$last" -ge 0 ]; then
        printf '\n'
    fi
}

# --- packages ---------------------------------------------------------------------------------------------------

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# A source list that cannot be reached is no reason to stop: the install says whether something is really missing.
update_package_lists() {
    as_root apt-get update || true
}

# install_packages NAME...: says which of them are missing and installs those with apt.
install_packages() {
    local missing=() name
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This is not Debian or Ubuntu: nothing is installed. What Debian calls these is needed:"
        say "   $*"
        return
    fi
    for name in "$@"; do
        is_installed "$name" || missing+=("$name")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        say "All $# packages that are needed are installed."
        return
    fi
    say "These packages are missing and will be installed with apt-get:"
    say "   ${missing[*]}" | fold -s -w 100
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "installing needs root, and there is no sudo" "As root, run:" \
            "apt-get install --no-install-recommends ${missing[*]}" "Then run this again."
    fi
    if [ -z "${assume_yes-}" ] && ! confirm "Install them?"; then
        fail "nothing was installed" "Install them yourself and run this again with --no-install."
    fi
    local started=$SECONDS options=()
    # A machine that lives for one run need not wait until every unpacked file is on the disk.
    [ -z "${CI-}" ] || options=(-o Dpkg::Options::=--force-unsafe-io)
    if [ -z "${lists_updated-}" ]; then
        run_logged apt-update update_package_lists
        lists_updated=yes
    fi
    run_logged apt-install as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends ${options[@]+"${options[@]}"} "${missing[@]}"
    say "Installed them, and what they depend on, in $((SECONDS - started)) seconds."
}

# --- Node -------------------------------------------------------------------------------------------------------

oldest_node=20 # what oidc-provider and playwright-core accept; tests/run wants more

node_is_recent() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge "$oldest_node" ]
}

# Sets `node`. Debian 12 has version 18; a newer one comes from the npm registry, as a package like any other.
find_node() {
    local architecture package
    node=$(command -v node || true)
    if [ -n "$node" ] && node_is_recent "$node"; then
        say "Node $("$node" --version) is on this machine."
        return
    fi
    case $(uname -m) in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
    *) fail "there is no Node package for $(uname -m)" "Install Node $oldest_node or newer, then run this again." ;;
    esac
    package=node-linux-$architecture
    node=$cache/node/node_modules/$package/bin/node
    if ! node_is_recent "$node"; then
        command -v npm >/dev/null || install_packages npm
        say "Fetching $package@24 with npm into ${cache#"$root"/}/node"
        mkdir -p "$cache/node"
        run_logged npm-node npm install --prefix "$cache/node" --no-save --no-audit --no-fund "$package@24"
        node_is_recent "$node" || fail "$node does not run" "Install Node $oldest_node or newer, then run this again."
    fi
    say "Node $("$node" --version) is in ${cache#"$root"/}/node."
}

# install_node_packages FOLDER...: the packages of these folders below tests/, as their lock files say; not again while a
# lock file stays the same.
install_node_packages() {
    local name folder stamp
    for name in "$@"; do
        folder=$root/tests/$name stamp=$root/tests/$name/node_modules/.lock-seen
        if cmp -s "$folder/package-lock.json" "$stamp"; then
            say "The Node packages of tests/$name are installed."
            continue
        fi
        command -v npm >/dev/null || install_packages npm
        say "Installing the Node packages of tests/$name with npm ci"
        run_logged "npm-ci-$name" npm ci --prefix "$folder" --no-audit --no-fund
        cp "$folder/package-lock.json" "$stamp"
    done
}

# --- build ------------------------------------------------------------------------------------------------------

folder_of_preset() {
    case $1 in
    release) printf %s "$root/build" ;;
    *) printf %s "$root/build-$1" ;;
    esac
}

# configure_preset NAME; CMAKE_ARGUMENTS is handed to cmake.
configure_preset() {
    (cd "$root" && run_logged "configure-$1" cmake --preset "$1" ${CMAKE_ARGUMENTS[@]+"${CMAKE_ARGUMENTS[@]}"})
}

# build_preset NAME [TARGET...]
build_preset() {
    local preset=$1 log=$logs/build-$1.log started=$SECONDS
    shift
    mkdir -p "$logs"
    configure_preset "$preset"
    say "Building preset $preset"
    if ! cmake --build "$(folder_of_preset "$preset")" ${@+--target "$@"} 2>&1 </dev/null |
        tee "$log" | show_progress; then
        grep -n -m 20 -E 'error|FAILED' "$log" >&2 || true
        tail -n 30 "$log" >&2
        fail "the build failed" "The whole output is in $log"
    fi
    say "Built in $((SECONDS - started)) seconds."
}
