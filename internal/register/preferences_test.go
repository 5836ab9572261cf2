package register

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVisitsAreKeptNewestFirstAndOnce(t *testing.T) {
	var p Preferences
	for range MostRecent + 5 {
		p.Visit(Pin{PinPerson, "D1"})
		p.Visit(Pin{PinCase, "AR-1"})
	}
	if diff := cmp.Diff([]Pin{{PinCase, "AR-1"}, {PinPerson, "D1"}}, p.Recent); diff != "" {
		t.Errorf("recent (-want +got):\n%s", diff)
	}
	for i := range MostRecent + 5 {
		p.Visit(Pin{PinPerson, string(rune('a' + i))})
	}
	if len(p.Recent) != MostRecent || p.Validate() != nil {
		t.Errorf("%d are kept: %v", len(p.Recent), p.Validate())
	}
}

func TestPinsAreBounded(t *testing.T) {
	var p Preferences
	for i := range MostPinned {
		if on, err := p.TogglePin(Pin{PinPerson, string(rune('a' + i))}); !on || err != nil {
			t.Fatal(on, err)
		}
	}
	if _, err := p.TogglePin(Pin{PinPerson, "one more"}); KindOf(err) != Refused {
		t.Errorf("one more: %v", err)
	}
	if on, err := p.TogglePin(Pin{PinPerson, "a"}); on || err != nil || len(p.Pinned) != MostPinned-1 {
		t.Errorf("unpinning: %v %v", on, err)
	}
}

func TestAFilterNeedsAName(t *testing.T) {
	p := Preferences{Filters: []SavedFilter{{List: "delegates"}}}
	if KindOf(p.Validate()) != Invalid {
		t.Error("a filter without a name is kept")
	}
}
