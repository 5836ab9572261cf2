package consentfile

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"custos/internal/register"
)

// readReceipt reads the event of a Kantara receipt; of another maker's, one for
// every purpose in it.
func readReceipt(n *node, place int, each func(Entry)) {
	entry := Entry{Place: place}
	e := &entry.Event
	err := readHead(e, n)
	ours := n.node(ledgerMember) // by its prefix, as every name is read
	if err == nil && ours != nil {
		err = readOurs(e, n, ours)
	}
	if err != nil {
		each(refuse(place, err))
		return
	}
	if strings.Contains(string(e.Delegate), "@") {
		entry.Email = string(e.Delegate)
	}
	if ours != nil {
		each(entry)
		return
	}
	purposes := 0
	for _, service := range n.nodes("services") {
		for _, p := range service.nodes("purposes") {
			purposes++
			one := entry
			one.Event.Purpose, one.Event.Act = p.text("purpose"), register.Given
			if err := foreignPurpose(&one.Event, p); err != nil {
				one = refuse(place, err)
			}
			each(one)
		}
	}
	if purposes == 0 {
		each(refuse(place, wrong("purposes", "the receipt names no purpose")))
	}
}

// readHead reads what every receipt has.
func readHead(e *register.ConsentEvent, n *node) (err error) {
	version := n.text("version")
	switch {
	case !strings.HasPrefix(version, "KI-CR-v1.1"):
		return wrong("version", "this is to be %s", kantaraVersion)
	case n.text("piiPrincipalId") == "":
		return wrong("piiPrincipalId", "the receipt does not say whose consent this is")
	}
	e.ID, e.Delegate = register.ID(n.text("consentReceiptID")), register.ID(n.text("piiPrincipalId"))
	e.Method = n.text("collectionMethod")
	e.At, err = readTimestamp(n)
	return err
}

// readTimestamp reads whole seconds since 1970. Text fails the specification's
// own schema; milliseconds pass it and mean another year.
func readTimestamp(n *node) (time.Time, error) {
	const field = "consentTimestamp"
	values := n.all(field)
	if len(values) != 1 {
		return time.Time{}, wrong(field, "the receipt does not say when")
	}
	number, ok := values[0].(json.Number)
	if !ok {
		return time.Time{}, wrong(field, "this is to be whole seconds since 1970 as a number, not text")
	}
	seconds, err := number.Int64()
	if err != nil {
		return time.Time{}, wrong(field, "this is to be whole seconds since 1970")
	}
	return sane(field, time.Unix(seconds, 0))
}

// readOurs reads what only we write, and what the standard members say of the
// same: they must agree.
func readOurs(e *register.ConsentEvent, n, ours *node) error {
	head := *e
	if err := fill(e, ours); err != nil {
		return err
	}
	e.ID, e.Delegate, e.Method = head.ID, head.Delegate, head.Method
	if e.At.Unix() != head.At.Unix() {
		return wrong("consentTimestamp", "it says another second than %s", kantaraMember)
	}
	purposes := n.node("services").nodes("purposes")
	if len(purposes) != 1 || (purposes[0].text("consentType") == explicit) != e.Act.Yes() {
		return wrong("consentType", "it says something else than %s", kantaraMember)
	}
	return complete(e)
}

// foreignPurpose reads a purpose of another maker's receipt. Consent that was
// only implied is none: UK GDPR Art 4(11).
func foreignPurpose(e *register.ConsentEvent, p *node) error {
	kind := strings.ToUpper(p.text("consentType"))
	if kind != explicit {
		return wrong("consentType", "only %s consent counts", explicit)
	}
	if slices.Contains([]string{"", "-"}, e.Purpose) {
		return wrong("purpose", "it does not say for which purpose")
	}
	return complete(e)
}
