package consentfile

import (
	"slices"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
)

// readRecord reads the events of a consent record, or of the records within a
// receipt.
func readRecord(n *node, place int, each func(Entry)) {
	types := n.texts("@type")
	switch {
	case slices.Contains(types, "dpv:ConsentReceipt"):
		within := n.nodes("dpv:hasRecordOfActivity")
		if len(within) == 0 {
			each(refuse(place, wrong("dpv:hasRecordOfActivity", "the receipt holds no record")))
		}
		for _, record := range within {
			readOneRecord(record, place, each)
		}
	case slices.Contains(types, "dpv:ConsentRecord"):
		readOneRecord(n, place, each)
	default:
		each(refuse(place, wrong("@type", "this is neither a dpv:ConsentRecord nor a dpv:ConsentReceipt")))
	}
}

// readOneRecord gives an event for every status, and every purpose of it.
func readOneRecord(n *node, place int, each func(Entry)) {
	who, email := subject(n)
	purposes := purposesOf(n)
	statuses := n.all("dpv:hasConsentStatus")
	switch {
	case who == "":
		each(refuse(place, wrong("dpv:hasDataSubject", "the record does not say whose consent this is")))
		return
	case len(purposes) == 0:
		each(refuse(place, wrong("dpv:hasPurpose", "the record does not say for which purpose")))
		return
	case len(statuses) == 0:
		each(refuse(place, wrong("dpv:hasConsentStatus", "the record has no status, so nothing happened yet")))
		return
	}
	for _, v := range statuses {
		for _, purpose := range purposes {
			entry := Entry{Place: place, Email: email}
			entry.Event.Delegate, entry.Event.Purpose = register.ID(who), purpose
			status, _ := v.(*node)
			if err := readStatus(&entry.Event, status, n); err != nil {
				entry = refuse(place, err)
			}
			each(entry)
		}
	}
}

// subject is whose record it is, by id and where there is one by email address.
func subject(n *node) (id, email string) {
	if len(n.all("dpv:hasDataSubject")) == 0 {
		return "", ""
	}
	s := n.node("dpv:hasDataSubject")
	for _, name := range []string{"dct:identifier", "dpv:hasIdentifier", "@id"} {
		if id == "" {
			id = s.text(name)
		}
	}
	if id == "" {
		id = n.text("dpv:hasDataSubject")
	}
	email = strings.TrimPrefix(s.text("schema:email"), "mailto:")
	if rest, ok := strings.CutPrefix(id, "mailto:"); ok && email == "" {
		email = rest
	}
	if strings.Contains(id, "@") && email == "" {
		email = id
	}
	return id, email
}

// purposesOf are the purposes of all processes, each once.
func purposesOf(n *node) []string {
	var all []string
	add := func(s string) {
		if s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	for _, from := range append(n.nodes("dpv:hasProcess"), n) {
		for _, v := range from.all("dpv:hasPurpose") {
			switch v := v.(type) {
			case string:
				add(short(v))
			case *node:
				add(purposeOf(v))
			}
		}
	}
	return all
}

// purposeOf names a purpose: by its id, or by what it is a sort of.
func purposeOf(n *node) string {
	if id := n.text("dct:identifier"); id != "" {
		return id
	}
	for _, name := range []string{"@id", "skos:broader", "dct:description"} {
		if s := n.text(name); s != "" {
			return short(s)
		}
	}
	return ""
}

// readStatus takes what a status says into an event.
func readStatus(e *register.ConsentEvent, s, record *node) error {
	if s == nil {
		return wrong("dpv:hasConsentStatus", "the status does not say when it came about")
	}
	ours := s.node(ledgerMember)
	if ours != nil {
		if err := fillOnly(e, ours, append([]string{"state"}, beyondRecord...)); err != nil {
			return err
		}
	}
	if err := readAct(e, s); err != nil {
		return err
	}
	at := s.text("dpv:isIndicatedAtTime")
	if len(s.all("dpv:isIndicatedAtTime")) > 0 && at == "" {
		return wrong("dpv:isIndicatedAtTime", "this is to be an instant as text, such as 2026-03-02T09:30:00Z")
	}
	var err error
	if e.At, err = readInstant("dpv:isIndicatedAtTime", at); err != nil {
		return err
	}
	e.Method = s.text("dpv:hasIndicationMethod")
	readGiver(e, s)
	readNotice(e, s, record, ours != nil)
	for _, d := range s.nodes("dpv:hasDuration") {
		if !slices.Contains(d.texts("@type"), untilTime) {
			continue
		}
		day := d.text("rdf:value")
		if e.Expires, err = calendar.ParseDate(day[:min(len(day), len("2026-03-02"))]); err != nil {
			return wrong("dpv:hasDuration", "this is not a day such as 2027-03-02")
		}
	}
	return complete(e)
}

// fillOnly takes some of the ledger's members of an object, and passes over any
// other: what the standard has a member for is not said twice.
func fillOnly(e *register.ConsentEvent, n *node, names []string) error {
	some := &node{members: map[string][]any{}}
	for _, name := range names {
		some.members[name] = n.all(name)
	}
	return fill(e, some)
}

// readAct reads the status proper. What the ledger's member says of it must not
// contradict it.
func readAct(e *register.ConsentEvent, s *node) error {
	for _, term := range s.texts("@type") {
		act, known := actOf(term)
		switch {
		case !known:
			continue
		case e.Act == "":
			e.Act = act
		case statusOf(e.Act) != term:
			return wrong("dpv:hasConsentStatus", "the status and %s say different things", ledgerMember)
		}
		return nil
	}
	return wrong("dpv:hasConsentStatus", "this is no status of a consent that is known here")
}

// readGiver reads who answered: the person, or somebody else by name.
func readGiver(e *register.ConsentEvent, s *node) {
	by := s.node("dpv:isIndicatedBy")
	switch {
	case by != nil:
		if e.GivenBy = by.text("dpv:hasName"); e.GivenBy == "" {
			e.GivenBy = by.text("@id")
		}
	case e.Act == register.Asked || e.Act == register.Expired:
	default:
		if who := short(s.text("dpv:isIndicatedBy")); who != "dpv:DataSubject" {
			e.GivenBy = who
		}
	}
}

// readNotice reads which wording was shown. Makers other than us may give one
// for the record as a whole.
func readNotice(e *register.ConsentEvent, s, record *node, ours bool) {
	n := s.node("dpv:hasNotice")
	if n == nil && !ours {
		n = record.node("dpv:hasNotice")
	}
	if n == nil {
		return
	}
	if e.Notice = n.text("dct:identifier"); e.Notice == "" {
		e.Notice = n.text("@id")
	}
	e.NoticeVersion = n.text("schema:version")
}
