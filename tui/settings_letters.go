package tui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"custos/internal/calendar"
	"custos/internal/register"
	"custos/tui/widget"
)

// inLetters are the lines about how the office and the regulator are spoken of in letters.
func (s *settings) inLetters(now *register.Settings) settingRows {
	rows := settingRows{
		{
			id: "address", label: "Address in letters", value: cmp.Or(strings.ReplaceAll(now.Address, "\n", ", "), "not given"),
			command: "custos office set --address TEXT",
		},
		{
			id: "regulator", label: "Regulator", value: cmp.Or(now.Regulator, now.Profile.Regulator) + ": " +
				cmp.Or(strings.ReplaceAll(now.RegulatorContact, "\n", ", "), "how it is reached is not given"),
			command: "custos office set --regulator NAME --regulator-contact TEXT",
		},
		{
			id: "backups", label: "Copies are kept", value: backupWords(now.BackupDays),
			command: "custos office set --backup-days DAYS",
		},
	}
	for i := range rows {
		s.changes(&rows[i], register.SettingsChange, newLetterhead)
	}
	return rows
}

func backupWords(n int) string {
	if n == 0 {
		return "not said: a certificate of erasure cannot say how long copies last"
	}
	return days(n)
}

func termWords(text string) string {
	if strings.TrimSpace(text) == "" {
		return "not given: the clock of the educational record needs them"
	}
	return count(len(strings.Split(strings.TrimSpace(text), "\n")), "line")
}

// newLetterhead asks how the office and the regulator are spoken of, and how long copies of the store are kept.
func newLetterhead(k *kit) Screen {
	desk, was := officeDesk(k.desk), register.OfficeInput{}
	return newForm(k, formSpec{
		id: "settings:letters", title: "Letters and copies", of: inSettings,
		load: func() ([]widget.Field, error) {
			now := k.desk.Settings()
			was = now.InLetters()
			return letterheadFields(&now), nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			in := register.OfficeInput{
				Address: v["address"], Regulator: v["regulator"], RegulatorContact: v["contact"],
			}
			if text := strings.TrimSpace(v["backup_days"]); text != "" {
				var err error
				if in.BackupDays, err = number(text); err != nil {
					return formDone{}, register.Errorf(register.Invalid, "backup_days", "%w", err)
				}
			}
			return formDone{said: "Letters say so from now on."}, desk.SetOffice(ctx, in, was)
		},
	})
}

func letterheadFields(now *register.Settings) []widget.Field {
	kept := ""
	if now.BackupDays > 0 {
		kept = strconv.Itoa(now.BackupDays)
	}
	return []widget.Field{
		{
			ID: "address", Label: "Address of the office", Kind: widget.LongText, Value: now.Address,
			Note: "As letters print it, in lines.",
		},
		{
			ID: "regulator", Label: "Regulator", Value: now.Regulator,
			Note: "Empty: " + now.Profile.Regulator + ", as the profile says.",
		},
		{
			ID: "contact", Label: "How the regulator is reached", Kind: widget.LongText, Value: now.RegulatorContact,
			Note: "Every refusal tells where to complain.",
		},
		{
			ID: "backup_days", Label: "Days copies of the store are kept", Value: kept, Validate: wholeNumber,
			Note: "The certificate of an erasure says until when copies may still hold the data. Empty: it is not said.",
		},
	}
}

// newTerms asks for the school's terms, typed or out of a file.
func newTerms(k *kit) Screen {
	desk, read, was := officeDesk(k.desk), k.env.ReadFile, ""
	return newForm(k, formSpec{
		id: "settings:terms", title: "Terms of the school", of: inSettings,
		intro: "A line for each term, first day and last day: 2026-09-03,2026-10-23. School days are counted by them. " +
			"Cases keep the dates they have.",
		load: func() ([]widget.Field, error) {
			was = k.desk.Settings().Terms
			return []widget.Field{
				{ID: "terms", Label: "Terms", Kind: widget.LongText, Value: was, Note: "Empty: none are known."},
				{ID: "file", Label: "Or a file with them", File: true, Note: "With its path; it goes before what is typed."},
			}, nil
		},
		submit: func(ctx context.Context, v widget.Values) (formDone, error) {
			text, path := v["terms"], strings.TrimSpace(v["file"])
			if path == "" {
				err := typedTerms(desk.SetTerms(ctx, text, was))
				return formDone{said: "School days are counted by these terms."}, atQuestion(err, "terms")
			}
			if read == nil {
				return formDone{}, register.Errorf(register.Invalid, "file", "files cannot be read from here")
			}
			data, err := read(path)
			if err != nil {
				return formDone{}, unreadableFile(path, err)
			}
			return formDone{said: fmt.Sprintf("%s: read.", termWords(string(data)))}, inFile(desk.SetTerms(ctx, string(data), was), path)
		},
	})
}

// typedTerms names the line that is wrong, of terms that the question names already.
func typedTerms(err error) error {
	var wrong *calendar.FileError
	if !errors.As(err, &wrong) {
		return err
	}
	named := *wrong
	named.File = ""
	return &register.Error{Kind: register.KindOf(err), Msg: strings.TrimLeft(named.Error(), ": "), Err: err}
}

// atQuestion leads any error to one question.
func atQuestion(err error, id string) error {
	if err == nil {
		return nil
	}
	return &register.Error{Kind: register.KindOf(err), Field: id, Msg: problem(err), Err: err}
}
