package consentfile

import (
	"fmt"
	"io"
	"slices"

	"custos/internal/register"
)

// recordWriter writes a consent record for every question a person was asked,
// with what happened to it as its statuses.
type recordWriter struct {
	out    *array
	office *Office
	person []register.ConsentEvent // what the current person said so far
	facts  map[string]process      // by purpose: the same for everybody
}

// process is what a record says about a purpose.
type process struct {
	bases   []any
	notice  object
	process object
}

func newRecordWriter(w io.Writer, o *Office) (*recordWriter, error) {
	head, err := encode(context())
	if err != nil {
		return nil, err
	}
	return &recordWriter{
		out: newArray(w, `{"@context":`+string(head)+`,"@graph":[`, "]}"), office: o, facts: map[string]process{},
	}, nil
}

// newReceiptWriter writes the receipt of one person, with their records in it.
func newReceiptWriter(w io.Writer, o *Office) (*receiptWriter, error) {
	inner, err := newRecordWriter(w, o)
	return &receiptWriter{inner: inner}, err
}

func (r *recordWriter) Write(e register.ConsentEvent) error {
	if len(r.person) > 0 && r.person[0].Delegate != e.Delegate {
		if err := r.flush(); err != nil {
			return err
		}
	}
	r.person = append(r.person, e)
	return nil
}

func (r *recordWriter) Close() error {
	if err := r.flush(); err != nil {
		return err
	}
	return r.out.end()
}

func (r *recordWriter) flush() error {
	for _, record := range r.records() {
		if err := r.out.add(record); err != nil {
			return err
		}
	}
	r.person = r.person[:0]
	return nil
}

// records makes a record of each question, in the order they came up.
func (r *recordWriter) records() []any {
	var keys []register.ConsentKey
	asked := map[register.ConsentKey][]*register.ConsentEvent{}
	for i := range r.person {
		e := &r.person[i]
		if asked[e.Key()] == nil {
			keys = append(keys, e.Key())
		}
		asked[e.Key()] = append(asked[e.Key()], e)
	}
	all := make([]any, len(keys))
	for i, key := range keys {
		all[i] = r.record(key, asked[key])
	}
	return all
}

func (r *recordWriter) record(key register.ConsentKey, events []*register.ConsentEvent) object {
	about, known := r.facts[key.Purpose]
	if !known {
		about = r.about(key.Purpose)
		r.facts[key.Purpose] = about
	}
	statuses := make([]any, len(events))
	for i, e := range events {
		statuses[i] = status(e)
	}
	process := append(slices.Clone(about.process), member{"dpv:hasPersonalData", r.data(key)})
	first := string(events[0].ID)
	return object{
		{"@id", spaceIRI + first},
		{"@type", "dpv:ConsentRecord"},
		{"dct:identifier", first},
		{"dct:conformsTo", conformsRecord},
		{"dpv:hasDataSubject", object{{"@type", "dpv:DataSubject"}, {"dct:identifier", string(events[0].Delegate)}}},
		{"dpv:hasDataController", r.controller()},
		{"dpv:hasJurisdiction", "loc:GB"},
		{"dpv:hasApplicableLaw", []any{"legal-gb:law-GDPR", "legal-gb:law-DPA"}},
		{"dpv:hasLegalBasis", about.bases},
		{"dpv:hasNotice", about.notice},
		{"dpv:hasProcess", []any{process}},
		{"dpv:hasConsentControl", object{{"@type", "dpv:WithdrawConsent"}, {"dpv:isExercisedAt", r.exercised()}}},
		{"dpv:hasRight", []any{object{
			{"@type", []any{"dpv:DataSubjectRight", "eu-gdpr:A7-3"}}, {"dct:title", "Right to withdraw consent"},
		}}},
		{"dpv:hasConsentStatus", statuses},
	}
}

// about is what a record says of a purpose. One the profile does not know is
// named and no more.
func (r *recordWriter) about(id string) process {
	p := r.office.Profile
	x, known := p.Purpose(id)
	purpose := object{{"@type", "dpv:Purpose"}, {"dct:identifier", id}}
	if !known {
		return process{process: object{{"@type", "dpv:Process"}, {"dpv:hasPurpose", purpose}}}
	}
	if x.Marketing {
		purpose = append(purpose, member{"skos:broader", "dpv:DirectMarketing"})
	}
	purpose = append(purpose, member{"dct:title", x.Title}, member{"dct:description", x.Wording})
	var facts process
	for _, b := range x.Bases {
		if term := basisTerm(b.Basis); !slices.Contains(facts.bases, any(term)) {
			facts.bases = append(facts.bases, term)
		}
	}
	facts.notice = r.notice(x.Notice)
	facts.process = object{
		{"@type", "dpv:Process"},
		{"dpv:hasPurpose", purpose},
		{"dpv:hasRecipient", r.recipients(x)},
		{"dpv:hasStorageCondition", r.storage(x.Retention)},
	}
	return facts
}

// notice describes the wording of a purpose as the profile has it now.
func (r *recordWriter) notice(id string) object {
	versions := r.office.Profile.NoticeVersions(id)
	if len(versions) == 0 {
		return nil
	}
	n := versions[0]
	return object{
		{"@type", "dpv:ConsentNotice"}, {"dct:identifier", n.ID}, {"schema:version", n.Version}, {"dct:title", n.Title},
		{"dct:language", r.office.Profile.Language}, {"dct:date", n.From.String()},
	}
}

func (r *recordWriter) recipients(x register.Purpose) []any {
	var all []any
	for _, id := range x.Recipients {
		to, ok := r.office.Profile.Recipient(id)
		if !ok {
			continue
		}
		o := object{{"@type", "dpv:Recipient"}, {"dct:identifier", to.ID}, {"dpv:hasName", to.Name}}
		for _, t := range r.office.Profile.Transfers {
			if t.Recipient == id {
				o = append(o, member{"dct:description", "Transferred to " + t.Country + ": " + t.Safeguard})
				break
			}
		}
		all = append(all, o)
	}
	return all
}

func (r *recordWriter) storage(class string) []any {
	all := []any{object{{"@type", "dpv:StorageLocation"}, {"dpv:hasLocation", "loc:GB"}}}
	rule, ok := r.office.Profile.RetentionRule(class)
	if !ok {
		return all
	}
	duration := object{{"@type", "dpv:UntilEventDuration"}, {"rdf:value", rule.Words()}}
	if p := isoPeriod(rule.Period); p != "" {
		duration = object{{"@type", "dpv:TemporalDuration"}, {"rdf:value", p}, {"dct:description", rule.Words()}}
	}
	return append(all, object{{"@type", "dpv:StorageDuration"}, {"dpv:hasDuration", duration}})
}

// data are the sorts of data a question is about: the address it goes to, and
// what the purpose uses in the profile's words.
func (r *recordWriter) data(key register.ConsentKey) []any {
	var all []any
	if address := channelData(key.Channel); address != "" {
		all = append(all, object{{"@type", "dpv:PersonalData"}, {"skos:broader", address}})
	}
	x, _ := r.office.Profile.Purpose(key.Purpose)
	for _, category := range x.Categories {
		types := []any{"dpv:PersonalData"}
		if special(r.office.Profile, category) {
			types = append(types, "dpv:SpecialCategoryPersonalData")
		}
		all = append(all, object{{"@type", types}, {"dct:title", category}})
	}
	return all
}

// special reports whether a category is of UK GDPR Art 9.
func special(p *register.Profile, category string) bool {
	for _, k := range p.Kinds {
		for _, f := range k.Fields {
			if f.Special && f.Category == category {
				return true
			}
		}
	}
	return false
}

func (r *recordWriter) controller() object {
	o := object{{"@type", []any{"dpv:DataController", "dpv:Organisation"}}, {"dpv:hasName", r.office.Controller}}
	if c, ok := r.office.contact(); ok {
		o = append(o, member{"dpv:hasContact", c.Title + ": " + c.How})
	}
	return o
}

// exercised says where consent is taken back.
func (r *recordWriter) exercised() string {
	if c, ok := r.office.contact(); ok {
		return c.Title + ": " + c.How
	}
	return r.office.Controller
}

// contact is whom people may turn to: the first point that is not the regulator.
func (o *Office) contact() (register.ContactPoint, bool) {
	for _, c := range o.Profile.Contacts {
		if c.Role != "regulator" {
			return c, true
		}
	}
	return register.ContactPoint{}, false
}

// status is one event of a record.
func status(e *register.ConsentEvent) object {
	by := any("dpv:DataSubject")
	switch {
	case e.GivenBy != "":
		by = object{{"@type", "dpv:Entity"}, {"dpv:hasName", e.GivenBy}}
	case e.Act == register.Asked || e.Act == register.Expired:
		by = "dpv:DataController"
	}
	o := object{
		{"@type", []any{statusOf(e.Act)}},
		{"dpv:isIndicatedBy", by},
		{"dpv:hasIndicationMethod", e.Method},
		{"dpv:isIndicatedAtTime", writeInstant(e.At)},
		{"dpv:hasDuration", duration(e)},
	}
	if e.Act.Yes() {
		o[0].value = []any{statusOf(e.Act), "dpv:ExpressedConsent"}
	}
	if e.Notice != "" || e.NoticeVersion != "" {
		o = append(o, member{"dpv:hasNotice", object{
			{"@type", "dpv:ConsentNotice"}, {"dct:identifier", e.Notice}, {"schema:version", e.NoticeVersion},
		}})
	}
	return append(o, member{ledgerMember, ledger(e, func(name string) bool {
		return slices.Contains(beyondRecord, name) || name == "state" && e.Act == register.Objected
	})})
}

// beyondRecord are the fields ISO/IEC TS 27560 has no member for.
var beyondRecord = []string{
	"id", "channel", "brand", "recorded", "recorded_by", "evidence", "wording_digest", "authority", "collected",
	"corrects",
}

func duration(e *register.ConsentEvent) object {
	switch {
	case !e.Expires.IsZero():
		return object{{"@type", untilTime}, {"rdf:value", e.Expires.String()}}
	case e.Act.Yes():
		return object{{"@type", "dpv:UntilEventDuration"}, {"rdf:value", "withdrawal"}}
	}
	return nil
}

const untilTime = "dpv:UntilTimeDuration"

// receiptWriter writes all of one person's records into their receipt.
type receiptWriter struct{ inner *recordWriter }

func (r *receiptWriter) Write(e register.ConsentEvent) error {
	if who := r.inner.person; len(who) > 0 && who[0].Delegate != e.Delegate {
		return wrong("as", "a receipt is for one person; choose %s for several", ISO27560)
	}
	return r.inner.Write(e)
}

func (r *receiptWriter) Close() error {
	in := r.inner
	if len(in.person) == 0 {
		return register.Errorf(register.Refused, "", "there is no consent on record to give a receipt for")
	}
	id := "receipt-" + string(in.person[0].Delegate) + "-" + in.office.At.UTC().Format("20060102T150405Z")
	receipt := object{
		{"@context", context()},
		{"@id", spaceIRI + id},
		{"@type", "dpv:ConsentReceipt"},
		{"dct:identifier", id},
		{"dct:conformsTo", conformsReceipt},
		{"dct:created", writeInstant(in.office.At)},
		{"dct:publisher", in.controller()},
		{"schema:recipient", "dpv:DataSubject"},
		{"dpv:hasRecordOfActivity", in.records()},
	}
	p, err := encode(receipt)
	if err != nil {
		return err
	}
	if err := in.out.put(string(p), "\n"); err != nil {
		return err
	}
	if err := in.out.w.Flush(); err != nil {
		return fmt.Errorf("json: %w", err)
	}
	return nil
}
