#!/usr/bin/env bash
# Does the main job with the real program: first the commands on a fresh store, then the console in a real terminal,
# driven key by key at 80x24 and looked at again at 120x40. Nothing here waits a fixed time for a result: each step
# waits until the screen says so.
set -euo pipefail

work=$(mktemp -d)
socket=custos-e2e-$$
trap 'tmux -L "$socket" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

go build -o "$work/custos" ./cmd/custos
cd "$work"
echo 'seven quiet herons wade' >pass
export CUSTOS_STORE=$work/store CUSTOS_PASSPHRASE_FILE=$work/pass XDG_CONFIG_HOME=$work/config

fail() { echo "e2e: $*" >&2; exit 1; }
says() { # a command's output holds a text
	local text=$1 out
	shift
	out=$("$@") || fail "$* failed"
	grep -qF -- "$text" <<<"$out" || fail "$* does not say: $text"
}

# The commands.
./custos init --profile teaching-school --name 'Elm School' --operator office --recovery-file recovery >/dev/null 2>&1
printf 'URN,EstablishmentName\r\n900001,Elm Primary\r\n' >schools.csv
printf 'Name,Email,URN\r\nAda Sample,ada@example.org,900001\r\n,nobody@example.org,\r\n' >people.csv
says '"new": 1' ./custos organisation import schools.csv --json
says '"refused": 1' ./custos delegate import people.csv --json
ada=$(./custos delegate list --filter ada --json | sed -n 's/.*"id": "\(.*\)".*/\1/p')
says '"due": "2026-04-02"' ./custos request open --right access --delegate "$ada" --received 2026-03-02 --how letter --json
./custos request decide AR-2026-0001 --outcome fulfil --reason 'all of it' >/dev/null
./custos request pack AR-2026-0001 --to reply.zip >/dev/null
[ "$(head -c 2 reply.zip)" = PK ] || fail 'the pack is no archive'
./custos request reply AR-2026-0001 --on 2026-03-20 >/dev/null
says '"state": "closed"' ./custos request close AR-2026-0001 --json
# Consent: asked on paper, given, mailed, taken back, and a list from elsewhere that brings nobody back.
news=(--purpose course-news --channel email)
./custos consent sheet --delegate "$ada" --question course-news:email --record-asked --to sheet.pdf >/dev/null
[ "$(head -c 5 sheet.pdf)" = %PDF- ] || fail 'the consent sheet is no PDF'
says '"allowed": false' ./custos consent may --delegate "$ada" "${news[@]}" --json
./custos consent record --delegate "$ada" "${news[@]}" --state given --method paper --evidence 'sheet 1' >/dev/null
says '"allowed": true' ./custos consent may --delegate "$ada" "${news[@]}" --json
./custos export mailing "${news[@]}" --to mailing.csv >/dev/null
grep -q ada@example.org mailing.csv || fail 'the mailing list lacks somebody who agreed'
says 'withdrawn recorded' ./custos consent withdraw --delegate "$ada" "${news[@]}" --letter withdrawn.pdf
[ "$(head -c 5 withdrawn.pdf)" = %PDF- ] || fail 'the reply is no PDF'
printf '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME\nada@example.org,Ada,Sample,2,2025-03-04 11:00:00,2025-03-04 11:00:00\n' >subscribed_members_export_1.csv
says '"kept_no": 1' ./custos contact import subscribed_members_export_1.csv "${news[@]}" --json
says '"allowed": false' ./custos consent may --delegate "$ada" "${news[@]}" --json
if ./custos export mailing "${news[@]}" --to again.csv 2>/dev/null || [ -e again.csv ]; then fail 'somebody who withdrew is on a mailing list'; fi
# A letter, words taken out of a reply, and an erasure that leaves nothing behind.
./custos request open --right access --delegate "$ada" --received 2026-03-09 --how email >/dev/null
bo=$(./custos delegate add --name 'Bo Removed' --email bo@example.org --json | sed -n 's/.*"id": "\(.*\)".*/\1/p')
./custos request note AR-2026-0002 'Bo Removed rang about it' >/dev/null
./custos request letter AR-2026-0002 acknowledgement --to letter.docx >/dev/null
[ "$(head -c 2 letter.docx)" = PK ] || fail 'the letter is no document'
./custos request redact AR-2026-0002 --words 'Bo Removed' --code third-party --reason 'somebody else' >/dev/null
./custos request decide AR-2026-0002 --outcome fulfil --reason 'all but that' >/dev/null
echo 'marble saddle fennel' >secret
./custos request pack AR-2026-0002 --to reply.pdf --password-file secret >/dev/null
if grep -q 'Ada Sample' reply.pdf; then fail 'a name can be read in the protected reply'; fi
./custos request pack AR-2026-0002 --to clear.zip >/dev/null
./custos request reply AR-2026-0002 --on 2026-03-30 >/dev/null
./custos request close AR-2026-0002 >/dev/null
./custos request open --right erasure --delegate "$bo" --received 2026-03-10 --how letter >/dev/null
./custos request decide ER-2026-0001 --outcome fulfil --ground not-needed --reason 'left the area' >/dev/null
says 'Bo Removed rang about it' ./custos request erase ER-2026-0001 --plan
says 'COMPLETE' ./custos request erase ER-2026-0001 --certificate certificate.pdf
[ "$(head -c 5 certificate.pdf)" = %PDF- ] || fail 'the certificate is no PDF'
says '"residue": []' ./custos request residue --value 'Bo Removed' --json
says '[erased] rang about it' ./custos request show AR-2026-0002
./custos audit export --to trail.jsonl >/dev/null
./custos audit verify --file trail.jsonl >/dev/null || fail 'the exported trail does not verify'
if grep -q 'Ada Sample\|ada@example\|Bo Removed' store/* trail.jsonl; then fail 'a name can be read in the files'; fi
says 'The pack lies' ./custos demo
echo 'e2e: the commands did the main job'

# The console.
unset CUSTOS_PASSPHRASE_FILE
screen() { tmux -L "$socket" capture-pane -p -t console; }
keys() { tmux -L "$socket" send-keys -t console "$@"; }
sees() { # until the screen shows a text, 30 s at most
	local i
	for i in $(seq 150); do
		if screen | grep -qF -- "$1"; then return 0; fi
		sleep 0.2
	done
	screen >&2
	fail "the screen never showed: $1"
}

typed() { tmux -L "$socket" send-keys -t console -l -- "$1"; }

tmux -L "$socket" -f /dev/null new-session -d -s console -x 80 -y 24 "cd '$work' && ./custos --operator office; echo left the console; sleep 600"
sees 'Passphrase'
typed 'wrong words entirely'; keys C-s
sees 'wrong passphrase'
typed 'seven quiet herons wade'; keys C-s
sees 'Custos > Home'
keys 2
sees 'Ada Sample'
keys Enter
sees 'What is held'
keys o
sees 'What is asked for'
keys Down Enter # access
sees 'Type part of the name'
keys C-s # how it came is still to be said
sees 'an answer is needed'
keys Down
sees '> spoken'
keys C-s
sees 'AR-2026-0003 is open'
keys d
sees 'Reasons'
keys Down Enter
typed 'everything'
sees 'everything'
keys C-s
sees 'The decision stands for good'
keys Right
sees '> Decide: fulfil'
keys Space
sees 'ready to reply'
keys b
sees 'AR-2026-0003.zip'
keys C-s
sees 'The pack is'
[ -s "$work/AR-2026-0003.zip" ] || fail 'the console wrote no pack'
keys r
sees 'The reply went out on'
keys C-s
sees 'Close the case'
keys z
sees 'Nothing but notes'
keys Right
sees '> Close the case'
keys Enter
sees 'closed'
keys 7
sees 'request.close'
keys v
sees 'The chain holds'
tmux -L "$socket" resize-window -t console -x 120 -y 40
keys 1
sees 'Requests by week'
keys q
sees 'left the console'
./custos audit verify --passphrase-file pass >/dev/null || fail 'the store did not close cleanly'
echo 'e2e: the console did the main job'
