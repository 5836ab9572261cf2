#!/usr/bin/env bash
# Twenty operators at work at once over real SSH, half by commands and half in consoles, for SECONDS (60 unless told).
# At the end every operation that was said to be done is found in the register and in the audit trail, or this fails.
# usage: .ci/crowd.sh [SECONDS]
set -euo pipefail

seconds=${1:-60}
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
tmux_socket=crowd-$$
server=
cleanup() {
    tmux -L "$tmux_socket" kill-server 2>/dev/null || true
    if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    rm -rf "$dir"
}
trap cleanup EXIT

go build -o "$dir/custos" ./cmd/custos
cd "$dir"
export CUSTOS_STORE=$dir/office CUSTOS_OPERATOR=alex CUSTOS_PASSPHRASE_FILE=$dir/pass
unset CUSTOS_THEME CUSTOS_ACCESSIBLE TMUX
echo 'gravel teacup lantern otter' >pass
echo 'marble ladder cloud teapot' >pass2
./custos init --profile teaching-school --name Office --recovery-file recovery >/dev/null 2>&1
for n in $(seq 0 20); do ssh-keygen -q -t ed25519 -N '' -C crowd -f "key$n"; done
./custos operator key add alex key0.pub >/dev/null

./custos serve --listen 127.0.0.1:0 --no-input --json --grace 10s >serving.json 2>events &
server=$!
until grep -q address serving.json 2>/dev/null; do
    kill -0 "$server" || { cat events; exit 1; }
    sleep 0.2
done
port=$(sed -n 's/.*"address": ".*:\([0-9]*\)".*/\1/p' serving.json)
line() { # line N ARGUMENT...: ssh as operator N
    local n=$1
    shift
    ssh -p "$port" -i "key$n" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o LogLevel=ERROR \
        -o "UserKnownHostsFile=$dir/known" 127.0.0.1 "$@"
}
export -f line
export port dir
# Operators are added, and choose passphrases of their own, from elsewhere: the keys come by SFTP.
sftp -q -b - -P "$port" -i key0 -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o LogLevel=ERROR \
    -o "UserKnownHostsFile=$dir/known" 127.0.0.1 <<<"mput key*.pub" >/dev/null
for n in $(seq 1 20); do
    line 0 operator add "op$n" --role officer --new-passphrase-file - --ssh-key "key$n.pub" <pass2 >/dev/null
    line "$n" passphrase change --new-passphrase-file - <pass >/dev/null
done
line 1 request open --right access --name "'Shared Case'" --received "$(date +%F)" --how email --json >case.json
ref=$(sed -n 's/.*"ref": "\([^"]*\)".*/\1/p' case.json | head -1)

# Ten by commands: a person, and a note on the one case everybody works on.
end=$((SECONDS + seconds))
workers=()
for n in $(seq 1 10); do
    (
        i=0
        while [ "$SECONDS" -lt "$end" ]; do
            i=$((i + 1))
            for what in "delegate add --name 'Crowd-$n-$i'" "request note $ref 'note-$n-$i'"; do
                if line "$n" "$what" >"out$n" 2>"err$n"; then
                    echo "$what" >>"done$n"
                elif grep -q -i -E 'changed|meanwhile' "err$n"; then
                    echo "$what" >>"conflict$n"
                else
                    { echo "$what"; cat "err$n"; } >>"failed$n"
                fi
            done
        done
    ) &
    workers+=($!)
done

# Ten in consoles: each walks through the areas for as long.
for n in $(seq 11 20); do
    tmux -L "$tmux_socket" -f /dev/null new-session -d -s "op$n" -x 100 -y 30 \
        "ssh -t -p $port -i $dir/key$n -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=$dir/known 127.0.0.1; echo ended with \$?; sleep 1000"
done
frames=0
while [ "$SECONDS" -lt "$end" ]; do
    for n in $(seq 11 20); do
        tmux -L "$tmux_socket" send-keys -t "op$n" "$((frames % 4 + 1))"
    done
    frames=$((frames + 1))
    sleep 1
done
for pid in "${workers[@]}"; do wait "$pid"; done

consoles=0
for n in $(seq 11 20); do
    shown=$(tmux -L "$tmux_socket" capture-pane -p -t "op$n")
    if grep -q 'Custos' <<<"$shown" && ! grep -q 'ended with' <<<"$shown"; then
        consoles=$((consoles + 1))
    else
        echo "op$n is not in the console any more:"; echo "$shown" | head -12
    fi
done
kill -TERM "$server"
wait "$server" || { echo "the server ended badly"; tail -20 events; exit 1; }
server=

touch done1 conflict1 failed1
added=$(cat done* | grep -c '^delegate add' || true)
notes=$(cat done* | grep -c '^request note' || true)
conflicts=$(cat conflict* | wc -l)
failed=$(cat failed* | wc -l)
./custos audit list --json >trail.json
./custos delegate list --json >people.json
./custos request show "$ref" --json >shown.json
trail_added=$(grep -c '"verb": "delegate.add"' trail.json || true)
trail_notes=$(grep -c '"verb": "request.note"' trail.json || true)
cat done* | sed -n "s/.*'\(Crowd-[0-9-]*\)'.*/\1/p; s/.*'\(note-[0-9-]*\)'.*/\1/p" | sort >said
cat people.json shown.json | grep -o -E '"(Crowd|note)-[0-9-]*"' | tr -d '"' | sort -u >held
comm -23 said held >missing
lost=$(wc -l <missing)
head -n 20 missing
./custos check >/dev/null
./custos audit verify >/dev/null

echo "people added $added, in the trail $trail_added; notes $notes, in the trail $trail_notes;" \
    "conflicts told $conflicts; failed $failed; lost $lost; consoles at work $consoles of 10, $frames keys each"
if [ "$failed" -gt 0 ]; then head -n 20 failed*; fi
[ "$added" -eq "$trail_added" ] && [ "$notes" -eq "$trail_notes" ] && [ "$failed" -eq 0 ] && [ "$lost" -eq 0 ] &&
    [ "$consoles" -eq 10 ] && [ "$added" -gt 0 ] && [ "$notes" -gt 0 ]
