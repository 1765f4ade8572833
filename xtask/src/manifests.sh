#!/bin/sh
# Checks the files in deploy: Kubernetes and compose by their schemas, the unit by systemd, and the
# Containerfile by hadolint. No check needs a network or starts anything.
set -eu
tools=.tools/manifests
pins=xtask/src/manifests.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# Prints the faults of one kind of file. The other kinds are checked all the same.
fail() {
    echo "FAILED: $1"
    failed=1
}

# A copy that was installed earlier is kept, unless the pins have changed.
install_tools() {
    cmp -s "$pins" "$tools/pins" && return
    rm -rf "$tools"
    timeout 300 python3 -m pip install --quiet --no-deps --retries 1 --target "$tools" -r "$pins" \
        2>"$scratch/log" && chmod -R u+x "$tools/bin" && cp "$pins" "$tools/pins"
}

python() {
    PYTHONPATH=$tools python3 -m "$@"
}

# The oldest and the newest version that the manifests are written for. A warning means that a kind
# has no schema, so nothing of it was checked.
kubernetes() {
    "$tools/bin/kubectl" kustomize deploy/kubernetes >"$scratch/all.yaml" || return 1
    for version in 1.29 1.37; do
        for file in "$scratch/all.yaml" deploy/kubernetes/secret.example.yaml; do
            python kubernetes_validate --strict --quiet -k "$version" "$file" >"$scratch/log" 2>&1 \
                && ! grep -q . "$scratch/log" || { cat "$scratch/log"; return 1; }
        done
    done
}

# systemd prints the lines that it ignores and says that all is well; so every line that it prints is a fault.
# The program is not installed here. The threshold is the exposure that `systemd-analyze security`
# calculates, in tenths; 100 is a unit without any restriction.
unit() {
    sed 's|^ExecStart=/usr/local/bin/commonslate$|ExecStart=/bin/true|' deploy/commonslate.service \
        >"$scratch/commonslate.service"
    systemd-analyze --man=no verify "$scratch/commonslate.service" >"$scratch/log" 2>&1 \
        && ! grep -q . "$scratch/log" || { cat "$scratch/log"; return 1; }
    systemd-analyze --no-pager security --offline=true --threshold=20 \
        "$scratch/commonslate.service" >"$scratch/log" 2>&1 || { tail -n 1 "$scratch/log"; return 1; }
}

if install_tools; then
    kubernetes || fail "deploy/kubernetes"
    python check_jsonschema --builtin-schema vendor.compose-spec deploy/compose*.yml \
        || fail "deploy/compose*.yml"
    "$tools/bin/hadolint" --failure-threshold warning deploy/Containerfile || fail "deploy/Containerfile"
else
    echo "warning: Kubernetes, compose and Containerfile were NOT checked: their tools cannot be installed: $(tail -n 1 "$scratch/log")"
fi
if systemd-analyze --version >/dev/null 2>&1; then
    unit || fail "deploy/commonslate.service"
else
    echo "warning: deploy/commonslate.service was NOT checked: there is no systemd-analyze"
fi
exit "$failed"
