package tui

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// newTelling records that people were told of a version.
func newTelling(k *kit, v register.Notice) Screen {
	desk, today := noticeDesk(k.desk), k.desk.Today()
	return newForm(k, formSpec{
		id: "notice:told:" + v.ID + ":" + v.Version, title: "Told",
		intro: fmt.Sprintf("It is recorded that people were told of %s, version %s. Nothing is sent by this.", v.Title, v.Version),
		load: asked(
			widget.Field{ID: "on", Label: "When", Kind: widget.Date, Required: true, Value: today.String()},
			widget.Field{ID: "how", Label: "How", Required: true, Note: "Such as: by letter with the autumn programme."},
			widget.Field{ID: "people", Label: "How many people", Required: true, Validate: wholeNumber},
		),
		submit: func(ctx context.Context, f widget.Values) (formDone, error) {
			in := register.Telling{Notice: v.ID, Version: v.Version, How: strings.TrimSpace(f["how"])}
			var err error
			if in.On, err = calendar.ParseDate(f["on"]); err != nil {
				return formDone{}, register.Errorf(register.Invalid, "on", "this is not a date")
			}
			if in.People, err = number(f["people"]); err != nil {
				return formDone{}, register.Errorf(register.Invalid, "people", "%w", err)
			}
			return formDone{said: "Recorded: told " + howMany(in.People) + "."}, desk.NoticeTold(ctx, in)
		},
	})
}

var errNumber = errors.New("write a whole number")

// number reads a whole number that is at least 1.
func number(s string) (int, error) {
	n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(s), ",", ""))
	if err != nil || n < 1 {
		return 0, errNumber
	}
	return n, nil
}

func wholeNumber(s string) error {
	_, err := number(s)
	return err
}
