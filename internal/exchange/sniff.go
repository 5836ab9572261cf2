package exchange

import (
	"bytes"
	"encoding/json"
	"unicode/utf16"
)

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// signatures are the first bytes of files that are no table, and what to tell the person who chose one.
var signatures = []struct{ start, what string }{
	{"%PDF-", "it is a PDF document; ask for the data as .csv or .xlsx"},
	{"\x89PNG\r\n\x1a\n", "it is a picture (PNG), not a table"},
	{"\xff\xd8\xff", "it is a picture (JPEG), not a table"},
	{"GIF8", "it is a picture (GIF), not a table"},
	{"II*\x00", "it is a picture (TIFF), not a table"},
	{"MM\x00*", "it is a picture (TIFF), not a table"},
	{"RIFF", "it is a sound or a picture, not a table"},
	{"\x1f\x8b", "it is a compressed file (gzip); unpack it first"},
	{"7z\xbc\xaf\x27\x1c", "it is an archive (7z); unpack it first"},
	{"Rar!\x1a\x07", "it is an archive (RAR); unpack it first"},
	{"{\\rtf", "it is a text document (RTF), not a table"},
	{"SQLite format 3\x00", "it is a database (SQLite), not a table"},
	{"age-encryption.org/", "it is encrypted (age); decrypt it first"},
	{"-----BEGIN ", "it is a key or an encrypted message, not a table"},
	{"\x7fELF", "it is a program, not a table"},
	{"MZ\x90\x00", "it is a program, not a table"},
	{"\x09\x00\x04\x00", oldWorkbook},
	{"\x09\x02\x06\x00", oldWorkbook},
	{"\x09\x04\x06\x00", oldWorkbook},
}

// texts are the same for files that are text; they are compared after white space and without regard to case.
var texts = []struct{ start, what string }{
	{"<!doctype html", webPage},
	{"<html", webPage},
	{"<table", webPage},
	{"<?xml", "it is an XML document; save it as .csv or .xlsx"},
	{"begin:vcard", "it is an address card (vCard), not a table; export the contacts as .csv"},
	{"begin:vcalendar", "it is a calendar file, not a table"},
}

const (
	oldWorkbook = "it is an old Excel workbook (.xls); open it and save it as .xlsx or .csv"
	webPage     = "it is a web page, whatever its name says; open it in a spreadsheet and save it as .xlsx or .csv"
	binary      = "it is not a text file or a workbook; save the table as .csv or .xlsx"
)

// foreign says what a file is that is neither a zip archive nor delimited text, or "" for text.
func foreign(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return compound(data)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.start)) {
			return s.what
		}
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return ""
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	for _, s := range texts {
		if len(text) >= len(s.start) && bytes.EqualFold(text[:len(s.start)], []byte(s.start)) {
			return s.what
		}
	}
	if len(text) > 0 && text[0] == '<' && text[len(text)-1] == '>' {
		return "it is an XML or HTML document; save it as .csv or .xlsx"
	}
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Valid(text) {
		return "it is a JSON document; save the table as .csv or .xlsx"
	}
	if isBinary(data) {
		return binary
	}
	return ""
}

// compound tells the files apart that share the container of old Office documents: its directory names its streams in
// UTF-16.
func compound(data []byte) string {
	has := func(stream string) bool { return bytes.Contains(data, utf16Bytes(stream)) }
	switch {
	case has("EncryptedPackage"):
		return "it is a workbook protected by a password; open it, take the password off and save it again"
	case has("WordDocument"):
		return "it is an old Word document (.doc), not a table"
	case has("Workbook"), has("Book"):
		return oldWorkbook
	default:
		return "it is an old Office document, not a table; save the table as .csv or .xlsx"
	}
}

func utf16Bytes(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// isBinary judges by the first kilobytes: more than one byte in twenty is a control character that text does not have.
func isBinary(data []byte) bool {
	data = data[:min(4<<10, len(data))]
	controls := 0
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			controls++
		}
	}
	return 20*controls > len(data)
}
