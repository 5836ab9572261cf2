package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"custos/internal/register"
	"custos/store"
	"custos/store/storetest"
)

// withChild are options that verify in a child: this test binary.
func withChild(t testing.TB) store.Options {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := storetest.Options()
	o.Verifier = []string{exe, store.VerifyArg}
	return o
}

// closedStore returns the folder of a closed store with a few people, and its recovery key.
func closedStore(t testing.TB) (dir, recovery string) {
	t.Helper()
	dir = t.TempDir()
	db, recovery, err := store.Create(dir, storetest.Setup(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		addPeople(t, db, person(i))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, recovery
}

func openAndClose(t *testing.T, dir string, c store.Credential, o store.Options) error {
	t.Helper()
	db, err := store.Open(ctx, dir, c, o)
	if err != nil {
		return err
	}
	storetest.Close(t, db)
	return nil
}

func TestAStoreOpensWithItsPassphraseAndItsRecoveryKey(t *testing.T) {
	dir, recovery := closedStore(t)
	for name, c := range map[string]store.Credential{
		"passphrase": credential(),
		"recovery":   {Recovery: strings.ToLower(strings.ReplaceAll(recovery, "-", " "))},
	} {
		for how, o := range map[string]store.Options{"here": storetest.Options(), "child": withChild(t)} {
			db, err := store.Open(ctx, dir, c, o)
			if err != nil {
				t.Errorf("%s, verified in %s: %v", name, how, err)
				continue
			}
			if db.UnlockedBy() != c.Operator {
				t.Errorf("unlocked by %q", db.UnlockedBy())
			}
			storetest.Close(t, db)
		}
	}
}

func TestThePassphraseIsTheSameFromEveryKeyboard(t *testing.T) {
	dir := t.TempDir()
	s := storetest.Setup()
	s.Passphrase = []byte("caf\u00e9 au lait") // one character
	db, _, err := store.Create(dir, s, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	storetest.Close(t, db)
	c := store.Credential{Operator: storetest.Operator, Passphrase: []byte("cafe\u0301 au lait")} // two
	if err := openAndClose(t, dir, c, storetest.Options()); err != nil {
		t.Error(err)
	}
}

func TestOneMessageForAnUnknownOperatorAndAWrongPassphrase(t *testing.T) {
	dir, _ := closedStore(t)
	var messages []string
	for _, c := range []store.Credential{
		{Operator: storetest.Operator, Passphrase: []byte("wrong")},
		{Operator: "nobody", Passphrase: []byte(storetest.Passphrase)},
	} {
		err := openAndClose(t, dir, c, storetest.Options())
		var e *register.Error
		if !errors.As(err, &e) || e.Kind != register.Refused {
			t.Fatalf("got %v, want Refused", err)
		}
		messages = append(messages, e.Error())
	}
	if messages[0] != messages[1] {
		t.Errorf("%q and %q tell an unknown operator from a wrong passphrase", messages[0], messages[1])
	}
}

func TestWhatIsNoStoreIsRefused(t *testing.T) {
	good, _ := closedStore(t)
	whole, err := os.ReadFile(filepath.Join(good, "store.db"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"empty": {}, "five bytes": []byte("hello"), "zeros": make([]byte, 1<<16),
		"foreign": bytes.Repeat([]byte("not a store "), 5000), "its first page alone": whole[:4096],
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "store.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			err := openAndClose(t, dir, credential(), withChild(t))
			var e *register.Error
			if !errors.As(err, &e) || (e.Kind != register.Invalid || e.Field != "store") && !isDamage(err) {
				t.Errorf("got %v, want Invalid about the store", err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(after, content) {
				t.Error("the file was written to")
			}
		})
	}
	if err := openAndClose(t, t.TempDir(), credential(), storetest.Options()); register.KindOf(err) != register.NotFound {
		t.Errorf("an empty folder: %v, want NotFound", err)
	}
}

func isDamage(err error) bool {
	var d *store.Damage
	return errors.As(err, &d) && len(d.Findings) > 0
}

func TestCreateRefusesAFolderInUse(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := store.Create(dir, storetest.Setup(), storetest.Options())
	if register.KindOf(err) != register.Conflict {
		t.Errorf("got %v, want Conflict", err)
	}
}

func TestCreateMakesFoldersAndLeavesNothingBeside(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "a", "b")
	db, recovery, err := store.Create(dir, storetest.Setup(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Close(t, db)
	if len(recovery) < 40 || db.Path() != dir {
		t.Errorf("recovery key of %d characters, path %s", len(recovery), db.Path())
	}
	entries, _ := os.ReadDir(filepath.Join(parent, "a"))
	if len(entries) != 1 {
		t.Errorf("beside the store: %v", entries)
	}
	files, _ := os.ReadDir(dir)
	if len(files) != 3 {
		t.Errorf("in the store: %v", files)
	}
}

func TestAReadOnlyFolderIsOpenedForReading(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("folder permissions do not bind this account")
	}
	dir, _ := closedStore(t)
	if err := errors.Join(os.Remove(filepath.Join(dir, "store.lock")), os.Chmod(dir, 0o500)); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o700) }()
	db, err := store.Open(ctx, dir, credential(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if !db.ReadOnly() {
		t.Error("a store in a folder nothing can be written to takes changes")
	}
}

func TestTheSecondOpenerIsToldWhoHasIt(t *testing.T) {
	db := storetest.New(t)
	_, err := store.Open(ctx, db.Path(), credential(), storetest.Options())
	if register.KindOf(err) != register.Locked || !strings.Contains(err.Error(), storetest.Operator) {
		t.Errorf("got %v, want Locked naming the operator", err)
	}
	if h := db.Info().Holder; h.PID != os.Getpid() || h.Operator != storetest.Operator {
		t.Errorf("holder %+v", h)
	}
}

func TestProgressIsTold(t *testing.T) {
	dir, _ := closedStore(t)
	seen := map[string]bool{}
	o := withChild(t)
	o.Progress = func(step string, _, _ int) { seen[step] = true }
	if err := openAndClose(t, dir, credential(), o); err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{"read", "pages", "records"} {
		if !seen[step] {
			t.Errorf("no word of %q; heard %v", step, seen)
		}
	}
}

func TestNothingReadableLiesInTheFolder(t *testing.T) {
	dir := t.TempDir()
	s := storetest.Setup()
	s.Operator.Name = "quillfeather"
	db, _, err := store.Create(dir, s, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	p := person(1)
	p.Name, p.Email, p.Fields = "Zebedee Marmaduke", "zebedee@marmaduke.example", map[string]string{"dietary": "Halibut"}
	addPeople(t, db, p)
	update(t, db, storetest.By(register.OrganisationAdd), func(tx *store.Tx) error {
		d := register.Draft{Operator: "quillfeather", Form: "person/" + string(p.ID),
			Values: map[string]string{"a": "Periwinkle"}}
		o := register.Organisation{ID: "O1", Name: "Foxglove Academy"}
		return errors.Join(tx.Organisations().Put(o), tx.Drafts().Put(d))
	})
	storetest.Close(t, db)
	words := []string{"Zebedee", "Marmaduke", "zebedee", "marmaduke", "Halibut", "dietary", "Foxglove", "Periwinkle",
		"quillfeather", "Test office", "teacher", "example", "delegate.add", "store.create", storetest.Passphrase}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(content, []byte(w)) {
				t.Errorf("%s holds %q", f.Name(), w)
			}
		}
	}
}
