package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"custos/internal/vault"
)

// Manifest says what a backup holds. It is readable, and authenticated under a key derived from the store key: a byte
// changed in it shows.
type Manifest struct {
	Version    int            `json:"version"`
	Store      string         `json:"store"`
	At         time.Time      `json:"at"` // UTC, to the second; of the state the backup holds
	Format     int            `json:"format"`
	Commit     uint64         `json:"commit"`
	AuditSeq   uint64         `json:"audit_seq"`
	AuditHead  string         `json:"audit_head"` // hexadecimal
	Records    map[string]int `json:"records"`    // by bucket, former versions and audit entries included
	People     int            `json:"people"`
	Bytes      int64          `json:"bytes"`       // of the data file
	SHA256     string         `json:"sha256"`      // of the data file, hexadecimal
	DataDigest string         `json:"data_digest"` // the state digest without the bucket keys, hexadecimal
	Generation string         `json:"generation"`  // of the store key
	Data       string         `json:"data"`        // names of the files beside it
	Ring       string         `json:"ring"`
	Ledger     string         `json:"ledger"`
	MAC        string         `json:"mac"` // HMAC-SHA256 over all before, hexadecimal
}

// Total is how many records the backup holds, former versions and audit entries included.
func (m *Manifest) Total() int {
	n := 0
	for _, count := range m.Records {
		n += count
	}
	return n
}

const (
	manifestVersion = 1
	manifestMost    = 1 << 20 // bytes

	dataExt     = ".data"
	manifestExt = ".json"
	stampLayout = "20060102T150405Z"
)

// encode gives the bytes of the file. There is one way to write a manifest, so that any byte changed shows.
func (m *Manifest) encode() ([]byte, error) {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing a manifest: %w", err)
	}
	return append(b, '\n'), nil
}

// mac is HMAC-SHA256 over parts("custos manifest v1", the file with an empty mac), in hexadecimal.
func (m Manifest) mac(k *keyring) (string, error) {
	m.MAC = ""
	b, err := m.encode()
	if err != nil {
		return "", err
	}
	key := k.backupKey("backup")
	defer key.Wipe()
	h := hmac.New(sha256.New, key[:])
	h.Write(appendParts(nil, "custos manifest v1", string(b)))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// sign sets the mac.
func (m *Manifest) sign(k *keyring) (err error) {
	m.MAC, err = m.mac(k)
	return err
}

// authentic reports whether a manifest was signed with the keys and not changed since.
func (m *Manifest) authentic(k *keyring) bool {
	want, err := m.mac(k)
	return err == nil && vault.Equal([]byte(want), []byte(m.MAC))
}

// parseManifest reads a manifest. Its errors are sentences that do not name the file. It does not say that the manifest
// is genuine: see authentic.
func parseManifest(b []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return m, errors.New("it is not the manifest of a backup, or it is damaged")
	}
	if m.Version > manifestVersion {
		return m, fmt.Errorf("it has version %d, made by a newer program", m.Version)
	}
	again, err := m.encode()
	if err != nil || m.Version != manifestVersion || !bytes.Equal(again, b) {
		return m, errors.New("it is not as it was written: it was changed, or it is damaged")
	}
	return m, nil
}

// readManifest reads the manifest at a path. Errors: fs.ErrNotExist, or a sentence that does not name the file.
func readManifest(path string) (Manifest, error) {
	f, err := openPlain(path)
	if err != nil {
		return Manifest{}, err
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, manifestMost))
	if err != nil {
		return Manifest{}, err
	}
	m, err := parseManifest(b)
	if err != nil {
		return m, err
	}
	stem := strings.TrimSuffix(filepath.Base(path), manifestExt)
	if m.Data != stem+dataExt || m.Ring != ringPrefix+m.Generation || m.Ledger != ledgerPrefix+m.Generation ||
		!isGeneration(m.Generation) {
		return m, fmt.Errorf("it is the manifest of another backup: of %q", m.Data)
	}
	return m, nil
}

// isGeneration reports whether a text is eight hexadecimal digits: it becomes part of the names of files.
func isGeneration(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 4
}

// stampOf reads the name of a manifest or data file: the instant, and whether it is one.
func stampOf(name string) (time.Time, bool) {
	stem, ok := strings.CutSuffix(name, manifestExt)
	if !ok {
		if stem, ok = strings.CutSuffix(name, dataExt); !ok {
			return time.Time{}, false
		}
	}
	stamp, number, numbered := strings.Cut(stem, "-")
	if _, err := strconv.Atoi(number); numbered && err != nil {
		return time.Time{}, false
	}
	at, err := time.Parse(stampLayout, stamp)
	return at, err == nil
}
