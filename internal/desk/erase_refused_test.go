package desk_test

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"custos/internal/calendar"
	"custos/internal/desk"
	"custos/internal/register"
)

// head is the head of the audit trail: as it is, nothing was written.
func (o *office) head(t *testing.T) string {
	t.Helper()
	head := o.db.AuditHead()
	return hex.EncodeToString(head.Hash[:])
}

func (o *office) enquiry(t *testing.T, who register.ID) string {
	t.Helper()
	page, err := o.OpenRequest(t.Context(), register.RequestInput{
		Right: calendar.Enquiry, Delegate: who, Received: o.Today(), How: "email",
	})
	if err != nil {
		t.Fatal(err)
	}
	return page.Ref
}

func TestARefusedErasureChangesNothing(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
	ref := o.erasureCase(t, id, "")
	deputy := o.hire(t, "dora", register.DPO)
	folder := t.TempDir()
	taken := filepath.Join(folder, "taken.pdf")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused := func(why string, in register.EraseInput) {
		t.Helper()
		before := o.head(t)
		_, err := o.Erase(ctx, ref, in, nil)
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Fatalf("got %v, want %q", err, why)
		}
		if o.head(t) != before {
			t.Fatal("a refused erasure wrote something")
		}
		if left, _ := filepath.Glob(folder + "/.custos-*"); len(left) > 0 {
			t.Fatalf("a refused erasure left %v", left)
		}
	}
	refused("approved decision", register.EraseInput{})
	o.decideErasure(t, ref, register.Fulfil)
	refused("approved decision", register.EraseInput{}) // prepared, and not approved
	_, err := o.Approve(ctx, ref, o.Today())
	wantKind(t, err, register.Denied)
	if _, err := deputy.Approve(ctx, ref, o.Today()); err != nil {
		t.Fatal(err)
	}
	hold, err := o.SetHold(ctx, register.HoldInput{Delegate: id, Kind: "claim", Reason: "letter before action"})
	if err != nil {
		t.Fatal(err)
	}
	refused(string(hold.ID), register.EraseInput{})
	if err := o.ReleaseHold(ctx, id, hold.ID, "settled"); err != nil {
		t.Fatal(err)
	}
	other := o.enquiry(t, id)
	refused(other, register.EraseInput{})
	for _, kind := range []register.RequestEventKind{register.Replied, register.CaseClosed} {
		if _, err := o.Progress(ctx, other, register.RequestEvent{Kind: kind, On: o.Today()}); err != nil {
			t.Fatal(err)
		}
	}
	refused("exists already", register.EraseInput{Certificate: taken})
	refused("folder that does not exist", register.EraseInput{Certificate: filepath.Join(folder, "no", "c.pdf")})
	refused(".pdf", register.EraseInput{Certificate: filepath.Join(folder, "c.exe")})

	o.school(t, "Zephyrine Fernsby Childminding", "900001")
	refused("has changed since it was approved", register.EraseInput{})
	if _, err := o.KeepInErasure(ctx, ref, nil); err != nil {
		t.Fatal(err)
	}
	refused("approved decision", register.EraseInput{})
	if _, err := deputy.Approve(ctx, ref, o.Today()); err != nil {
		t.Fatal(err)
	}
	if plan := o.erasurePlan(t, ref); !plan.Approved || len(plan.Blocked) > 0 {
		t.Fatalf("%+v", plan)
	}
	viewer := o.hire(t, "vera", register.Viewer)
	_, err = viewer.Erase(ctx, ref, register.EraseInput{}, nil)
	wantKind(t, err, register.Denied)
	if report := o.erase(t, ref); !report.Complete {
		t.Fatalf("%+v", report)
	}
}

func TestAnErasureThatWasInterruptedIsCompleted(t *testing.T) {
	values := []string{"Zephyrine Fernsby", "zeph@example.org"}
	for _, step := range []string{"scrub", "scan"} {
		o := newOffice(t)
		id := o.person(t, values[0], values[1])
		ref := o.erasureCase(t, id, register.Fulfil)
		stop := errors.New("the power went")
		o.desk.BetweenErasure(func(at string) error {
			if at == step {
				return stop
			}
			return nil
		})
		if _, err := o.Erase(t.Context(), ref, register.EraseInput{}, nil); !errors.Is(err, stop) {
			t.Fatal(err)
		}
		o.desk.BetweenErasure(nil)
		if report := o.erase(t, ref); !report.Complete || !report.Resumed || report.Removed != 1 {
			t.Fatalf("the same program: %+v", report)
		}
	}
}

func TestAfterARestartTheSearchAsksForTheValues(t *testing.T) {
	o := newOffice(t)
	values := []string{"Zephyrine Fernsby", "zeph@example.org"}
	id := o.person(t, values[0], values[1])
	ref := o.erasureCase(t, id, register.Fulfil)
	stop := errors.New("the power went")
	o.desk.BetweenErasure(func(step string) error {
		if step == "scrub" {
			return stop
		}
		return nil
	})
	if _, err := o.Erase(t.Context(), ref, register.EraseInput{}, nil); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	o.desk = desk.Open(o.db, func() time.Time { return o.now }) // which remembers nothing
	var err error
	if o.Seat, err = o.desk.As("office", desk.Console); err != nil {
		t.Fatal(err)
	}
	report := o.erase(t, ref)
	if report.Complete || report.Residue.Searched || !strings.HasPrefix(report.Words, "NOT COMPLETE") {
		t.Fatalf("%+v", report)
	}
	found, err := o.ResidueScan(t.Context(), register.ResidueInput{Ref: ref, Values: values}, nil)
	if err != nil || !found.Searched || len(found.Residue) > 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	page, err := o.Request(ref)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range page.Tasks {
		if task.ID == register.TaskResidue && !task.Finished {
			t.Error("the search found nothing and is not ticked off")
		}
	}
	if report := o.erase(t, ref); !report.Complete {
		t.Errorf("%+v", report)
	}
	_, err = o.ResidueScan(t.Context(), register.ResidueInput{Values: []string{"Jo"}}, nil)
	wantKind(t, err, register.Invalid)
}

func TestWhatIsRecordedWhileAnErasureBeginsStopsIt(t *testing.T) {
	for name, to := range map[string]string{"with a certificate": filepath.Join(t.TempDir(), "c.txt"), "without": ""} {
		o := newOffice(t)
		id := o.person(t, "Zephyrine Fernsby", "zeph@example.org")
		ref := o.erasureCase(t, id, register.Fulfil)
		o.desk.BetweenErasure(func(step string) error {
			if step == "records" {
				o.school(t, "Zephyrine Fernsby Childminding", "900001")
			}
			return nil
		})
		_, err := o.Erase(t.Context(), ref, register.EraseInput{Certificate: to}, nil)
		if register.KindOf(err) != register.Refused {
			t.Errorf("%s: %v", name, err)
		}
		if page, err := o.Person(id); err != nil || page.Delegate.Name == "" {
			t.Errorf("%s: the person is gone: %v", name, err)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: a certificate of nothing was written", name)
		}
	}
}
