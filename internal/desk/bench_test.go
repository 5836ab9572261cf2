package desk_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"custos/internal/desk"
	"custos/internal/exchange"
	"custos/internal/exchange/intake"
	"custos/internal/exchange/mapping"
	"custos/internal/register"
)

// manyPeople makes a file of people of the shape a booking system exports.
func manyPeople(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("First name,Last name,Email,Phone,Job title,Home address,School URN\r\n")
	for i := range n {
		given, family := letters(r.IntN(20_000)+700), letters(r.IntN(90_000)+18_000)
		fmt.Fprintf(&b, "%s,%s,%s.%s.%d@example.org,01632 9600%02d,Teacher of %s,\"%d %s Road, Longtown, ZZ%d 1ZZ\",%d\r\n",
			given, family, given, family, i, i%100, letters(i%700), i%200, letters(i%5000), i%90, 900000+i%2000)
	}
	return b.Bytes()
}

// rawWrite is the baseline: the bytes of a store written front to back, once.
func rawWrite(b *testing.B, dir string, size int64) time.Duration {
	b.Helper()
	block := bytes.Repeat([]byte{0xa5}, 1<<20)
	start := time.Now()
	f, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		b.Fatal(err)
	}
	for left := size; left > 0; left -= int64(len(block)) {
		if _, err := f.Write(block[:min(left, int64(len(block)))]); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	_ = f.Close()
	_ = os.Remove(f.Name())
	return took
}

// BenchmarkImport brings 100,000 people in, plan and apply, against writing the
// bytes of the resulting store once.
func BenchmarkImport(b *testing.B) {
	const people, organisations = 100_000, 2_000
	file := manyPeople(people)
	for b.Loop() {
		o := newOfficeOf(b, "teaching-school")
		importSchools(b, o, organisations)
		heap := watchHeap()
		start := time.Now()
		plan := o.planFile(b, file)
		planned := time.Since(start)
		if plan.Counts.New != people {
			b.Fatalf("%+v", plan.Counts)
		}
		if _, err := o.Apply(b.Context(), plan, nil); err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		info, err := os.Stat(filepath.Join(o.dir, "store.db"))
		if err != nil {
			b.Fatal(err)
		}
		raw := rawWrite(b, b.TempDir(), info.Size())
		b.ReportMetric(took.Seconds()/raw.Seconds(), "x-raw-write")
		b.ReportMetric(took.Seconds(), "import-s")
		b.ReportMetric(planned.Seconds(), "plan-s")
		b.ReportMetric(float64(info.Size())/1e6, "file-MB")
		b.ReportMetric(float64(heap())/1e6, "peak-heap-MB")
	}
}

func importSchools(b *testing.B, o *office, n int) {
	b.Helper()
	var file bytes.Buffer
	file.WriteString("URN,EstablishmentName,Postcode\n")
	for i := range n {
		fmt.Fprintf(&file, "%d,%s Primary School,ZZ1 1ZZ\n", 900000+i, letters(i+700))
	}
	tab, err := exchange.Read("schools.csv", file.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	rows := intake.Organisations(tab, mapping.Guess(tab.ColumnNames(), intake.OrganisationTargets()))
	plan, err := o.Plan(b.Context(), desk.Incoming{Noun: "organisations", File: "schools.csv", Rows: rows})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := o.Apply(b.Context(), plan, nil); err != nil {
		b.Fatal(err)
	}
}

func (o *office) planFile(b *testing.B, file []byte) *register.Plan {
	b.Helper()
	tab, err := exchange.Read("people.csv", file)
	if err != nil {
		b.Fatal(err)
	}
	p := o.Settings().Profile
	m := mapping.Guess(tab.ColumnNames(), intake.DelegateTargets(&p, p.Kinds[0].ID))
	plan, err := o.Plan(b.Context(), desk.Incoming{
		Noun: "delegates", File: "people.csv", Rows: intake.People(tab, m, &p, p.Kinds[0].ID),
	})
	if err != nil {
		b.Fatal(err)
	}
	return plan
}

// watchHeap samples the heap until the returned function is called, which
// gives the most it held.
func watchHeap() func() uint64 {
	runtime.GC()
	var most atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse))
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return most.Load()
	}
}

// BenchmarkPack answers an access request of somebody with 2,000 records,
// against writing the bytes of the pack once and syncing them.
func BenchmarkPack(b *testing.B) {
	o := newOfficeOf(b, "teaching-school")
	ctx := b.Context()
	id := o.person(b, "Ada Busy", "ada@example.org")
	x := o.asking()
	for i := range 2000 {
		act := register.Given
		if i%2 == 1 {
			act = register.Withdrawn
		}
		_, err := o.RecordConsent(ctx, register.ConsentInput{Delegate: id, Purpose: x.ID, Channel: x.Channels[0], Act: act, Method: "web"})
		if err != nil {
			b.Fatal(err)
		}
	}
	page, err := o.OpenRequest(ctx, register.RequestInput{Right: "access", Delegate: id, Received: o.Today(), How: "letter"})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		to := filepath.Join(b.TempDir(), fmt.Sprintf("pack%d.zip", n))
		start := time.Now()
		d, err := o.Pack(ctx, page.Ref, register.PackInput{To: to})
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		unpacked := unpackedSize(b, to)
		b.ReportMetric(took.Seconds()/rawWrite(b, b.TempDir(), unpacked).Seconds(), "x-raw-write")
		b.ReportMetric(float64(d.Bytes)/1e3, "zip-KB")
		b.ReportMetric(float64(unpacked)/1e3, "content-KB")
	}
}

func unpackedSize(b *testing.B, name string) int64 {
	b.Helper()
	n := int64(0)
	for _, content := range unzip(b, name) {
		n += int64(len(content))
	}
	return n
}
