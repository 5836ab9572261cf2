package register

import (
	"slices"
	"strings"
	"time"

	"custos/internal/calendar"
)

// NoticeInput publishes a version of a notice.
type NoticeInput struct {
	ID       string
	Version  string
	Title    string
	Text     string
	From     calendar.Date
	Material bool // people must be told, and asked again where they consented
}

// NoticeEffect is what publishing a version means for the people held.
type NoticeEffect struct {
	Notice    Notice        `json:"notice"`
	Replaces  string        `json:"replaces,omitempty"` // the version in force before
	Purposes  []string      `json:"purposes"`
	Tell      []DelegateRow `json:"tell"`      // to be told of the change
	AskAgain  []RefreshRow  `json:"ask_again"` // their consent was to another wording
	Published bool          `json:"published"`
}

// NoticeVersions returns the versions of a notice, the latest first; "" for all
// notices, each with its versions together.
func (p *Profile) NoticeVersions(id string) []Notice {
	var found []Notice
	for _, n := range p.Notices {
		if id == "" || n.ID == id {
			found = append(found, n)
		}
	}
	slices.SortStableFunc(found, func(a, b Notice) int {
		if c := strings.Compare(a.ID, b.ID); c != 0 {
			return c
		}
		return b.From.Compare(a.From)
	})
	return found
}

// Digest is the hex SHA-256 of the wording as people were shown it.
func (n *Notice) Digest() string { return WordingDigest(n.Text) }

// PublishNotice returns the profile with a further version of a notice, the
// version in force before ending the day before. It returns an Invalid error
// for a version or day that cannot stand.
func (p *Profile) PublishNotice(in NoticeInput) (Profile, error) {
	versions := p.NoticeVersions(in.ID)
	switch {
	case len(versions) == 0:
		return *p, Errorf(Invalid, "notice", "the profile %s has no notice %q", p.Name, in.ID)
	case strings.TrimSpace(in.Text) == "":
		return *p, Errorf(Invalid, "text", "the wording must not be empty")
	case in.Version == "" || slices.ContainsFunc(versions, func(n Notice) bool { return n.Version == in.Version }):
		return *p, Errorf(Invalid, "version", "a new version needs a name of its own; %q stands already", in.Version)
	case in.From.IsZero() || !in.From.After(versions[0].From):
		return *p, Errorf(Invalid, "from", "a new version begins after the one before, which began on %s", versions[0].From)
	case in.Text == versions[0].Text:
		return *p, Errorf(Invalid, "text", "the wording is the same as of version %s", versions[0].Version)
	}
	next := Notice{ID: in.ID, Version: in.Version, Title: in.Title, Text: in.Text, From: in.From, Material: in.Material}
	if next.Title == "" {
		next.Title = versions[0].Title
	}
	out := *p
	out.Notices = slices.Clone(p.Notices)
	for i := range out.Notices {
		if n := &out.Notices[i]; n.ID == in.ID && (n.To.IsZero() || !n.To.Before(in.From)) {
			n.To = in.From.AddDays(-1)
		}
	}
	out.Notices = append(out.Notices, next)
	return out, nil
}

// Telling records that people were told of a changed notice.
type Telling struct {
	Notice  string        `json:"notice"`
	Version string        `json:"version"`
	On      calendar.Date `json:"on"`
	How     string        `json:"how"`
	People  int           `json:"people"`
	By      string        `json:"by"`
}

// Judgement is a change of purpose looked at for compatibility with the purpose
// the data was collected for: UK GDPR Art 6(4) and Art 8A.
type Judgement struct {
	Purpose string    `json:"purpose"`
	At      time.Time `json:"at"` // UTC
	By      string    `json:"by"`
	Was     string    `json:"was"`     // the wording before
	Becomes string    `json:"becomes"` // and after

	Link         string `json:"link"`         // between the purposes
	Context      string `json:"context"`      // in which the data was collected
	Nature       string `json:"nature"`       // of the data, special category above all
	Consequences string `json:"consequences"` // for the people
	Safeguards   string `json:"safeguards"`

	Compatible bool   `json:"compatible"`
	Made       bool   `json:"made"` // whether the change was made
	Reason     string `json:"reason"`
}

// Validate returns an Invalid error naming the first question left unanswered.
func (j *Judgement) Validate() error {
	for _, q := range []struct{ field, answer string }{
		{"becomes", j.Becomes}, {"link", j.Link}, {"context", j.Context}, {"nature", j.Nature},
		{"consequences", j.Consequences}, {"safeguards", j.Safeguards}, {"reason", j.Reason},
	} {
		if strings.TrimSpace(q.answer) == "" {
			return Errorf(Invalid, q.field, "a change of purpose is judged by its %s: write it down", q.field)
		}
	}
	return nil
}
