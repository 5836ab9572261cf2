package tui

import (
	"context"
	"fmt"
	"path/filepath"

	"custos/internal/register"
	"custos/tui/widget"
)

// The standards that consents are written in, beside a table or plain JSON.
var standards = []widget.Option{
	{Value: "iso27560", Label: "Consent records, ISO/IEC TS 27560 (JSON)"},
	{Value: "receipt27560", Label: "A receipt for the person, ISO/IEC TS 27560 (JSON)"},
	{Value: "kantara", Label: "Consent receipts, Kantara 1.1 (JSON)"},
}

// newPersonConsents asks into which file the consents of one person go, and in which form.
func newPersonConsents(k *kit, who register.ID) Screen {
	desk := exportDesk(k.desk)
	return newForm(k, formSpec{
		title: "Export consents", intro: "Every event of this person, as a table, as plain JSON or in one of the standards. " +
			"The file is recorded as a disclosure.",
		load: asked(
			widget.Field{
				ID: "to", Label: "File", File: true, Required: true, Validate: tableName,
				Value: filepath.Join(k.exports(), fmt.Sprintf("consents-%s-%s.json", who, k.desk.Today())),
				Note:  "Ends in .csv, .xlsx or .json. A file that exists is never written over.",
			},
			widget.Field{
				ID: "as", Label: "In which standard", Kind: widget.Choice, Options: standards,
				Note: "None: as the name of the file says.",
			},
		),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			d, err := desk.Export(ctx, ExportInput{Noun: nounConsents, To: v["to"], As: v["as"], Person: who})
			if err != nil {
				return formDone{}, err
			}
			return formDone{said: exported(d, v["to"])}, nil
		},
	})
}

// standardField asks in which standard consents leave, where a list of people does.
func standardField() widget.Field {
	return widget.Field{
		ID: "as", Label: "Consents in which standard", Kind: widget.Choice,
		Options: []widget.Option{standards[0], standards[2]}, Note: "None: as the name of the file says.",
	}
}
