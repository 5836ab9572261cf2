package tui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"custos/internal/register"
	"custos/tui/theme"
	"custos/tui/widget"
)

// typedWord asks for a word to be typed before something is done that cannot be taken back.
func typedWord(word, note string) widget.Field {
	return widget.Field{
		ID: "word", Label: "Type " + word, Required: true, Note: note, Validate: func(s string) error {
			if strings.TrimSpace(s) != word {
				return errors.New("type " + word + " to go on, or press Esc")
			}
			return nil
		},
	}
}

// newRecoveryForm makes another recovery key once it was asked for twice, and shows it.
func newRecoveryForm(k *kit) Screen {
	desk := safeDesk(k.desk)
	return newForm(k, formSpec{
		title: "New recovery key", once: true, doing: "Making the key",
		intro: "The recovery key you have now opens the store no longer, nor the key ring beside a backup once that folder is " +
			"at hand. The new one is shown once.",
		load: asked(typedWord("NEW KEY", "Have something to write with, or a printer, at hand.")),
		confirm: func(widget.Values) widget.Question {
			return widget.Question{
				Title: "New recovery key", Yes: "Make it",
				Text: "The recovery key that was printed before is worthless from now on. Destroy it when you have kept the new one.",
			}
		},
		submit: func(ctx context.Context, _ widget.Values) (formDone, error) {
			key, err := desk.NewRecovery(ctx)
			if key == "" {
				return formDone{}, err
			}
			return formDone{next: newKeys(k, register.Rekeyed{Recovery: key}, err)}, nil
		},
	})
}

// newRekey replaces every key of the store after the operator's own passphrase was proved.
func newRekey(k *kit) Screen {
	desk := safeDesk(k.desk)
	return newForm(k, formSpec{
		title: "New keys for everything", once: true, doing: "Making new keys and sealing everything anew; this cannot be cut short",
		intro: "For when a passphrase or the recovery key was seen by somebody who must not have it. Every record is sealed anew " +
			"under new keys. You keep your passphrase; everybody else gets one to be used once. Backups made before still open " +
			"with what opened them: remove the ones within reach of whoever saw it.",
		load: asked(
			widget.Field{ID: "passphrase", Label: "Your passphrase", Kind: widget.Secret, Required: true},
			typedWord("NEW KEYS", ""),
		),
		confirm: func(widget.Values) widget.Question {
			return widget.Question{
				Title: "New keys for everything", Yes: "Make them",
				Text: "The recovery key and the passphrases of all other operators open nothing any more. What they get instead is " +
					"shown once: have something to write with at hand.",
			}
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			pass := []byte(v["passphrase"])
			defer clear(pass)
			done, err := desk.Rekey(ctx, register.RekeyInput{Passphrase: pass})
			if done.Recovery == "" {
				return formDone{}, atQuestion(err, "passphrase")
			}
			return formDone{next: newKeys(k, done, err)}, nil
		},
	})
}

// newKeys shows keys that were made, once, with what went wrong after that.
func newKeys(k *kit, made register.Rekeyed, after error) Screen {
	r := &recovery{
		kit: k, key: made.Recovery, oneTime: made.OneTime,
		words: "This is the new recovery key. It opens the store when every passphrase is lost. The old one opens it no longer.",
	}
	if after != nil {
		r.words += " Still to be done: " + problem(after)
	}
	return r
}

// newPassphrase asks for another passphrase of the operator's own.
func newPassphrase(k *kit) Screen { return passphraseForm(k, "") }

func passphraseForm(k *kit, intro string) Screen {
	desk, op := safeDesk(k.desk), k.desk.Operator()
	fields := []widget.Field{
		{
			ID: "passphrase", Label: "New passphrase", Kind: widget.Secret, Required: true,
			Note: "Several words are best. Nobody else should know it.",
		},
		{ID: "again", Label: "New passphrase again", Kind: widget.Secret, Required: true},
	}
	if desk.ByKey() {
		fields = slices.Insert(fields, 0, widget.Field{
			ID: "was", Label: "The passphrase you have now", Kind: widget.Secret, Required: true, Note: "Your key let you in without it.",
		})
	}
	return newForm(k, formSpec{
		title: "Your passphrase", intro: intro, doing: "Changing the passphrase",
		load: asked(fields...),
		remark: func(v widget.Values) string {
			return strength(k, widget.Values{"passphrase": v["passphrase"], "operator": op.Name})
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			if v["passphrase"] != v["again"] {
				return formDone{}, register.Errorf(register.Invalid, "again", "this is not the same passphrase")
			}
			pass, was := []byte(v["passphrase"]), []byte(v["was"])
			defer clear(pass)
			defer clear(was)
			var old [][]byte
			if desk.ByKey() {
				old = append(old, was)
			}
			err := desk.ChangePassphrase(ctx, pass, old...)
			if fieldOf(err) != "was" {
				err = atQuestion(err, "passphrase")
			}
			return formDone{said: "Your new passphrase opens the store from now on."}, err
		},
	})
}

// newOwn asks somebody whose passphrase was made for them to choose their own.
func newOwn(k *kit) Screen {
	return passphraseForm(k, "The passphrase you came in with was made for you and seen by somebody else. Choose your own now.")
}

// newAnchor writes the signed head of the audit trail to a file.
func newAnchor(k *kit) Screen {
	desk := safeDesk(k.desk)
	return newForm(k, formSpec{
		title: "Export an anchor",
		intro: "The signed head of the audit trail goes into a small file. Kept where nobody at this machine can change it, it " +
			"shows later whether anything up to it was cut off or rewritten. It names nobody.",
		load: asked(widget.Field{
			ID: "to", Label: "File", File: true, Required: true,
			Value: filepath.Join(k.exports(), fmt.Sprintf("anchor-%s.json", k.desk.Today())),
			Note:  "A file that exists is never written over.",
		}),
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			a, err := desk.Anchor(ctx, v["to"])
			return formDone{
				said: fmt.Sprintf("Entry %d is signed in %s: keep it elsewhere.", a.Seq, filepath.Base(v["to"])),
			}, atQuestion(err, "to")
		},
	})
}

// newAnchorCompare holds the audit trail against an anchor that was kept.
func newAnchorCompare(k *kit) Screen {
	desk := safeDesk(k.desk)
	return newForm(k, formSpec{
		title: "Compare an anchor", doing: "Walking the chain from its first entry",
		load: asked(widget.Field{ID: "file", Label: "File", File: true, Required: true, Note: "The anchor that was kept, with its path."}),
		submit: func(_ context.Context, v widget.Values) (formDone, error) {
			data, err := readOf(k, v, "file")
			if err != nil {
				return formDone{}, err
			}
			verdict, err := desk.CompareAnchor(data)
			if verdict.Words == "" {
				return formDone{}, atQuestion(err, "file")
			}
			return formDone{next: newReading(k, "Anchor", verdictWords(&verdict))}, nil
		},
	})
}

func verdictWords(v *register.AnchorVerdict) string {
	word := "IT DOES NOT HOLD"
	if v.Holds {
		word = "IT HOLDS"
	}
	return fmt.Sprintf("%s.\n\n%s\n\nThe anchor is of %s: entry %d, %s.", word, v.Words, moment(v.Anchor.At), v.Anchor.Seq, v.Anchor.Hash)
}

// others lists the passphrases made for the other operators, which are shown once.
func (r *recovery) others(th *theme.Theme, width int) []string {
	if len(r.oneTime) == 0 {
		return nil
	}
	t := &text{th: th, width: width}
	t.head("To be used once, by whom they are made for")
	for _, name := range slices.Sorted(maps.Keys(r.oneTime)) {
		t.add("  ", theme.Plain, name+"  "+r.oneTime[name])
	}
	return t.lines
}

// lost is what a lock takes away: nothing where the store was only just made.
func (r *recovery) lost() string {
	switch {
	case r.session != nil:
		return ""
	case len(r.oneTime) > 0:
		return "New keys were on the screen: what nobody kept of them has to be made anew in the settings."
	}
	return "A recovery key was on the screen: if nobody kept it, make another one in the settings."
}

func (r *recovery) making() bool { return false }

// making reports whether what is shown once is being made.
func (f *formScreen) making() bool { return f.spec.once && f.sending }

func (f *formScreen) lost() string { return "" }
