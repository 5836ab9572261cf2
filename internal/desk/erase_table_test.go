package desk_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/store"
)

// planting says of a collection which of its texts anybody may be named in, by
// the names textPaths gives them.
type planting struct {
	free  string // may name anybody
	own   string // name the person the record is about
	codes string // hold ids, codes and logins
	// base makes a record, about the person where it is about anybody, to be
	// filled with texts; nil: nobody can be named in it.
	base func(id string, who register.ID) any
}

// plantings has every collection and every text in it: a test holds it to that.
// Whoever adds a text says here whether it may name somebody.
var plantings = map[string]planting{
	"Backups": {codes: "by folder file sha256 audit_head generation"},
	"Batches": {
		free: "file", codes: "noun by",
		base: func(id string, _ register.ID) any { return &register.Batch{ID: register.ID("I" + id)} },
	},
	"Bookings": {
		free: "special_requirements feedback",
		base: func(id string, who register.ID) any {
			return &register.Booking{ID: register.ID("B" + id), Delegate: who, State: register.Booked}
		},
	},
	"Breaches": {
		free:  "what data effects measures reference late_because not_reported not_told",
		codes: "by judged_by closed_by",
		base:  func(id string, _ register.ID) any { return &register.Breach{ID: register.ID("W" + id)} },
	},
	"Consents": {
		free:  "evidence given_by authority",
		codes: "purpose channel brand recorded_by method notice notice_version wording_digest collected",
		base: func(id string, who register.ID) any {
			return &register.ConsentEvent{
				ID: register.ID("K" + id), Delegate: who, Purpose: "course-news", Channel: "email", Act: register.Asked, At: noon,
				Recorded: noon, Method: "paper",
			}
		},
	},
	"Courses": {
		free: "title venue", codes: "code",
		base: func(id string, _ register.ID) any { return &register.Course{ID: register.ID("C" + id)} },
	},
	"Delegates": {
		free:  "job_title fields{} fields[] status_reason former_status.reason sources[].how sources[].detail",
		own:   "name given_name family_name email phone",
		codes: "kind restrictions[].case restrictions[].ground sources[].fields[]",
		base: func(id string, who register.ID) any {
			if who == "" {
				who = register.ID("D" + id)
			}
			return &register.Delegate{ID: who, Kind: "delegate", Name: "Bo Lindqvist", Status: register.Active}
		},
	},
	"Disclosed": {
		free: "what", codes: "recipient fields[]",
		base: func(id string, who register.ID) any {
			return &register.DisclosedTo{Delegate: who, Disclosure: register.ID("X" + id), Recipient: "booking-school"}
		},
	},
	"Disclosures": {
		free: "what",
		codes: "purpose recipient recipient_role fields[] format sha256 method encryption request prepared_by approved_by channel" +
			" brand on_behalf left_out[].reason audit_head",
		base: func(id string, _ register.ID) any { return &register.Disclosure{ID: register.ID("X" + id)} },
	},
	"Drafts": {
		free: "values{} values[] was{} was[]", codes: "operator form",
		base: func(id string, who register.ID) any {
			return &register.Draft{Operator: "office", Form: id, Subject: who}
		},
	},
	"Erasures": {codes: "request by removed{} masked{} kept{} plan_sha256 touched[].collection touched[].key"},
	"Holds": {
		free: "reason because", codes: "kind by released_by",
		base: func(id string, who register.ID) any {
			return &register.Hold{ID: register.ID("H" + id), Delegate: who, Kind: "claim", Released: calendar.LondonDate(noon)}
		},
	},
	"Memberships": {
		free: "role source.how source.detail", codes: "access_level source.fields[]",
		base: func(id string, who register.ID) any {
			return &register.Membership{ID: register.ID("M" + id), Delegate: who, Organisation: "O0000000000000"}
		},
	},
	"Operators": {codes: "name created_by keys[].fingerprint keys[].key keys[].label keys[].added_by"},
	"Organisations": {
		free: "name type phase la_name street locality address_3 town county postcode website phone email links[].name links[].type" +
			" sources[].how sources[].detail",
		codes: "urn ukprn la_code establishment_number company_number links[].urn sources[].fields[]",
		base: func(id string, _ register.ID) any {
			return &register.Organisation{ID: register.ID("O" + id), Status: register.Open}
		},
	},
	"Preferences": {
		free: "filters[].words filters[].name", codes: "operator theme exports pinned[].kind pinned[].id recent[].kind recent[].id" +
			" filters[].list filters[].sort filters[].narrow[] hidden_columns{} hidden_columns[][]",
		base: func(id string, _ register.ID) any { return &register.Preferences{Operator: id} },
	},
	"Requests":     requestPlanting,
	"Settings":     settingsPlanting,
	"Suppressions": suppressionPlanting,
	"Templates": {
		free: "subject body", codes: "by",
		base: func(string, register.ID) any { return &register.LetterTemplate{Kind: register.LetterFee} },
	},
}

var suppressionPlanting = planting{
	free: "reason lifted_because", codes: "hash kind channel scope source by lifted_by",
	base: func(id string, _ register.ID) any {
		return &register.Suppression{ID: register.ID("S" + id), Hash: strings.Repeat("0", 64), Kind: "email", Scope: "all"}
	},
}

var requestPlanting = planting{
	free: "name requester relation sender events[].text events[].to events[].evidence events[].change.before events[].change.after" +
		" events[].balance.interests events[].balance.impact events[].balance.purposes[] choices[].reason choices[].passage" +
		" documents[].title documents[].where documents[].reason redactions[].words redactions[].reason keeps[].reason keeps[].until" +
		" recipients[].name recipients[].had[].what recipients[].how recipients[].unable visit.office visit.question" +
		" visit.held[].entries[].lines[].label visit.held[].entries[].lines[].value visit.held[].entries[].lines[].source",
	codes: "ref how owner events[].by events[].grounds[] events[].covers events[].task events[].case events[].change.field" +
		" deadline.steps[].rule deadline.steps[].source deadline.rule_version former_deadlines[].deadline.steps[].rule" +
		" former_deadlines[].deadline.steps[].source former_deadlines[].deadline.rule_version choices[].collection choices[].record" +
		" choices[].field choices[].sha256 choices[].code choices[].by documents[].sha256 documents[].by redactions[].code" +
		" redactions[].by keeps[].collection keeps[].record keeps[].ground keeps[].by erasure_plan_sha256 recipients[].recipient" +
		" recipients[].role recipients[].had[].fields[] visit.ref visit.by visit.sha256 visit.held[].collection visit.held[].title" +
		" visit.held[].purpose visit.held[].entries[].id visit.held[].entries[].lines[].field",
	base: func(id string, who register.ID) any {
		day := calendar.LondonDate(noon)
		return &register.Request{
			Ref: "EN-2026-" + id[len(id)-4:], Right: calendar.Enquiry, Delegate: who, Nation: calendar.EnglandAndWales, How: "letter",
			Owner: "office",
			Events: []register.RequestEvent{
				{Seq: 1, Kind: register.Received, On: day}, {Seq: 2, Kind: register.Replied, On: day},
				{Seq: 3, Kind: register.CaseClosed, On: day},
			},
		}
	},
}

// settingsPlanting fills the settings as they are, not new ones.
var settingsPlanting = planting{
	free: "office profile.title profile.summary profile.regulator profile.source profile.special profile.withhold profile.on_behalf" +
		" profile.layered profile.retained profile.requests profile.complaint profile.automated profile.kinds[].title" +
		" profile.kinds[].fields[].title profile.kinds[].fields[].category profile.kinds[].fields[].consequence" +
		" profile.access_levels[].title profile.access_levels[].means profile.channels[].title" +
		" profile.brands[].title profile.purposes[].title profile.purposes[].wording profile.purposes[].bases[].note" +
		" profile.purposes[].categories[] profile.purposes[].article9 profile.notices[].title profile.notices[].text" +
		" profile.recipients[].name profile.recipients[].why profile.transfers[].safeguard profile.retention[].title" +
		" profile.retention[].authority profile.rights[].title profile.rights[].note profile.contacts[].title profile.contacts[].how" +
		" profile.profiling[].title regulator regulator_contact address exemptions[].title exemptions[].source exemptions[].note" +
		" mappings[]{} judgements[].was judgements[].becomes judgements[].link judgements[].context judgements[].nature" +
		" judgements[].consequences judgements[].safeguards judgements[].reason told[].how lost_folders[].reason",
	codes: "profile.name profile.version profile.language profile.kinds[].id profile.kinds[].subscriber profile.kinds[].fields[].id" +
		" profile.kinds[].fields[].type profile.kinds[].fields[].options[] profile.kinds[].fields[].columns[]" +
		" profile.access_levels[].id profile.channels[].id profile.brands[].id profile.purposes[].id" +
		" profile.purposes[].bases[].kinds[] profile.purposes[].bases[].access[] profile.purposes[].channels[]" +
		" profile.purposes[].brands[] profile.purposes[].recipients[] profile.purposes[].retention profile.purposes[].notice" +
		" profile.purposes[].soft_opt_in profile.purposes[].lasts profile.notices[].id profile.notices[].version" +
		" profile.recipients[].id profile.recipients[].role profile.recipients[].country profile.transfers[].recipient" +
		" profile.transfers[].country profile.retention[].class profile.retention[].trigger profile.retention[].period" +
		" profile.retention[].action profile.contacts[].role profile.profiling[].field profile.profiling[].as holidays terms" +
		" exemptions[].code mappings{} mappings[][] sequences{} judgements[].purpose judgements[].by told[].notice told[].version" +
		" told[].by backup_to rings_due{} exports lost_folders[].folder lost_folders[].by",
	base: func(string, register.ID) any { return &register.Settings{} },
}

// TestEveryTextIsInTheTable fails for a new collection or a new text until the
// table says whether it may name somebody.
func TestEveryTextIsInTheTable(t *testing.T) {
	all := collectionsOf()
	if len(all) != len(plantings) {
		t.Errorf("%d collections, %d in the table", len(all), len(plantings))
	}
	for _, c := range all {
		p := plantings[c.name]
		listed := strings.Fields(p.free + " " + p.own + " " + p.codes)
		there := textPaths("", c.of)
		for _, path := range there {
			if !slices.Contains(listed, path) {
				t.Errorf("%s %s is not in the table: may it name somebody?", c.name, path)
			}
		}
		for _, path := range listed {
			if !slices.Contains(there, path) {
				t.Errorf("%s has no text %s", c.name, path)
			}
		}
	}
}

// plant puts a record of a collection whose every free text holds a text, and
// returns in how many it stands.
func plant(t testing.TB, tx *store.Tx, name, id, text string, who register.ID) int {
	t.Helper()
	p := plantings[name]
	table := reflect.ValueOf(tx).MethodByName(name).Call(nil)[0]
	v := reflect.ValueOf(p.base(id, who)).Elem()
	if name == "Settings" {
		v.Set(table.MethodByName("Get").Call(nil)[0])
	}
	free := strings.Fields(p.free)
	f := filler{text: text, free: func(path string) bool { return slices.Contains(free, path) }}
	f.fill("", v)
	if err, _ := table.MethodByName("Put").Call([]reflect.Value{v})[0].Interface().(error); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f.n
}
