package tui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// competence is the line about the age from which a child answers for themselves.
func (s *settings) competence(now *register.Settings) setting {
	row := setting{id: "competent", label: "Children answer from", value: fmt.Sprintf("%d years, as the profile says", now.CompetentFrom())}
	if now.CompetentAge != 0 {
		row.value = fmt.Sprintf("%d years, as the office has set", now.CompetentAge)
	}
	s.changes(&row, register.SettingsChange, newCompetentAge)
	return row
}

// newCompetentAge asks from which age a child answers for themselves.
func newCompetentAge(k *kit) Screen {
	desk, was := officeDesk(k.desk), 0
	return newForm(k, formSpec{
		id: "settings:competent", title: "Children's own answers",
		intro: "From this age a child's own consent is asked for. A parent's answers stand until the child gives their own; " +
			"the list of whom to ask again names them.",
		of: inSettings,
		load: func() ([]widget.Field, error) {
			held := ""
			if was = k.desk.Settings().CompetentAge; was != 0 {
				held = strconv.Itoa(was)
			}
			return []widget.Field{{
				ID: "years", Label: "Age in years", Value: held, Note: "Empty: as the profile says.", Validate: wholeNumber,
			}}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			years := 0
			if text := strings.TrimSpace(v["years"]); text != "" {
				var err error
				if years, err = number(text); err != nil {
					return formDone{}, register.Errorf(register.Invalid, "years", "%w", err)
				}
			}
			return formDone{said: "Set."}, desk.SetCompetentAge(ctx, years, was)
		},
	})
}
