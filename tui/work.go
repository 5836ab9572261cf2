package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"custos/tui/widget"
)

// job is a piece of work outside the update loop whose progress is shown and which can be cancelled.
type job struct {
	label   string
	now     func() time.Time
	started time.Time
	at      stepMsg
	cancel  context.CancelFunc
	steps   chan stepMsg
	stopped bool
	reads   bool          // it changes nothing: it may be cut short for a lock
	under   *running      // the work it is counted among
	begun   chan struct{} // closed when the work begins
	done    chan struct{} // closed when it has ended
}

// stepMsg is how far a job has come.
type stepMsg struct {
	step        string
	done, total int
}

func newJob(k *kit, label string) *job {
	return &job{
		label: label, now: k.env.Now, under: k.running,
		steps: make(chan stepMsg, 1), begun: make(chan struct{}), done: make(chan struct{}),
	}
}

// newReadingJob is a job that changes nothing.
func newReadingJob(k *kit, label string) *job {
	j := newJob(k, label)
	j.reads = true
	return j
}

// start runs the work; its outcome comes back as the message it returns. Give every stepMsg to Update.
func (j *job) start(work func(ctx context.Context, tell Tell) tea.Msg) tea.Cmd {
	return tea.Batch(j.alone(work), j.next)
}

// alone is start for work that tells no steps.
func (j *job) alone(work func(ctx context.Context, tell Tell) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	j.cancel, j.started = cancel, j.now()
	j.under.enter(j)
	return func() tea.Msg {
		close(j.begun)
		defer j.under.leave(j)
		defer cancel()
		defer close(j.steps)
		return work(ctx, j.tell)
	}
}

// tell keeps the newest step and never holds the work up.
func (j *job) tell(step string, done, total int) {
	for {
		select {
		case j.steps <- stepMsg{step, done, total}:
			return
		default:
		}
		select {
		case <-j.steps:
		default:
		}
	}
}

func (j *job) next() tea.Msg {
	if s, ok := <-j.steps; ok {
		return s
	}
	return nil
}

// Update notes a step and waits for the next.
func (j *job) Update(s stepMsg) tea.Cmd {
	j.at = s
	return j.next
}

// stop asks the work to end; what it has done by then is its own to say.
func (j *job) stop() {
	if j.cancel != nil {
		j.stopped = true
		j.cancel()
	}
}

// progress is the job as a line shows it.
func (j *job) progress() widget.Progress {
	label := j.label
	if j.at.step != "" {
		label = j.at.step
	}
	return widget.Progress{
		Label: label, Done: j.at.done, Total: j.at.total, Elapsed: j.now().Sub(j.started), Stopping: j.stopped,
	}
}
