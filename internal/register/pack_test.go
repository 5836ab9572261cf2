package register

import (
	"strings"
	"testing"
)

func TestPackInput(t *testing.T) {
	keys := []string{"age1x"}
	for _, tt := range []struct {
		name             string
		in               PackInput
		file, form, said string
		field            string // of the error
	}{
		{name: "open", in: PackInput{To: "a.zip"}, file: "a.zip", form: "zip", said: "none"},
		{name: "one file", in: PackInput{To: "a.PDF"}, file: "a.PDF", form: "pdf", said: "none"},
		{name: "password", in: PackInput{To: "a.pdf", Password: []byte("ten letters")}, file: "a.pdf", form: "pdf", said: "password"},
		{name: "keys", in: PackInput{To: "a.zip", Recipients: keys}, file: "a.zip.age", form: "zip", said: "age"},
		{name: "keys, named so", in: PackInput{To: "a.pdf.age", Recipients: keys}, file: "a.pdf.age", form: "pdf", said: "age"},
		{name: "a short password", in: PackInput{To: "a.zip", Password: []byte("ninechars")}, field: "password"},
		{name: "spaces", in: PackInput{To: "a.zip", Password: []byte(strings.Repeat(" ", 12))}, field: "password"},
		{name: "nine letters of two bytes", in: PackInput{To: "a.zip", Password: []byte(strings.Repeat("é", 9))}, field: "password"},
		{name: "not text", in: PackInput{To: "a.zip", Password: []byte("\xff123456789")}, field: "password"},
		{name: "both", in: PackInput{To: "a.zip", Password: []byte("ten letters"), Recipients: keys}, field: "password"},
		{name: "no ending", in: PackInput{To: "a"}, field: "to"},
		{name: "another ending", in: PackInput{To: "a.docx"}, field: "to"},
		{name: "sealed to nobody", in: PackInput{To: "a.zip.age"}, field: "to"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.in.Validate()
			if tt.field != "" {
				if KindOf(err) != Invalid || !strings.HasPrefix(err.Error(), tt.field+": ") {
					t.Errorf("%v", err)
				}
				return
			}
			form, _ := tt.in.Form()
			if err != nil || tt.in.File() != tt.file || form != tt.form || tt.in.Encryption() != tt.said {
				t.Errorf("%v: %s %s %s", err, tt.in.File(), form, tt.in.Encryption())
			}
		})
	}
}

func TestExemptionsAreTheOfficesOwn(t *testing.T) {
	var s Settings
	usual := len(s.ExemptionList())
	s.PutExemption(Exemption{Code: "own", Title: "our own", Source: "the law"})
	s.PutExemption(Exemption{Code: "third-party", Title: "others", Source: "the law"})
	if x, ok := s.Exemption("third-party"); !ok || x.Title != "others" || len(s.ExemptionList()) != usual+1 {
		t.Errorf("%+v", s.ExemptionList())
	}
	if err := s.DropExemption("none"); KindOf(err) != NotFound {
		t.Errorf("%v", err)
	}
	for _, x := range s.ExemptionList()[1:] {
		if err := s.DropExemption(x.Code); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.DropExemption(s.ExemptionList()[0].Code); KindOf(err) != Refused {
		t.Errorf("%v", err)
	}
	if x, _ := new(Settings).Exemption("privilege"); x.Gap() != "[removed: legal professional privilege, DPA 2018 Sch 2 para 19]" {
		t.Errorf("%s", x.Gap())
	}
}
