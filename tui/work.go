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
}

// stepMsg is how far a job has come.
type stepMsg struct {
	step        string
	done, total int
}

func newJob(k *kit, label string) *job {
	return &job{label: label, now: k.env.Now, steps: make(chan stepMsg, 1)}
}

// start runs the work; its outcome comes back as the message it returns. Give every stepMsg to Update.
func (j *job) start(work func(ctx context.Context, tell Tell) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	j.cancel, j.started = cancel, j.now()
	run := func() tea.Msg {
		defer cancel()
		defer close(j.steps)
		return work(ctx, j.tell)
	}
	return tea.Batch(run, j.next)
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
