package tui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// sheetDesk asks a group on paper.
type sheetDesk interface {
	SheetPeople(in register.SheetInput) ([]register.SheetRow, error)
	ConsentSheet(ctx context.Context, in register.SheetInput) (register.Disclosure, error)
}

// What a group is asked with.
const (
	paperSheet = "sheet"
	paperForms = "forms"
)

const sheetDraft = "sheet"

// newSheetForm asks how the questions are put to people, and shows who would be on the paper before it is made.
func newSheetForm(k *kit, who []register.ID, keys []register.ConsentKey) Screen {
	desk := sheetDesk(k.desk)
	return newForm(k, formSpec{
		id: sheetDraft, title: "Ask on paper", doing: "Looking who is to be asked",
		intro: "Asked on paper: " + howMany(len(who)) + ", " + count(len(keys), "question") +
			". Nothing is printed before you have seen who would be on it.",
		load: asked(
			widget.Field{
				ID: "unasked", Label: "Only people who were never asked something of it", Kind: widget.YesNo, Value: widget.Yes,
				Note: "Who has answered everything is left out.",
			},
			widget.Field{
				ID: "as", Label: "What is printed", Kind: widget.Choice, Required: true, Value: paperSheet,
				Options: []widget.Option{
					{Value: paperSheet, Label: "One list that everybody ticks and signs"},
					{Value: paperForms, Label: "A form of one page for each person"},
				},
			},
			widget.Field{
				ID: "asked", Label: "Record that they were asked", Kind: widget.YesNo, Value: widget.Yes,
				Note: "The ledger then says that the question was put today.",
			},
			widget.Field{ID: "title", Label: "What they take part in", Note: "Stands at the head of the paper; may be empty."},
			widget.Field{
				ID: "to", Label: "File", File: true, Required: true, Validate: sheetName,
				Value: filepath.Join(k.exports(), "consent-sheet-"+k.desk.Today().String()+".pdf"),
				Note:  "Ends in .pdf. A file that exists is never written over.",
			},
		),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			in := register.SheetInput{
				Delegates: who, Keys: keys, OnlyUnasked: v["unasked"] == widget.Yes, Forms: v["as"] == paperForms,
				RecordAsked: v["asked"] == widget.Yes, Title: strings.TrimSpace(v["title"]), To: v["to"],
			}
			rows, err := desk.SheetPeople(in)
			if err != nil {
				return formDone{}, err
			}
			return formDone{next: newSheet(k, in, rows), keep: true}, nil
		},
	})
}

func sheetName(name string) error {
	if !strings.EqualFold(filepath.Ext(name), ".pdf") {
		return errors.New("the name has to end in .pdf")
	}
	return nil
}
