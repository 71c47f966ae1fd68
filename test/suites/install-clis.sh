#!/bin/sh
# Installs the pinned provider CLIs that the suites against genuine binaries run, each into a folder of its own,
# and prints that folder. What is there already is used again.
#   test/suites/install-clis.sh [NAME …]      default: claude codex opencode
set -eu

cache=${TUTTI_CLI_CACHE:-$HOME/.cache/tutti-clis}

package_of() {
  case $1 in
    claude) echo @anthropic-ai/claude-code@2.1.330 ;;
    codex) echo @openai/codex@0.169.0 ;;
    opencode) echo opencode-ai@1.18.33 ;;
    gemini) echo @google/gemini-cli@0.61.0 ;;
    qwen) echo @qwen-code/qwen-code@0.24.4 ;;
    copilot) echo @github/copilot@1.0.102 ;;
    droid) echo droid@0.215.0 ;;
    pi) echo @mariozechner/pi-coding-agent@0.73.1 ;;
    *) echo "install-clis: no pinned version of \"$1\"" >&2; exit 2 ;;
  esac
}

install() {
  package=$(package_of "$1")
  folder=$cache/$1-${package##*@}
  if [ ! -x "$folder/node_modules/.bin/$1" ]; then
    # Installed beside and renamed, so that an interrupted installation is never taken for a whole one.
    mkdir -p "$cache"
    beside=$(mktemp -d "$cache/.install-XXXXXX")
    trap 'rm -rf "$beside"' EXIT
    # claude and opencode place their binaries with an install script, and npm may run none that is not named.
    printf '{"private":true,"allowScripts":{"%s":true}}\n' "${package%@*}" > "$beside/package.json"
    (cd "$beside" && npm install --no-audit --no-fund --loglevel=error "$package" >&2)
    rm -rf "$folder"
    mv "$beside" "$folder"
  fi
  echo "$folder"
}

if [ $# -eq 0 ]; then set -- claude codex opencode; fi
for name in "$@"; do install "$name"; done
