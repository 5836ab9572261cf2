// Package pack makes the archive of an access reply: files in a zip with a manifest of their sizes and digests. Equal
// content, order and time make equal bytes. It knows names and bytes. It never decides what goes in, encrypts, or looks
// into a file; that names and the manifest's fields hold no personal data is the caller's duty.
package pack

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode"
)

// ManifestName is the name of the file that lists the others; it stands last in the archive.
const ManifestName = "manifest.json"

// Info is what the manifest says about the pack itself.
type Info struct {
	Generator string            // program and version
	Created   time.Time         // instant; written in UTC to the second, and the time of every file
	Fields    map[string]string // anything else, such as the reference of the request
}

// File is one file of a manifest. SHA256 is in lower-case hexadecimal, Size in bytes.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Manifest is the content of manifest.json. Files are in the order they were added.
type Manifest struct {
	Generator string            `json:"generator"`
	Created   string            `json:"created"`
	Fields    map[string]string `json:"fields,omitempty"`
	Files     []File            `json:"files"`
}

// Writer writes a pack. After an error nothing more can be added.
type Writer struct {
	zip      *zip.Writer
	at       time.Time
	manifest Manifest
	taken    map[string]bool
	err      error
}

// New begins a pack on w, which the caller closes.
func New(w io.Writer, info Info) *Writer {
	at := info.Created.UTC().Truncate(time.Second)
	return &Writer{
		zip: zip.NewWriter(w), at: at, taken: map[string]bool{ManifestName: true},
		manifest: Manifest{info.Generator, at.Format(time.RFC3339), info.Fields, []File{}},
	}
}

// Add adds a file. name is relative, with forward slashes, and must be safe to unpack anywhere; it must not repeat an
// earlier one, compared without case.
func (w *Writer) Add(name string, content []byte) error {
	if w.err != nil {
		return w.err
	}
	if err := checkName(name); err != nil {
		return w.fail(err)
	}
	folded := strings.ToLower(name)
	if w.taken[folded] {
		return w.fail(fmt.Errorf("pack: the name %q is taken", name))
	}
	w.taken[folded] = true
	if err := w.write(name, content); err != nil {
		return w.fail(err)
	}
	sum := sha256.Sum256(content)
	w.manifest.Files = append(w.manifest.Files, File{name, int64(len(content)), hex.EncodeToString(sum[:])})
	return nil
}

// Close writes the manifest and completes the archive. Without it the pack is not valid.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	text, err := json.MarshalIndent(w.manifest, "", "  ")
	if err != nil {
		return w.fail(fmt.Errorf("pack: %w", err))
	}
	if err := w.write(ManifestName, append(text, '\n')); err != nil {
		return w.fail(err)
	}
	if err := w.zip.Close(); err != nil {
		return w.fail(fmt.Errorf("pack: %w", err))
	}
	w.err = errors.New("pack: it is closed")
	return nil
}

func (w *Writer) fail(err error) error {
	w.err = err
	return err
}

func (w *Writer) write(name string, content []byte) error {
	part, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method(name), Modified: w.at})
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil {
		return fmt.Errorf("pack: %w", err)
	}
	return nil
}

// method leaves alone what is compressed already.
func method(name string) uint16 {
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf", ".xlsx", ".docx", ".zip", ".jpg", ".jpeg", ".png":
		return zip.Store
	}
	return zip.Deflate
}

// longest is the most bytes of a name, so that it can be unpacked below any folder.
const longest = 180

// checkName refuses names that some system would unpack elsewhere, change or not accept.
func checkName(name string) error {
	if !fs.ValidPath(name) || name == "." || len(name) > longest {
		return fmt.Errorf("pack: the name %q is not a plain relative path", name)
	}
	for _, part := range strings.Split(name, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(part), ".")
		if strings.TrimRight(part, " .") != part || strings.TrimLeft(part, " ") != part || isDevice(stem) {
			return fmt.Errorf("pack: the name %q cannot be unpacked on every system", name)
		}
	}
	if i := strings.IndexFunc(name, func(r rune) bool {
		return strings.ContainsRune(`\:*?"<>|`, r) || !unicode.IsPrint(r)
	}); i >= 0 {
		return fmt.Errorf("pack: the name %q holds a character that not every system allows", name)
	}
	return nil
}

// isDevice knows the names that Windows keeps for devices.
func isDevice(stem string) bool {
	switch strings.TrimRight(stem, " ") {
	case "con", "prn", "aux", "nul":
		return true
	}
	port := strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")
	return len(stem) == 4 && port && stem[3] >= '0' && stem[3] <= '9'
}
