#!/usr/bin/env bash
# Installs one thing that the build or the tests need: node | rust | npm | trunk | wasm-bindgen | wasm-split | cargo-deny |
# browser | webdav.
# The Makefile calls it once for each missing stamp. Everything goes into the project's own folders,
# but a C linker, Python and the browser, which come from the system's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
set -a; . tools/versions.env; set +a

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# Installs Debian packages, with sudo where needed. $1 says what they are for.
apt_install() {
  local purpose=$1; shift
  local root=()
  command -v apt-get >/dev/null || stop "$purpose is missing and there is no apt-get here. Please install: $*"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "$purpose is missing. Please install as root: apt-get install $*"
    root=(sudo)
  fi
  say "installing $* ($purpose)"
  "${root[@]}" apt-get update -qq || say "the package lists could not be refreshed; trying with those at hand"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    stop "$purpose could not be installed. Please install by hand: $*"
}

# A build tool runs for seconds a day, so it is compiled quickly instead of well (3 minutes instead of 8).
cargo_install() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
    cargo install --root .tools --force "$@"
}

case "${1:-}" in
  node)
    command -v node >/dev/null || stop "Node is missing. Please install Node $NODE_MIN or newer."
    node -e "process.exit(Number(process.versions.node.split('.')[0]) >= $NODE_MIN ? 0 : 1)" ||
      stop "Node $(node --version) is too old. Please install Node $NODE_MIN or newer."
    ;;
  rust)
    command -v rustup >/dev/null || stop "rustup is missing. Please install it from https://rustup.rs"
    command -v cc >/dev/null || apt_install "a C compiler and linker for Rust" gcc libc6-dev
    present=$(rustup +"$RUST" component list --installed 2>/dev/null || true)
    for part in rust-std-wasm32-unknown-unknown rustfmt- clippy-; do
      grep -q "^$part" <<<"$present" || {
        say "installing Rust $RUST with rustfmt, clippy and the wasm32 target"
        rustup toolchain install "$RUST" --profile minimal --component rustfmt,clippy --target wasm32-unknown-unknown
        break
      }
    done
    ;;
  npm)
    say "installing the npm packages"
    npm ci --no-audit --no-fund --loglevel=error
    ;;
  trunk)
    [ "$(.tools/bin/trunk --version 2>/dev/null)" = "trunk $TRUNK" ] && exit 0
    say "compiling Trunk $TRUNK (some minutes, once)"
    cargo_install trunk --version "$TRUNK" --locked
    ;;
  wasm-bindgen)
    [ "$(.tools/bin/wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $WASM_BINDGEN" ] &&
      [ -x .tools/bin/wasm-bindgen-test-runner ] && exit 0
    say "compiling wasm-bindgen $WASM_BINDGEN (some minutes, once)"
    # Its lock file may name a version that a registry lacks; then the newest that fit are taken.
    cargo_install wasm-bindgen-cli --version "$WASM_BINDGEN" --locked ||
      CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback cargo_install wasm-bindgen-cli --version "$WASM_BINDGEN"
    ;;
  wasm-split)
    # It tells no version; the stamp says which one is here.
    say "compiling wasm-split $WASM_SPLIT"
    cargo_install wasm_split_cli_support --version "$WASM_SPLIT" --locked --features build-binary
    ;;
  cargo-deny)
    [ "$(.tools/bin/cargo-deny --version 2>/dev/null)" = "cargo-deny $CARGO_DENY" ] && exit 0
    say "compiling cargo-deny $CARGO_DENY (about a minute, once)"
    cargo_install cargo-deny --version "$CARGO_DENY" --locked
    ;;
  browser)
    # A chromedriver drives only the browser that it came with, so Debian's two come together.
    if ! node tools/browser.mjs >/dev/null 2>&1; then
      apt_install "a browser for the tests" chromium chromium-driver
      node tools/browser.mjs >/dev/null
    fi
    ;;
  webdav)
    # A Python without ensurepip makes no environment; Debian has it in a package of its own.
    python3 -c "import ensurepip, venv" 2>/dev/null || apt_install "Python for the tests' WebDAV server" python3 python3-venv
    say "installing wsgidav $WSGIDAV"
    python3 -m venv --clear .tools/venv
    .tools/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement tools/requirements.txt
    ;;
  *) stop "usage: tools/setup.sh node|rust|npm|trunk|wasm-bindgen|wasm-split|cargo-deny|browser|webdav" ;;
esac
