package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"custos/internal/audit"
	"custos/internal/register"
)

// BackupReport is what proving a backup found.
type BackupReport struct {
	Manifest Manifest
	Path     string // of the manifest
	Records  int    // opened
	// Dark are the people in it whose key is gone, because they were erased, merged or taken out since: nobody can open
	// what it holds of them any more. Their records are no damage.
	Dark        []register.ID
	DarkRecords int
	Through     uint64    // the audit sequence up to which the ledger beside it knows what was refused and erased
	Entries     int       // in that ledger
	Findings    []Finding // what is damaged, exchanged or missing; Where is the file. None: it is good
}

// proof reads a backup back.
type proof struct {
	k    *keyring
	dir  string
	m    Manifest
	data string // path of the data file
	told func(step string, done, total int)
	hold sync.Locker // held while key ring and ledger are read; nil: nobody here changes them

	byBlock bool // each block of the data file is held against its hash

	ring *ring
	now  *today // nil: the backup is of the newest keys there are
	head header
	st   state // of the data file

	outdated  error  // why the keys of today do not open, where those of the backup's time do
	ledgerBad string // why the ledger cannot be relied on; one that is torn can be

	mu     sync.Mutex
	report BackupReport
	tally  dataTally
}

// dataTally is what the data file turned out to hold.
type dataTally struct {
	records map[string]int
	dark    map[register.ID]int // records that do not open, by person
	badKeys map[register.ID]bool
	blocks  int // that are damaged
	unread  bool
	end     audit.Head
	endErr  error
}

func (p *proof) add(where, id, format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.report.Findings) < maxFindings {
		p.report.Findings = append(p.report.Findings, Finding{Where: where, ID: id, What: fmt.Sprintf(format, args...)})
	}
}

// ringPath is where the key ring of a manifest lies.
func ringPath(dir string, m *Manifest) string { return filepath.Join(dir, m.Ring) }

// sentence is an error of a file beside a backup, without its name.
func sentence(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "the file is missing"
	}
	return err.Error()
}

// loadRing reads the key ring, unless it was read to unlock it, and holds it against the manifest.
func (p *proof) loadRing() bool {
	if p.ring == nil {
		r, err := readRing(ringPath(p.dir, &p.m))
		if err != nil {
			p.add(p.m.Ring, "", "%s", sentence(err))
			return false
		}
		p.ring = r
	}
	return p.fits(p.ring)
}

// fits holds a ring against the manifest.
func (p *proof) fits(r *ring) bool {
	switch {
	case r.store != p.m.Store && p.dataStore() == r.store:
		p.add(filepath.Base(p.report.Path), "", "it is the manifest of another store, or was changed")
	case r.store != p.m.Store:
		p.add(p.m.Ring, "", "it is the key ring of another store")
	case r.generation != p.m.Generation:
		p.add(p.m.Ring, "", "it is the key ring of another generation of keys: %q", r.generation)
	default:
		return true
	}
	return false
}

// dataStore is the id of the store that the data file says it is of, which can be read without a key.
func (p *proof) dataStore() string {
	f, err := openPlain(p.data)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	r, err := newDataReader(f, int64(len(dataMagic)+3+maxName))
	if err != nil {
		return ""
	}
	return r.store
}

// loadLedger looks through the ledger, and holds it against the newest backup in the folder.
func (p *proof) loadLedger() {
	name, _ := p.ledger()
	l, err := p.scanLedger(func(*ledgerEntry) error { return nil })
	p.report.Through, p.report.Entries = l.through.Seq, l.count
	switch seq := p.newestSeq(); {
	case err != nil:
		p.ledgerBad = sentence(err)
	case l.through.Seq < seq:
		p.ledgerBad = fmt.Sprintf("it is older than the newest backup beside it: it knows %d of %d changes", l.through.Seq, seq)
	case l.torn:
		p.add(name, "", "it ends in the middle of entry %d: an addition was interrupted; the store makes it whole when it "+
			"next writes there", l.count+1)
	}
	if p.ledgerBad != "" {
		p.add(name, "", "%s", p.ledgerBad)
	}
}

// scanLedger visits the entries of the ledger beside the backup.
func (p *proof) scanLedger(visit func(*ledgerEntry) error) (*ledgerFile, error) {
	name, k := p.ledger()
	f, err := openPlain(filepath.Join(p.dir, name))
	if err != nil {
		return &ledgerFile{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return &ledgerFile{}, err
	}
	return scanLedger(f, info.Size(), k, visit)
}

// ledger is the name of the ledger that serves the backup, and the keys it is sealed under.
func (p *proof) ledger() (string, *keyring) {
	if p.now != nil {
		return ledgerPrefix + p.now.ring.generation, p.now.keys
	}
	return p.m.Ledger, p.k
}

// newestSeq is the audit sequence of the newest backup in the folder whose manifest is authentic under the keys: the ledger
// is written anew with every backup.
func (p *proof) newestSeq() uint64 {
	_, k := p.ledger()
	listed, err := listIn(p.dir)
	if err != nil {
		return p.m.AuditSeq
	}
	for _, l := range listed {
		if l.Manifest.Generation == k.generation() && l.Manifest.authentic(k) {
			return max(l.Manifest.AuditSeq, p.m.AuditSeq)
		}
	}
	return p.m.AuditSeq
}

// run proves all of it. The error is the context's.
func (p *proof) run(ctx context.Context) (BackupReport, error) {
	if !p.loadKeys() {
		return p.finish(), nil
	}
	if err := p.scan(ctx); err != nil {
		return p.report, err
	}
	if !p.tally.unread {
		p.judge()
	}
	return p.finish(), nil
}

// loadKeys reads the key ring and the ledger; without the ring nothing can be opened.
func (p *proof) loadKeys() bool {
	if p.hold != nil {
		p.hold.Lock()
		defer p.hold.Unlock()
	}
	if !p.loadRing() {
		return false
	}
	p.loadLedger()
	return true
}

// wipe forgets keys that are the proof's own.
func (p *proof) wipe() {
	p.k.wipe()
	p.st.wipe()
	if p.now != nil {
		p.now.keys.wipe()
	}
}

// judge holds what the data file turned out to be against the manifest.
func (p *proof) judge() {
	m, t := &p.m, &p.tally
	if !maps.Equal(t.records, m.Records) {
		p.add(m.Data, "", "the numbers of records are not those of the manifest")
	}
	if t.records[delegates.name] != m.People {
		p.add(m.Data, "", "it holds %d people, and the manifest says %d", t.records[delegates.name], m.People)
	}
	if int(p.head.format) != m.Format || p.st.Commit != m.Commit || p.st.AuditSeq != m.AuditSeq ||
		hex.EncodeToString(p.st.AuditHash[:]) != m.AuditHead {
		p.add(m.Data, "", "it is of another moment of the store than the manifest")
	}
	for _, id := range slices.Sorted(maps.Keys(t.badKeys)) {
		p.add(m.Ring, string(id), "the key does not open: it was changed")
	}
	if t.endErr != nil {
		p.add(m.Data, bucketAudit, "%v", t.endErr)
	} else if t.end != p.st.head() {
		p.add(m.Data, bucketAudit, "the audit trail ends at %d, and not where the state says", t.end.Seq)
	}
}

func (p *proof) finish() BackupReport {
	r := &p.report
	r.Manifest = p.m
	r.Dark = slices.Sorted(maps.Keys(p.tally.dark))
	for _, n := range p.tally.dark {
		r.DarkRecords += n
	}
	return *r
}
