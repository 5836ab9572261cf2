package tui

import (
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"custos/internal/register"
	"custos/tui/theme"
)

// presenceDesk knows who else is at work, and where.
type presenceDesk interface {
	Here(at register.Pin, doing string)
	Depart()
	Present() []register.Presence
	Gone() bool // the operator was removed
}

// stead is where the operator is, as the desk is told: the newest place, in whatever order the commands run.
type stead struct {
	desk presenceDesk

	mu    sync.Mutex
	known bool
	left  bool
	at    register.Pin
	doing string
}

// move notes a place and returns what tells the desk; nil where nobody moved.
func (s *stead) move(at register.Pin, doing string) tea.Cmd {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left || s.known && s.at == at && s.doing == doing {
		return nil
	}
	s.known, s.at, s.doing = true, at, doing
	return s.tell
}

func (s *stead) tell() tea.Msg {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.left {
		s.desk.Here(s.at, s.doing)
	}
	return nil
}

// leave tells the desk that nobody is here any more.
func (s *stead) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = true
	s.desk.Depart()
}

// pins are the things that others can be at, by their doors.
var pins = map[thing]string{
	thePerson: register.PinPerson, theOrganisation: register.PinOrganisation, theCase: register.PinCase,
}

// moved tells the desk where the operator is now, where that has changed.
func (m *Model) moved() tea.Cmd {
	if m.kit.stead == nil || len(m.stack) == 0 {
		return nil
	}
	return m.kit.stead.move(m.place())
}

// place is the record that is open and what is done with it, or the part of the console.
func (m *Model) place() (at register.Pin, doing string) {
	for i := len(m.stack) - 1; i >= 0; i-- {
		switch s := m.stack[i].screen.(type) {
		case *formScreen:
			doing = register.Changing
			if who := string(s.spec.subject); who != "" && at.ID == "" {
				at = register.Pin{Kind: register.PinPerson, ID: who}
			}
		case placed:
			if door, id := s.door(); pins[door] != "" {
				return register.Pin{Kind: pins[door], ID: id}, doing
			}
		}
	}
	if at.ID == "" {
		doing = string(m.stack[min(1, len(m.stack)-1)].screen.At().Scope)
	}
	return at, doing
}

// look takes who is here from the desk's memory.
func (k *kit) look() {
	if k.desk != nil {
		k.present = k.desk.Present()
	}
}

// noted takes a note: somebody moved, or something was changed.
func (m *Model) noted(note register.Note) tea.Cmd {
	switch {
	case m.kit.desk == nil:
		return nil
	case note.Verb == register.PresenceMoved:
		m.kit.look()
		return nil
	case m.kit.desk.Gone():
		return tea.Batch(m.lock(), say(theme.Late, "You were removed from the operators of this store."))
	}
	return m.refresh(note)
}

// company says which others have a record open, as a sentence; empty: nobody.
func (k *kit) company(at register.Pin) string {
	if at.ID == "" || k.desk == nil {
		return ""
	}
	own := k.desk.Operator().Name
	var names []string
	changing := ""
	for _, p := range k.present {
		if p.At != at || p.Operator == own {
			continue
		}
		if names = append(names, p.Operator); p.Doing == register.Changing && changing == "" {
			changing = p.Operator
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		if changing != "" {
			return names[0] + " is here too, changing it."
		}
		return names[0] + " is here too."
	}
	said := strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " are here too"
	if changing != "" {
		said += ", " + changing + " changing it"
	}
	return said + "."
}

// beside is who else has the record open that is on the screen, in a line over it.
func (m *Model) beside(width int) []string {
	if m.kit.stead == nil || len(m.kit.present) == 0 {
		return nil
	}
	at, _ := m.place()
	said := m.kit.company(at)
	if said == "" {
		return nil
	}
	th := m.kit.theme
	return []string{th.Soon.Render(th.Cell(said, width))}
}
