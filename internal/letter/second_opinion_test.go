package letter_test

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"custos/internal/letter"
)

// second is how a library that has no part in writing them reads our files.
var second = sync.OnceValue(func() *model.Configuration {
	api.DisableConfigDir()
	return model.NewDefaultConfiguration()
})

func TestAnotherLibraryReadsOurFiles(t *testing.T) {
	long := replyPDF(t, long(120), letter.Finish{})
	sealed := replyPDF(t, sample(), letter.Finish{Attachments: files(), Password: []byte("Pässword")})
	for name, tt := range map[string]struct {
		pdf      []byte
		password string
		files    []string
	}{
		"sheet":      {sheet(t, asking(), people()), "", nil},
		"forms":      {forms(t, asking(), people()), "", nil},
		"withdrawal": {reply(t, withdrawal()), "", nil},
		"awkward":    {replyPDF(t, awkward(), letter.Finish{}), "", nil},
		"long":       {long, "", nil},
		"with files": {replyPDF(t, sample(), letter.Finish{Attachments: files()}), "", []string{"data.json", "tables/empty.csv", "tables/held.csv"}},
		"protected":  {sealed, "Pässword", []string{"data.json", "tables/empty.csv", "tables/held.csv"}},
	} {
		conf := *second()
		conf.UserPW, conf.ValidationMode = tt.password, model.ValidationStrict
		conf.Cmd = model.LISTATTACHMENTS
		ctx, err := api.ReadAndValidate(bytes.NewReader(tt.pdf), &conf)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		all, err := ctx.ListAttachments()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var names []string
		for _, a := range all {
			names = append(names, a.FileName)
		}
		if slices.Sort(names); !slices.Equal(names, tt.files) {
			t.Errorf("%s carries %q", name, names)
		}
	}
	conf := *second()
	conf.UserPW = "password"
	if _, err := api.ReadAndValidate(bytes.NewReader(sealed), &conf); err == nil || !strings.Contains(err.Error(), "password") {
		t.Errorf("a wrong password: %v", err)
	}
}
