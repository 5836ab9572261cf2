package desk_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"custos/internal/desk"
	"custos/internal/register"
	"custos/store"
)

// busy is an office with an access case of somebody with many records, some of
// whose words are taken out.
func busy(b *testing.B, records int) (o *office, ref string) {
	b.Helper()
	o = newOfficeOf(b, "teaching-school")
	ctx := b.Context()
	id := o.person(b, "Ada Busy", "ada@example.org")
	x := o.asking()
	change := store.Change{Operator: "office", Door: desk.Console, Verb: register.ConsentImport}
	_, err := o.db.Update(ctx, change, func(tx *store.Tx) error {
		for i := range records {
			event, err := tx.IDs().Next(register.ConsentPrefix)
			if err != nil {
				return err
			}
			at := noon.AddDate(0, 0, i-records)
			e := register.ConsentEvent{ID: event, Delegate: id, Purpose: x.ID, Channel: x.Channels[0], Act: register.Given,
				At: at, Recorded: at, Method: "web", Evidence: "typed in by Ben Carter", Notice: x.Notice, NoticeVersion: "1",
				WordingDigest: register.WordingDigest("wording")}
			if i%2 == 1 {
				e.Act, e.Evidence = register.Withdrawn, "told on the telephone"
			}
			if err := tx.Consents().Put(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	page, err := o.OpenRequest(ctx, register.RequestInput{Right: "access", Delegate: id, Received: o.Today(), How: "letter"})
	if err != nil {
		b.Fatal(err)
	}
	for _, words := range []string{"Ben Carter", "Zoë Nobody"} {
		in := register.RedactionInput{Words: words, Code: "third-party", Reason: "another's name"}
		if _, err := o.Redact(ctx, page.Ref, in); err != nil {
			b.Fatal(err)
		}
	}
	return o, page.Ref
}

// BenchmarkPack5000 builds the pack of somebody with 5,000 records, everything
// in it read back for words taken out, in each form it may have, against
// writing its bytes once and syncing them.
func BenchmarkPack5000(b *testing.B) {
	o, ref := busy(b, 5000)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		b.Fatal(err)
	}
	for _, form := range []struct {
		name string
		in   register.PackInput
	}{
		{"all", register.PackInput{To: "pack.zip"}},
		{"pdf", register.PackInput{To: "pack.pdf"}},
		{"password", register.PackInput{To: "pack.zip", Password: []byte("seven quiet herons")}},
		{"age", register.PackInput{To: "pack.zip", Recipients: []string{key.Recipient().String()}}},
	} {
		b.Run(form.name, func(b *testing.B) {
			dir, size, n := b.TempDir(), int64(0), 0
			for b.Loop() {
				n++
				in := form.in
				in.To = filepath.Join(dir, fmt.Sprint(n)+filepath.Ext(in.To))
				d, err := o.Pack(b.Context(), ref, in)
				if err != nil {
					b.Fatal(err)
				}
				size = d.Bytes
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(n)/rawWrite(b, dir, size).Seconds(), "x-raw-write")
			b.ReportMetric(float64(size)/1e6, "MB")
		})
	}
	b.Run("raw", func(b *testing.B) {
		for b.Loop() {
			rawWrite(b, b.TempDir(), 3<<20)
		}
	})
}
