package tui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"custos/internal/register"
	"custos/tui/widget"
)

// nounProfiling is the export that counts people and holds nobody.
const nounProfiling = "profiling"

// newProfiling asks by what people are counted and where the counts go.
func newProfiling(k *kit) Screen {
	desk := exportDesk(k.desk)
	profile := k.desk.Settings().Profile
	name := fmt.Sprintf("%s-%s.csv", nounProfiling, k.desk.Today())
	return newForm(k, formSpec{
		id: "export:" + nounProfiling, title: "Profiling counts",
		intro: fmt.Sprintf("Counts of people and nothing else about anybody: to the nearest 5, without groups of fewer than %d. "+
			"Nobody is named in the file, and nobody is disclosed by it.", register.SmallestGroup),
		load: asked(
			widget.Field{
				ID: "to", Label: "File", File: true, Required: true, Validate: tableName,
				Value: filepath.Join(k.exports(), name),
				Note:  "Ends in .csv, .xlsx or .json. A file that exists is never written over.",
			},
			widget.Field{
				ID: "fields", Label: "Counted by", Kind: widget.Choice, Required: true, Options: countedBy(profile.Profiling),
				Value: allFields(profile.Profiling), Note: "All that the profile allows. The fewer, the larger the groups.",
			},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			d, err := desk.Export(ctx, ExportInput{Noun: nounProfiling, To: v["to"], Fields: strings.Split(v["fields"], ",")})
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: fmt.Sprintf("The counts are %s, disclosure %s of nobody, in %s", filepath.Base(v["to"]), d.ID,
				filepath.Dir(v["to"]))}, nil
		},
	})
}

// countedBy offers all the fields together, then each alone.
func countedBy(fields []register.ProfilingField) []widget.Option {
	titles := make([]string, len(fields))
	each := make([]widget.Option, len(fields))
	for i, f := range fields {
		titles[i] = f.Title
		each[i] = widget.Option{Value: f.Field, Label: f.Title + " alone"}
	}
	if len(fields) == 1 {
		return each
	}
	return append([]widget.Option{{Value: allFields(fields), Label: strings.Join(titles, ", ") + " together"}}, each...)
}

// allFields is the answer that names every field.
func allFields(fields []register.ProfilingField) string {
	ids := make([]string, len(fields))
	for i, f := range fields {
		ids[i] = f.Field
	}
	return strings.Join(ids, ",")
}
