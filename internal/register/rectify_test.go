package register

import "testing"

func TestOneThingIsPutRightAtATime(t *testing.T) {
	for _, tt := range []struct {
		in   RectifyInput
		want Kind
	}{
		{RectifyInput{}, Invalid},
		{RectifyInput{Statement: " "}, Invalid},
		{RectifyInput{Statement: "I left in May"}, allowed},
		{RectifyInput{Field: "email", Value: "a@b.example"}, allowed},
		{RectifyInput{Field: "email", Statement: "x"}, Invalid},
		{RectifyInput{Field: FieldStatement, Value: "x"}, Invalid},
		{RectifyInput{Field: FieldOrganisation, Value: "x"}, Refused},
		{RectifyInput{Field: FieldAccess, Value: "x"}, Refused},
	} {
		if err := tt.in.Validate(); (err == nil) != (tt.want == allowed) || err != nil && KindOf(err) != tt.want {
			t.Errorf("%+v: %v", tt.in, err)
		}
	}
}

func TestPuttingRightTellsWhatChangesAndWhereItIsFrom(t *testing.T) {
	p := &Profile{Kinds: []PersonKind{{ID: "worker", Title: "Worker", Fields: []Field{
		{ID: FieldName}, {ID: FieldGiven}, {ID: FieldFamily}, {ID: FieldEmail}, {ID: "born", Type: "date"},
	}}}}
	d := &Delegate{ID: "D1", Kind: "worker", Name: "Ada Lee", Given: "Ada", Family: "Lee", Fields: map[string]string{FieldStatement: "one"}}
	from := Provenance{How: "letter", Detail: "RC-1"}
	for name, tt := range map[string]struct {
		in   RectifyInput
		want []ValueChange
		kind Kind
	}{
		"a part of the name": {RectifyInput{Field: FieldFamily, Value: "Lea"},
			[]ValueChange{{FieldName, "Ada Lee", "Ada Lea"}, {FieldFamily, "Lee", "Lea"}}, allowed},
		"the name in full": {RectifyInput{Field: FieldName, Value: "Adah Lea"},
			[]ValueChange{{FieldName, "Ada Lee", "Adah Lea"}, {FieldGiven, "Ada", ""}, {FieldFamily, "Lee", ""}}, allowed},
		"a statement":     {RectifyInput{Statement: " two "}, []ValueChange{{FieldStatement, "one", "one\ntwo"}}, allowed},
		"the same":        {RectifyInput{Field: FieldFamily, Value: "Lee"}, nil, Conflict},
		"no field of it":  {RectifyInput{Field: "badge", Value: "9"}, nil, Invalid},
		"no value for it": {RectifyInput{Field: "born", Value: "long ago"}, nil, Invalid},
	} {
		one, changes, err := d.Rectify(p, tt.in, from)
		if tt.kind != allowed {
			if err == nil || KindOf(err) != tt.kind || changes != nil {
				t.Errorf("%s: %v, %v", name, changes, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := map[string]ValueChange{}
		for _, c := range changes {
			got[c.Field] = c
		}
		for _, c := range tt.want {
			if got[c.Field] != c || len(changes) != len(tt.want) {
				t.Errorf("%s: %+v", name, changes)
			}
		}
		if last := one.Sources[len(one.Sources)-1]; len(last.Fields) != len(changes) || last.Detail != "RC-1" {
			t.Errorf("%s: %+v", name, last)
		}
	}
	if d.Name != "Ada Lee" || d.Fields[FieldStatement] != "one" || len(d.Sources) != 0 {
		t.Errorf("the record itself was written to: %+v", d)
	}
}

func TestOnePartOfANameLeavesTheFullNameThatIsHeld(t *testing.T) {
	for _, c := range []struct {
		what  string
		held  Delegate
		fills map[string]string
		want  string
	}{
		{"one part beside a full name", Delegate{Name: "Ada Example-Sample"}, map[string]string{FieldGiven: "Ada"}, "Ada Example-Sample"},
		{
			"both parts", Delegate{Name: "Ada Example-Sample"},
			map[string]string{FieldGiven: "Ada", FieldFamily: "Example"}, "Ada Example",
		},
		{
			"the part that was missing", Delegate{Name: "Ada Example-Sample", Given: "Ada"},
			map[string]string{FieldFamily: "Example"}, "Ada Example",
		},
		{
			"a name put together from its parts", Delegate{Name: "Ada Example", Given: "Ada", Family: "Example"},
			map[string]string{FieldGiven: ""}, "Example",
		},
		{"nobody named yet", Delegate{}, map[string]string{FieldGiven: "Ada"}, "Ada"},
		{
			"the full name", Delegate{Name: "Ada Example", Given: "Ada", Family: "Example"},
			map[string]string{FieldName: "Ada Sample"}, "Ada Sample",
		},
	} {
		if c.held.Fill(c.fills); c.held.Name != c.want {
			t.Errorf("%s: the full name is %q, not %q", c.what, c.held.Name, c.want)
		}
	}
}
