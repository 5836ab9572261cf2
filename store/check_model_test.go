package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"custos/internal/register"
)

// TestMemoryIsHeldAgainstTheRecords spoils the read model in every way that shows, and has the record named each time.
func TestMemoryIsHeldAgainstTheRecords(t *testing.T) {
	rowOf := func(m *model, id register.ID) uint32 { row, _ := m.find(id); return row }
	repack := func(m *model, row uint32, spoil func(d *register.Delegate)) {
		p := m.people.get(row)
		d := register.Delegate{ID: p.id, Name: p.name, Email: p.email, Phone: p.phone}
		spoil(&d)
		m.people.texts.set(row, append(packPerson(nil, &d), p.tail...))
	}
	reties := func(m *model, spoil func(ties []tie) []tie) {
		p := m.people.get(rowOf(m, "D1"))
		own := packPerson(nil, &register.Delegate{ID: p.id, Name: p.name, Email: p.email, Phone: p.phone})
		m.people.texts.set(rowOf(m, "D1"), packTies(own, spoil(p.ties())))
	}
	refacts := func(m *model, spoil func(f []register.ConsentFact) []register.ConsentFact) {
		row := rowOf(m, "D1")
		u := unpacker{string(m.people.facts.get(row))}
		var packed []byte
		for _, f := range spoil(u.facts(nil, m.forms.known())) {
			packed = packFact(packed, &f, m.forms.of(formOf(&f)))
		}
		m.people.facts.set(row, packed)
	}
	meta := func(m *model) *personMeta { return &m.people.rows[rowOf(m, "D1")] }
	cases := map[string]struct {
		spoil     func(m *model)
		where, id string
	}{
		"another name": {func(m *model) {
			repack(m, rowOf(m, "D1"), func(d *register.Delegate) { d.Name = "Somebody else" })
		}, "delegates", "D1"},
		"another status": {func(m *model) {
			meta(m).shape = m.shapes.of(&register.Delegate{Kind: "x"})
		}, "delegates", "D1"},
		"another instant":  {func(m *model) { meta(m).updated++ }, "delegates", "D1"},
		"another day":      {func(m *model) { meta(m).since++ }, "delegates", "D1"},
		"born another day": {func(m *model) { meta(m).born++ }, "delegates", "D1"},
		"a tombstone":      {func(m *model) { meta(m).tomb, meta(m).live = true, false }, "delegates", "D1"},
		"nobody":           {func(m *model) { m.people.ids.remove(m.hash("D1"), rowOf(m, "D1")) }, "delegates", "D1"},
		"not found by address": {func(m *model) {
			m.people.mails.remove(m.hash("one@example.org"), rowOf(m, "D1"))
		}, "delegates", "D1"},
		"found by other words": {func(m *model) {
			m.persons.index.Set(rowOf(m, "D1"), "other words")
		}, "delegates", "D1"},
		"not found":            {func(m *model) { m.persons.index.Delete(rowOf(m, "D1")) }, "delegates", "D1"},
		"suppressed otherwise": {func(m *model) { m.barred.tags[emailKind][rowOf(m, "D1")][3]++ }, "delegates", "D1"},
		"somebody in memory alone": {func(m *model) {
			row := m.rowOf("D9")
			m.people.rows[row].live, m.people.rows[row].shape = true, meta(m).shape
		}, "delegates", "D9"},
		"left out of a list": {func(m *model) {
			o := m.persons.orders["name"]
			o.list = o.list.remove(0)
		}, "delegates", ""},
		"counted incomplete": {func(m *model) { m.lacking++ }, "delegates", ""},
		"a member elsewhere": {func(m *model) {
			reties(m, func(ties []tie) []tie { ties[0].body = m.bodies.rowOf("O2"); return ties })
		}, "memberships", "D1/M1"},
		"a member no more": {func(m *model) {
			reties(m, func([]tie) []tie { return nil })
		}, "memberships", "D1/M1"},
		"a member longer": {func(m *model) {
			reties(m, func(t []tie) []tie { t[0].to = 20300101; return t })
		}, "memberships", "D1/M1"},
		"a membership with access": {func(m *model) {
			reties(m, func(t []tie) []tie { t[0].access = m.levels.of("reader"); return t })
		}, "memberships", "D1/M1"},
		"a membership of memory": {func(m *model) {
			reties(m, func(t []tie) []tie { return append(t, tie{id: "M9"}) })
		}, "memberships", "D1/M9"},
		"one member too many": {func(m *model) {
			b := m.bodies.rows[m.bodies.byID["O1"]]
			b.members = append(b.members, 0)
		}, "organisations", "O1"},
		"an organisation renamed": {func(m *model) {
			m.bodies.rows[m.bodies.byID["O1"]].row.Name = "Other"
		}, "organisations", "O1"},
		"an organisation no more": {func(m *model) {
			m.bodies.rows[m.bodies.byID["O1"]].live = false
		}, "organisations", "O1"},
		"an organisation not found": {func(m *model) { clear(m.bodies.byName) }, "organisations", "O1"},
		"an organisation of memory": {func(m *model) {
			m.bodies.rows[m.bodies.rowOf("O9")].live = true
		}, "organisations", "O9"},
		"a fact that is another": {func(m *model) {
			refacts(m, func(f []register.ConsentFact) []register.ConsentFact { f[0].Act = register.Withdrawn; return f })
		}, "consents", "D1/K1"},
		"a fact of another time": {func(m *model) {
			refacts(m, func(f []register.ConsentFact) []register.ConsentFact { f[0].At = testStart; return f })
		}, "consents", "D1/K1"},
		"a fact no more": {func(m *model) {
			refacts(m, func([]register.ConsentFact) []register.ConsentFact { return nil })
		}, "consents", "D1/K1"},
		"a fact of memory": {func(m *model) {
			refacts(m, func(f []register.ConsentFact) []register.ConsentFact {
				return append(f, register.ConsentFact{ID: "K9"})
			})
		}, "consents", "D1/K9"},
		"a case that is another": {func(m *model) {
			m.cases.find("AR-2026-0001").request.Owner = "other"
		}, "requests", "AR-2026-0001"},
		"a case no more": {func(m *model) {
			m.cases = m.cases.with(map[string]*caseRow{"AR-2026-0001": nil})
		}, "requests", "AR-2026-0001"},
		"a case of memory": {func(m *model) {
			m.cases = m.cases.with(map[string]*caseRow{"AR-9": newCaseRow(&register.Request{Ref: "AR-9"})})
		}, "requests", "AR-9"},
		"a suppression lifted": {func(m *model) {
			for id, s := range m.barred.all {
				s.Lifted = testStart.Add(time.Hour)
				m.barred.set(id, &s)
			}
		}, "suppressions", ""},
		"a suppression without effect": {func(m *model) { clear(m.barred.by) }, "suppressions", ""},
		"a suppression of memory": {func(m *model) {
			m.barred.set("S9", &register.Suppression{ID: "S9", Hash: strings.Repeat("0f", 16)})
		}, "suppressions", strings.Repeat("0f", 16) + "/S9"},
		"other settings": {func(m *model) { m.settings.Office = "Other" }, "settings", "settings"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			db := fitting(t)
			change(t, db, byTester(), func(tx *Tx) error {
				d, err := tx.Delegates().Get("D1")
				if err != nil {
					return err
				}
				d.Email = "one@example.org"
				return tx.Delegates().Put(d)
			})
			if found := findingsOf(t, db); len(found) > 0 {
				t.Fatalf("before anything was spoilt: %v", found)
			}
			db.model.write.Lock()
			db.model.mu.Lock()
			c.spoil(db.model)
			db.model.mu.Unlock()
			db.model.write.Unlock()
			found := findingsOf(t, db)
			if !slices.ContainsFunc(found, func(f Finding) bool {
				return f.Where == c.where && (c.id == "" || f.ID == c.id) && f.IsDamage()
			}) {
				t.Errorf("%s %s is not named: %v", c.where, c.id, found)
			}
			again := reopened(t, db) // the disk was never the trouble
			if found := findingsOf(t, again); len(found) > 0 {
				t.Errorf("after opening again: %v", found)
			}
		})
	}
}
