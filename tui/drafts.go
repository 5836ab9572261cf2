package tui

import (
	"context"
	"slices"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
)

// draftDesk keeps unfinished forms.
type draftDesk interface {
	SaveDraft(ctx context.Context, d register.Draft) error
	Draft(form string) (register.Draft, bool, error)
	DropDraft(ctx context.Context, form string) error
}

// drafts writes unfinished forms in the order they were typed, outliving the screens they were typed on. Of several
// versions waiting for the disk only the newest is written.
type drafts struct {
	desk draftDesk

	mu      sync.Mutex
	waiting []register.Draft // nil Values: forget the draft
	working sync.Mutex
}

// save keeps what is typed so far.
func (d *drafts) save(draft register.Draft) tea.Cmd { return d.put(draft) }

// drop forgets a form that was sent or is begun afresh.
func (d *drafts) drop(form string) tea.Cmd { return d.put(register.Draft{Form: form}) }

func (d *drafts) put(draft register.Draft) tea.Cmd {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.waiting {
		if was := d.waiting[i]; was.Form == draft.Form {
			draft.Fresh = fresher(&was, &draft)
			d.waiting[i] = draft
			return d.write
		}
	}
	d.waiting = append(d.waiting, draft)
	return d.write
}

// fresher are the fields typed in since a draft was written, where another version of it still waits.
func fresher(waiting, draft *register.Draft) []string {
	if waiting.Values == nil || waiting.Fresh == nil || draft.Fresh == nil {
		return nil // all of it is as it is now
	}
	return append(slices.Clone(waiting.Fresh), draft.Fresh...)
}

func (d *drafts) write() tea.Msg {
	if err := d.flush(); err != nil {
		return fail(err)()
	}
	return nil
}

// flush writes what is waiting and returns once nothing is.
func (d *drafts) flush() error {
	d.working.Lock()
	defer d.working.Unlock()
	var failed error
	for {
		draft, ok := d.take()
		if !ok {
			return failed
		}
		var err error
		if draft.Values == nil {
			err = d.desk.DropDraft(context.Background(), draft.Form)
		} else {
			err = d.desk.SaveDraft(context.Background(), draft)
		}
		if err != nil {
			failed = err
		}
	}
}

func (d *drafts) take() (register.Draft, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 {
		return register.Draft{}, false
	}
	draft := d.waiting[0]
	d.waiting = d.waiting[1:]
	return draft, true
}
