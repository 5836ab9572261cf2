#!/usr/bin/env bash
# Twenty operators at work at once over real SSH, half by commands and half by keys in consoles, for SECONDS (60 unless
# told). All write notes on one case and change the telephone number of the same two people, so that they get into each
# other's way. At the end the register and the audit trail hold every operation that was said to be done, and no other.
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
    line "$n" passphrase change --new-passphrase-file - < <(cat pass2 pass) >/dev/null
done
line 1 request open --right access --name "'Shared Case'" --received "$(date +%F)" --how email --json >case.json
ref=$(sed -n 's/.*"ref": "\([^"]*\)".*/\1/p' case.json | head -1)
shared=('Aa One' 'Ab Two') # they sort before everybody a command adds
ids=()
for name in "${shared[@]}"; do
    line 0 delegate add --name "'$name'" --phone 0100 --json >person.json
    ids+=("$(sed -n 's/.*"id": "\([^"]*\)".*/\1/p' person.json | head -1)")
done
end=$((SECONDS + seconds))

# What operator N was told goes to said.N (operator, verb, what), told.N (a conflict) and failed.N.
said() { echo "op$1 $2 $3" >>"said.$1"; }
order() { # order N VERB WHAT LINE
    local status=0
    line "$1" "$4" >"out.$1" 2>"err.$1" || status=$?
    if [ "$status" -eq 0 ]; then
        said "$1" "$2" "$3"
    elif [ "$status" -eq 4 ] && grep -q 'while you were typing' "err.$1"; then
        echo "$4" >>"told.$1"
    else
        { echo "$4: exit $status"; cat "err.$1"; } >>"failed.$1"
    fi
}
commands() { # commands N: a person added, a note, a telephone number, for as long as it lasts
    local n=$1 i=0 id
    while [ "$SECONDS" -lt "$end" ]; do
        i=$((i + 1)) id=${ids[$(((n + i) % 2))]}
        order "$n" delegate.add "Crowd-$n-$i" "delegate add --name 'Crowd-$n-$i'"
        order "$n" request.note "note-$n-$i" "request note $ref 'note-$n-$i'"
        if [ $((i % 3)) -ne 1 ]; then continue; fi # the consoles are to get their turn
        order "$n" delegate.change "$id" "delegate change $id --phone 07$(printf '%03d%05d' "$n" "$i")"
    done
}

screen() { tmux -L "$tmux_socket" capture-pane -p -t "op$1"; }
keys() { tmux -L "$tmux_socket" send-keys -t "op$1" "${@:2}"; }
typed() { tmux -L "$tmux_socket" send-keys -t "op$1" -l -- "$2"; }
stuck() { # stuck N STEP: what the console shows where a step came to nothing
    { echo "op$1 in the console: $2"; screen "$1"; } >>"failed.$1"
    return 1
}
sees() { # sees N TEXT STEP: until the screen says so, 60 s at most
    local until=$((SECONDS + 60))
    until grep -qF -- "$2" <<<"$(screen "$1")"; do
        if [ "$SECONDS" -ge "$until" ]; then stuck "$1" "$3: never saw '$2'"; return 1; fi
        sleep 0.2
    done
}
note() { # note N TEXT: on the case, by keys
    keys "$1" 4 && sees "$1" "> $ref" 'the list of cases' || return 1
    keys "$1" Enter && sees "$1" 'n note' 'the case' || return 1
    keys "$1" n && sees "$1" '│ Note (required)' 'the form of a note' || return 1
    typed "$1" "$2" && sees "$1" "│ $2" 'typing a note' || return 1
    keys "$1" C-s && sees "$1" 'The note is kept.' 'keeping a note' || return 1
    said "$1" request.note "$2"
}
phone() { # phone N PERSON NUMBER: of a shared person, by keys
    local n=$1 who=$2
    keys "$n" 2 && sees "$n" "${shared[0]}" 'the list of people' || return 1
    keys "$n" Home && sees "$n" "> [ ] ${shared[0]}" 'the first of the people' || return 1
    if [ "$who" -eq 1 ]; then keys "$n" Down; fi
    sees "$n" "> [ ] ${shared[who]}" 'the person in the list' || return 1
    keys "$n" Enter && sees "$n" "Delegates > ${shared[who]}" 'the person' || return 1
    sees "$n" 'e edit' 'the keys of the person' || return 1
    keys "$n" e && sees "$n" 'Full name (mandatory)' 'the form of a person' || return 1
    keys "$n" Tab Tab Tab Tab && sees "$n" '│ Phone number' 'the question for the number' || return 1
    keys "$n" C-u && typed "$n" "$3" && sees "$n" "$3" 'typing a number' || return 1
    keys "$n" C-s
    finish "$n" "${ids[who]}"
}
finish() { # finish N ID: goes on, past what others did meanwhile, until the console says that it is changed
    local n=$1 id=$2 until=$((SECONDS + 60)) shown was='' answered='' again=0 told=0 key
    while [ "$SECONDS" -lt "$until" ]; do
        shown=$(screen "$n" | tr -s '\n ' ' ') # what is said may be broken anywhere
        if grep -qF "Changed $id." <<<"$shown" && ! grep -q "> Change op$n" <<<"$shown"; then
            said "$n" delegate.change "$id"
            return
        elif [ "$told" -eq 0 ] && grep -q -E 'meanwhile|while you were typing|Theirs: ' <<<"$shown"; then
            told=1
            echo "$id" >>"told.$n"
        fi
        key=
        if [ "$shown" != "$was" ]; then
            was=$shown until=$((SECONDS + 60)) # it may be on its way: nothing is pressed until it stands
        elif grep -qF 'Theirs: ' <<<"$shown"; then
            if grep -qF '> Mine' <<<"$shown"; then key=C-s; else key=Down; fi
        elif grep -q -E 'Check and finish again|while you were typing' <<<"$shown"; then
            key=C-s
        fi
        # A key that shows nothing yet waits its turn: pressed twice it would be taken twice.
        if [ -n "$key" ] && { [ "$shown" != "$answered" ] || [ "$SECONDS" -ge "$again" ]; }; then
            answered=$shown again=$((SECONDS + 15))
            keys "$n" "$key"
        fi
        sleep 0.3
    done
    stuck "$n" 'changing a number: never said to be changed'
}
console() { # console N: a note and a telephone number in turn, for as long as it lasts
    local n=$1 i=0
    sees "$n" '> Home' 'coming in' || return 0
    while [ "$SECONDS" -lt "$end" ]; do
        i=$((i + 1))
        note "$n" "note-$n-$i" || break
        phone "$n" $(((n + i) % 2)) "07$(printf '%03d%05d' "$n" "$i")" || break
    done
    if [ "$SECONDS" -lt "$end" ]; then echo "op$n left off at $i" >>"failed.$n"; fi
    sees "$n" 'Custos >' 'still being in the console' || return 0
}

workers=()
for n in $(seq 11 20); do
    tmux -L "$tmux_socket" -f /dev/null new-session -d -s "op$n" -x 100 -y 30 \
        "ssh -t -p $port -i $dir/key$n -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=$dir/known 127.0.0.1; echo ended with \$?; sleep 1000"
done
for n in $(seq 1 20); do
    if [ "$n" -le 10 ]; then commands "$n" & else console "$n" & fi
    workers+=($!)
done
for pid in "${workers[@]}"; do wait "$pid"; done
kill -TERM "$server"
wait "$server" || { echo "the server ended badly"; tail -20 events; exit 1; }
server=

# What was said to be done, against the trail by operator and verb, and against the register by words and by revision.
touch said.{1..20} told.{1..20} failed.{1..20}
./custos audit list --json >trail.json
awk -F'"' '$2 == "operator" { who = $4 } $2 == "verb" { print who, $4 }' trail.json |
    grep -E '^op[0-9]+ (delegate\.|request\.note)' | sort >trail
cut -d' ' -f1,2 said.* | sort >said
comm -3 said trail | tee differs | head -20
./custos delegate list --json >people.json
./custos request show "$ref" --json >shown.json
cat said.* | grep -v ' delegate\.change ' | cut -d' ' -f3 | sort >words
{ grep -o -E '"(Crowd|note)-[0-9-]*"' people.json shown.json -h || true; } | tr -d '"' | sort -u >held
comm -3 words held | tee -a differs | head -20
for id in "${ids[@]}"; do
    ./custos delegate show "$id" --json >person.json
    revision=$(sed -n 's/^    "revision": \([0-9]*\).*/\1/p' person.json)
    changes=$(cat said.* | grep -c " delegate.change $id$" || true)
    [ "$revision" -eq $((changes + 1)) ] || echo "$id was changed $((revision - 1)) times, said $changes" | tee -a differs
done
./custos check >/dev/null || { echo 'the store is not whole'; exit 1; }
./custos audit verify >/dev/null || { echo 'the trail is not whole'; exit 1; }

by_command=$(cat said.{1..10} | wc -l)
by_console=$(cat said.{11..20} | wc -l)
idle=$(for n in $(seq 1 20); do [ -s "said.$n" ] || echo "op$n"; done)
lost=$(wc -l <differs)
failed=$(cat failed.* | wc -l)
echo "$seconds s; said done by console $by_console, by command $by_command; found in the trail $(wc -l <trail);" \
    "conflicts told by console $(cat told.{11..20} | wc -l), by command $(cat told.{1..10} | wc -l);" \
    "lost or not said $lost; failed $failed"
if [ -n "$idle" ]; then echo "nothing was done by" $idle; fi
head -qn 60 failed.* | head -120
[ "$failed" -eq 0 ] && [ "$lost" -eq 0 ] && [ -z "$idle" ]
