package tui

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// Model is the console: a stack of screens under a title line, over a message line and a footer.
type Model struct {
	kit    *kit
	stack  []frame
	serial int
	over   overlay // a dialog over the screen; nil for none
	tour   tour
	toast  *widget.Toast
	width  int
	height int
	notes  <-chan register.Note
	mute   func()       // ends the notes
	ahead  []tea.KeyMsg // typed while the screen waits for its own outcome

	watch     watch
	sitting   int                  // how often somebody has sat down
	opened    int                  // the newest screen as they had sat down
	hindrance string               // why the daily backup was not made, as it was said
	heeding   bool                 // somebody waits for the next of Env.Notices
	gone      int                  // screens up to this number were dropped by a lock: what is on its way to them is dropped too
	back      *wayBack             // being gone, after unlocking; nil: nothing of it is left
	closed    chan struct{}        // closed when the person leaves
	aside     func(tea.Cmd)        // runs what only waits, beside everything else; nil: it is run like any command
	shut      func(now bool) error // ends the session behind a lock, at once or after what is under way; nil: none is open
}

// frame is a screen in the stack with the number its messages come back under.
type frame struct {
	id     int
	screen Screen
	did    widget.Action // the last action it was given
	opener widget.Action // what the screen beneath was given before it opened this one
}

// New makes the console. It opens on the day's work where an operator is already at work, otherwise where the store is
// unlocked or, when there is none, made.
func New(env Env) *Model {
	k := newKit(env)
	m := &Model{kit: k, toast: widget.NewToast(k.theme), closed: make(chan struct{})}
	switch {
	case env.Session != nil:
		m.sit(env.Session)
		if env.Resume != nil {
			m.resume(env.Resume.way)
		}
	case env.Exists:
		m.stack = []frame{m.frame(newUnlock(k))}
	default:
		m.stack = []frame{m.frame(newFirstRun(k))}
	}
	return m
}

// Close writes what is still unwritten of unfinished forms and closes the session, unless it was handed in.
func (m *Model) Close() error {
	close(m.closed)
	switch {
	case m.shut != nil:
		return m.shut(true)
	case m.kit.desk == nil:
		return nil
	}
	m.kit.running.end()
	m.mute()
	m.kit.stead.leave()
	err := errors.Join(m.kit.drafts.flush(), m.kit.habits.flush())
	if m.kit.env.Session == nil {
		err = errors.Join(err, m.kit.desk.Close())
	}
	return err
}

func (m *Model) frame(s Screen) frame {
	m.serial++
	m.dress(s)
	return frame{id: m.serial, screen: s}
}

// sit opens the day's work for an operator.
func (m *Model) sit(s Session) {
	m.kit.sit(s)
	m.sitting++
	m.stack = m.opening()
	m.notes, m.mute = s.Notes()
	m.watch.last = m.kit.env.Now()
	m.greet()
}

// opening is what somebody sees who sits down.
func (m *Model) opening() []frame {
	stack := []frame{m.frame(newHome(m.kit))}
	if m.kit.desk.MustChange() && m.kit.may(register.PassphraseSet) {
		stack = append(stack, m.frame(newOwn(m.kit)))
	}
	m.opened = m.serial
	return stack
}

// Init starts the first screen, or the way back to where the operator was.
func (m *Model) Init() tea.Cmd {
	if m.back != nil {
		return m.goBack()
	}
	rest := tea.Batch(m.begin(len(m.stack)-1), m.attend())
	if learn := m.learn(); learn != nil {
		return tea.Sequence(learn, rest)
	}
	return rest
}

// attend listens for commits and for nobody being there, and makes the backup that is due.
func (m *Model) attend() tea.Cmd { return tea.Batch(m.listen(), m.heed(), m.arm(), m.standing()) }

func (m *Model) begin(i int) tea.Cmd { return address(m.stack[i].id, m.stack[i].screen.Init()) }

// listen waits for the next commit.
func (m *Model) listen() tea.Cmd {
	notes := m.notes
	if notes == nil {
		return nil
	}
	return m.lasting(func() tea.Msg {
		if n, ok := <-notes; ok {
			return noteMsg{n}
		}
		return nil
	})
}

// lasting is a command that waits for something from outside, and is no work that somebody waits for.
func (m *Model) lasting(cmd tea.Cmd) tea.Cmd {
	if m.aside == nil || cmd == nil {
		return cmd
	}
	m.aside(cmd)
	return nil
}

// Update takes a message. Where it leads elsewhere, the desk is told where the operator is then.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.take(msg)
	if _, seen := msg.(tourMsg); !seen {
		cmd = tea.Batch(cmd, m.lookAround())
	}
	return m, tea.Batch(cmd, m.moved())
}

func (m *Model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return nil
	case tea.KeyMsg:
		return m.typed(msg)
	case addressed:
		return tea.Batch(m.deliver(msg.to, msg.msg), m.replay())
	}
	return tea.Batch(m.deliver(m.top().id, msg), m.replay())
}

// deliver gives a message to the model or to the screen it belongs to; one for a screen that is gone is dropped.
func (m *Model) deliver(from int, msg tea.Msg) tea.Cmd {
	if from <= m.gone {
		return nil
	}
	if mine, ok := msg.(toModel); ok {
		return m.mine(from, mine)
	}
	if i, ok := m.find(from); ok {
		return m.give(i, msg)
	}
	return nil
}

func (m *Model) give(i int, msg tea.Msg) tea.Cmd {
	if act, ok := msg.(actMsg); ok {
		m.stack[i].did = act.action
	}
	next, cmd := m.stack[i].screen.Update(msg)
	m.stack[i].screen = next
	return address(m.stack[i].id, cmd)
}

func (m *Model) find(id int) (int, bool) {
	for i, f := range m.stack {
		if f.id == id {
			return i, true
		}
	}
	return 0, false
}

func (m *Model) mine(from int, msg toModel) tea.Cmd {
	at, there := m.find(from)
	switch msg := msg.(type) {
	case sayMsg:
		return m.toast.Show(msg.tone, msg.text, 0)
	case noticeMsg:
		return m.noticed(msg)
	case noteMsg:
		return tea.Batch(m.noted(msg.note), m.listen())
	case openMsg:
		return m.unlocked(msg.session, msg.back)
	case idleMsg:
		return m.idle(msg)
	case dueMsg:
		if msg.sitting != m.sitting {
			return nil
		}
		return m.standing()
	case keptMsg:
		return m.kept(msg)
	case shutMsg:
		m.shut = nil
		return m.give(0, msg)
	case goOnMsg:
		return m.goOn(msg)
	case jumpMsg:
		return m.jump(msg.area)
	case chosenHitMsg:
		return msg.open(m)
	case chosenMsg:
		return m.chosen(msg.action)
	case prefsMsg:
		return m.learned(msg)
	case filterMsg:
		return m.showFilter(msg.filter)
	case columnMsg:
		return m.turnColumn(msg)
	case prefsChangeMsg:
		return m.kit.setPrefs(msg.change)
	case themeMsg:
		return m.retheme(msg.name)
	case tourMsg:
		return m.guided(msg)
	case tourTurnMsg:
		return m.turnTour()
	case tourLeftMsg:
		return m.toured()
	}
	if !there {
		return nil // whoever asked is gone
	}
	if m.back != nil && m.back.pending {
		return m.onTheWay(msg)
	}
	switch msg := msg.(type) {
	case pushMsg:
		m.stack = append(m.stack[:at+1], m.frame(msg.screen))
		m.stack[at+1].opener = m.stack[at].did
		return tea.Batch(m.begin(at+1), m.visited(msg.screen))
	case swapMsg:
		m.stack = append(m.stack[:at], m.frame(msg.screen))
		return tea.Batch(m.begin(at), m.visited(msg.screen))
	case popMsg:
		m.stack = m.stack[:max(1, at)]
		return m.reread(len(m.stack) - 1)
	case askMsg:
		m.over = &confirmOver{widget.NewConfirm(m.kit.theme, msg.question, m.kit.env.Now), address(from, msg.yes)}
	case pickMsg:
		m.over = &pickOver{msg.picker, func(o widget.Option) tea.Cmd { return address(from, msg.chosen(o)) }}
	}
	return nil
}

// reread has a screen that comes back to the top look again.
func (m *Model) reread(i int) tea.Cmd {
	if r, ok := m.stack[i].screen.(refresher); ok {
		return address(m.stack[i].id, r.Refresh(register.Note{}))
	}
	return nil
}

// refresh tells the screen on top of a commit, and those below in which something is typed. The others look again when
// they come back: nobody sees them.
func (m *Model) refresh(note register.Note) tea.Cmd {
	cmds := []tea.Cmd{m.rearm()}
	for i, f := range m.stack {
		r, follows := f.screen.(refresher)
		if _, typed := f.screen.(keeper); follows && (typed || i == len(m.stack)-1) {
			cmds = append(cmds, address(f.id, r.Refresh(note)))
		}
	}
	return tea.Batch(cmds...)
}

// open puts a screen over the others.
func (m *Model) open(s Screen) tea.Cmd {
	m.stack = append(m.stack, m.frame(s))
	return m.begin(len(m.stack) - 1)
}

// jump goes to an area. One that is open already keeps its place.
func (m *Model) jump(to widget.Action) tea.Cmd {
	a, ok := areaOf(func(a area) bool { return a.action == to })
	if !ok || m.kit.desk == nil {
		return nil
	}
	at := min(1, len(m.stack)-1)
	if to == goHome {
		at = 0
	}
	if m.stack[at].screen.At().Scope == a.scope {
		if at == len(m.stack)-1 && at > 0 {
			return nil
		}
		m.stack = m.stack[:at+1]
		return m.reread(at) // at home, what was pinned and opened too
	}
	m.stack = append(m.stack[:1], m.frame(a.open(m.kit)))
	return m.begin(1)
}

func (m *Model) top() frame { return m.stack[len(m.stack)-1] }

// where says which keys work now: those of the screen, without what the operator may not do.
func (m *Model) where() widget.Where {
	at := m.top().screen.At()
	own := at.Off
	at.Off = func(a widget.Action) bool { return m.off(a) || own != nil && own(a) }
	return at
}

func (m *Model) off(a widget.Action) bool {
	if verb, ok := needs[a]; ok && !m.kit.may(verb) {
		return true
	}
	_, isArea := areaOf(func(x area) bool { return x.action == a })
	switch a {
	case lockNow:
		return m.kit.desk == nil || m.kit.env.Unlock == nil
	case whoIsHere, goTour:
		return m.kit.desk == nil
	case goHome, goDelegates, goOrganisations, goRequests, goConsents, goImports, goAudit, goSettings, goCourses:
		return !isArea || m.kit.desk == nil
	default:
		return false
	}
}

// View is the whole screen.
func (m *Model) View() string {
	if text, small := widget.TooSmall(m.kit.theme, m.width, m.height); small {
		return text
	}
	strip := m.strip(m.width, m.height-3)
	th, room := m.kit.theme, m.height-3-len(strip)
	body := ""
	if m.over != nil {
		body = m.over.View(m.width, room)
	} else {
		beside := m.beside(m.width)
		body = strings.Join(append(beside, m.top().screen.View(m.width, room-len(beside))), "\n")
	}
	m.toast.SetWidth(m.width)
	body = lines(th, body, m.width, room)
	for _, l := range strip {
		body += "\n" + l
	}
	return m.title() + "\n" + body + "\n" + m.toast.View() + "\n" + m.footer()
}

func (m *Model) title() string {
	parts := []string{"Custos"}
	for i, f := range m.stack {
		if i > 0 || len(m.stack) == 1 {
			parts = append(parts, f.screen.Title())
		}
	}
	who := ""
	if m.kit.desk != nil {
		op := m.kit.desk.Operator()
		who = op.Name
		if m.kit.looking {
			who = "READ ONLY  " + who
		}
	}
	return widget.Breadcrumb(m.kit.theme, m.width, who, parts...)
}

// footer names the keys that work now: under a dialog its own, and none of the screen's.
func (m *Model) footer() string {
	keys, at := m.kit.keys, m.where()
	if m.over != nil {
		keys, at = m.over.Foot(), widget.Where{}
	}
	return keys.Footer(m.kit.theme, at, m.width)
}

// lines makes a text exactly as tall and no wider than its room.
func lines(th *theme.Theme, text string, width, height int) string {
	return fit(th, splitLines(text), width, height)
}
