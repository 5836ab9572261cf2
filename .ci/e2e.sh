#!/usr/bin/env bash
# Does the main job with the real program: first the commands on a fresh store, then the console in lines by a pipe,
# then the console in a real terminal, with the same keys at four sizes, and resized while it is open. Nothing here
# waits a fixed time for a result: each step waits until the screen says so.
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

# One store with nothing but an office in it: every run of the console below begins with a copy. Making a store and
# opening it are made costly on purpose, so it is made once.
./custos init --store office --profile teaching-school --name 'Elm School' --operator office --recovery-file paper >/dev/null 2>&1
unset CUSTOS_STORE CUSTOS_PASSPHRASE_FILE
passphrase='seven quiet herons wade'

# The console in lines: what is typed comes by a pipe, a person and a case come of it.
cp -r office lines
printf '%s\n' "$passphrase" 'go delegates' new 1 'Bo Listed' '' '' bo@example.org finish yes \
	'open a case' access '' '' '' email finish yes 'go requests' quit |
	./custos --accessible --operator office --store lines >said || fail 'the console in lines did not end well'
for text in 'Type it. Enter leaves it out.' '4. Email address: bo@example.org' 'Bo Listed, Delegates, Custos.' \
	'AR-2026-0001 is open; the reply is due by' '1 row, row 1 is selected'; do
	grep -qF -- "$text" said || { cat said >&2; fail "the console in lines never said: $text"; }
done
if grep -q "$passphrase" said; then fail 'the passphrase is said'; fi
if grep -q $'\e' said; then fail 'a control sequence stands among the lines'; fi
says '"ref": "AR-2026-0001"' ./custos request list --json --store lines --passphrase-file pass
echo 'e2e: the console did a job in lines'

# The console.
screen() { tmux -L "$socket" capture-pane -p -t console; }
keys() { tmux -L "$socket" send-keys -t console "$@"; }
typed() { tmux -L "$socket" send-keys -t console -l -- "$1"; }
size=
await() { # until a command succeeds on the screen, 30 s at most
	local i
	for i in $(seq 300); do
		screen >shown
		if "$@" <shown; then return 0; fi
		sleep 0.1
	done
	cat shown >&2
	return 1
}
sees() { await grep -qF -- "$1" || fail "at $size the screen never showed: $1"; }
framed() { # what stands at the top and at the bottom of every screen of the console is there
	sees 'Custos > '
	[[ $(head -n 1 shown) == 'Custos > '* ]] || fail "at $size the top is lost: $(head -n 1 shown)"
	[ -n "$(tail -n 1 shown)" ] || fail "at $size the line of keys is lost"
}

# One size is enough for this.
refused_passphrase() {
	typed 'wrong words entirely'
	keys C-s
	sees 'wrong passphrase'
}

add_person() {
	keys 2
	sees 'No person is like that.'
	framed
	keys n
	sees 'What kind of person?'
	keys Enter # the first of them
	sees 'Full name (mandatory)'
	typed 'Ada Sample'
	keys Enter Enter Enter # the names she is called by are left out
	typed 'ada@example.org'
	sees ': ada@example.org'
	keys C-s
	sees 'What is held'
	sees 'Ada Sample'
	framed
}

record_consent() {
	keys c
	sees 'For what, and how it stands'
	keys Down Down
	sees '> News of our courses by email'
	keys Enter Down Down
	sees '> given'
	keys Enter Enter Down Down
	sees '> paper'
	keys Enter
	typed 'sheet 1'
	sees ': sheet 1'
	keys C-s
	sees 'What is held'
	keys C # every event
	sees 'Ada Sample > Consents'
	sees 'given'
	framed
	keys Escape
	sees 'What is held'
}

open_case() {
	keys o
	sees 'What is asked for'
	keys Down Enter # access
	sees 'Type part of the name'
	keys C-s # how it came is still to be said
	sees 'an answer is needed'
	keys Down Down Down
	sees '> email'
	keys C-s
	sees 'AR-2026-0001 is open'
	sees 'NEXT: Decide'
	framed
}

ask_identity() {
	keys i
	sees 'Asked on'
	keys C-s
	sees 'The clock waits for proof of identity.'
	sees 'CLOCK STOPPED'
	keys i
	sees 'Proof of identity came on'
	keys C-s
	sees 'Proof of identity is recorded.'
	sees 'days left'
}

decide() {
	keys d
	sees 'Decision (required)'
	keys Down Enter
	typed 'everything'
	sees 'everything'
	keys C-s
	sees 'The decision stands for good'
	keys Right
	sees '> Decide: fulfil'
	keys Space
	sees 'ready to reply'
	sees 'NEXT: Build the pack'
	framed
}

letter_and_pack() {
	keys L
	sees 'Acknowledgement of a request'
	framed
	keys w
	sees 'A file that exists'
	keys C-s
	sees 'The letter is'
	keys Escape
	sees 'NEXT: Build the pack'
	keys b
	sees 'AR-2026-0001.zip'
	keys C-s
	sees 'The pack is'
	[ -s AR-2026-0001.zip ] || fail "at $size the console wrote no pack"
	[ -n "$(find . -name 'AR-2026-0001-*.pdf' -size +0)" ] || fail "at $size the console wrote no letter"
}

reply_and_close() {
	keys r
	sees 'The reply went out on'
	keys C-s
	sees 'NEXT: Close the case'
	keys z
	sees 'Nothing but notes'
	keys Right
	sees '> Close the case'
	keys Enter
	sees 'The case is closed.'
	framed
}

audited() {
	keys 7
	sees 'request.close'
	sees 'consent.record'
	framed
	keys v
	sees 'The chain holds'
}

home() {
	keys 1
	sees 'Custos > Home'
	sees 'No case is open. 1 person (1 incomplete)'
	sees 'AR-2026-0001'
	framed
}

opened() { # the console on a store of its own, in a folder of its own
	size=$1
	mkdir "$work/$size"
	cd "$work/$size"
	cp -r ../office store
	tmux -L "$socket" -f /dev/null new-session -d -s console -x "${size%x*}" -y "${size#*x}" \
		"cd '$PWD' && ../custos --operator office --store store; echo left the console with \$?; exec cat"
	sees 'Passphrase'
	if [ "$size" = 80x24 ]; then refused_passphrase; fi
	typed "$passphrase"
	keys C-s
	sees 'Custos > Home'
	framed
}

left() {
	keys q
	sees 'left the console with 0'
	tmux -L "$socket" kill-session -t console
	../custos audit verify --store store --passphrase-file ../pass >/dev/null || fail "at $size the store did not close cleanly"
	echo "e2e: the console did the main job at $size"
}

same() { cmp -s - "$1"; }
resized() { # home at another size, while it is open, is home as it was drawn at that size
	tmux -L "$socket" resize-window -t console -x "${1%x*}" -y "${1#*x}"
	await same "$work/$1/home" || fail "resized to $1, the screen is not the one it should be"
}

for at in 60x18 80x24 200x60 120x40; do
	opened "$at"
	add_person
	record_consent
	open_case
	ask_identity
	decide
	letter_and_pack
	reply_and_close
	audited
	home
	screen >home
	if [ "$at" = 120x40 ]; then
		sees 'Requests by week'
		resized 60x18
		resized 120x40
	fi
	left
done
says '"email": "ada@example.org"' ../custos delegate list --json --store store --passphrase-file ../pass
echo 'e2e: what is drawn is whole when the terminal changes its size'
