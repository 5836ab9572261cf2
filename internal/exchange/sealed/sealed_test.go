package sealed

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"filippo.io/age"
	"filippo.io/age/armor"
	"pgregory.net/rapid"

	"custos/internal/register"
)

func TestMain(m *testing.M) {
	workFactor = 4
	os.Exit(m.Run())
}

func seal(t testing.TB, to Key, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := Seal(&b, to)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write(content)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(data []byte, with Key) ([]byte, error) {
	r, err := Open(bytes.NewReader(data), with)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// pair makes a public key and the identity file that goes with it.
func pair(t testing.TB) (recipient string, identity []byte) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id.Recipient().String(), []byte("# of the tests\r\n\r\n" + id.String() + "\r\n")
}

func hybrid(t testing.TB) (recipient string, identity []byte) {
	t.Helper()
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return id.Recipient().String(), []byte(id.String())
}

// refused checks kind and wording of an error.
func refused(t *testing.T, what string, err error, kind register.Kind, words string) {
	t.Helper()
	if err == nil || register.KindOf(err) != kind || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: got %v (kind %d), want kind %d and %q", what, err, register.KindOf(err), kind, words)
	}
}

func TestWhatIsSealedOpens(t *testing.T) {
	public, secret := pair(t)
	public2, secret2 := pair(t)
	quantum, quantumSecret := hybrid(t)
	for _, tt := range []struct {
		name     string
		to, with Key
	}{
		{"password", Key{Password: []byte("päss word")}, Key{Password: []byte("päss word")}},
		{"one recipient", Key{Recipients: []string{public}}, Key{Identities: secret}},
		{"the second of two", Key{Recipients: []string{public, " " + public2 + "\n"}}, Key{Identities: secret2}},
		{"one of two identities", Key{Recipients: []string{public}}, Key{Identities: append(secret2, secret...)}},
		{"hybrid key", Key{Recipients: []string{quantum}}, Key{Identities: quantumSecret}},
	} {
		for _, size := range []int{0, 1, 64 << 10, 200_001} {
			content := bytes.Repeat([]byte("x"), size)
			got, err := open(seal(t, tt.to, content), tt.with)
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("%s, %d bytes: read %d bytes, %v", tt.name, size, len(got), err)
			}
		}
	}
}

func TestAnotherProgramOpensWhatIsSealed(t *testing.T) {
	id, err := age.NewScryptIdentity("open sesame")
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(seal(t, Key{Password: []byte("open sesame")}, []byte("hello"))), id)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); string(got) != "hello" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestArmouredFilesOpen(t *testing.T) {
	key := Key{Password: []byte("pw")}
	var b bytes.Buffer
	w := armor.NewWriter(&b)
	_, err := w.Write(seal(t, key, []byte("hello")))
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := open(b.Bytes(), key); string(got) != "hello" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestOnlyTheRightKeyOpens(t *testing.T) {
	public, secret := pair(t)
	_, other := pair(t)
	byPassword := seal(t, Key{Password: []byte("right")}, []byte("x"))
	byKey := seal(t, Key{Recipients: []string{public}}, []byte("x"))
	for what, tt := range map[string]struct {
		data  []byte
		with  Key
		kind  register.Kind
		words string
	}{
		"wrong password":          {byPassword, Key{Password: []byte("wrong")}, register.Denied, "password does not open"},
		"password with space":     {byPassword, Key{Password: []byte("right ")}, register.Denied, "password does not open"},
		"another's identity":      {byKey, Key{Identities: other}, register.Denied, "sealed for other keys"},
		"a password for keys":     {byKey, Key{Password: []byte("right")}, register.Denied, "no password replaces"},
		"an identity for a word":  {byPassword, Key{Identities: secret}, register.Denied, "no identity replaces"},
		"nothing":                 {byPassword, Key{}, register.Invalid, "password is empty"},
		"both":                    {byKey, Key{Password: []byte("p"), Identities: secret}, register.Invalid, "not both"},
		"a public key":            {byKey, Key{Identities: []byte(public)}, register.Invalid, "line 1: this is a public key"},
		"a damaged identity":      {byKey, Key{Identities: secret[:60]}, register.Invalid, "line 3: the secret key is damaged"},
		"an identity of a plugin": {byKey, Key{Identities: []byte("AGE-PLUGIN-X-1QQ")}, register.Invalid, "plug-in"},
		"no identity":             {byKey, Key{Identities: []byte("\n# nothing\n")}, register.Invalid, "holds no secret key"},
		"some other text":         {byKey, Key{Identities: []byte("\nhello")}, register.Invalid, "line 2: this is no secret key"},
	} {
		_, err := open(tt.data, tt.with)
		refused(t, what, err, tt.kind, tt.words)
	}
}

func TestNoOtherFileOpens(t *testing.T) {
	key := Key{Password: []byte("pw")}
	for what, tt := range map[string]struct{ data, words string }{
		"empty":         {"", "empty"},
		"a zip":         {"PK\x03\x04 and so on and so on and so on", "no sealed file"},
		"cut at once":   {"age-encrypt", "cut short"},
		"newer version": {"age-encryption.org/v2\n-> X25519 and so on", "newer program"},
		"no header":     {thisVersion, "damaged or cut short"},
		"endless lines": {thisVersion + strings.Repeat("-> a b\n"+strings.Repeat("A", 64)+"\n", 40_000), "damaged"},
		"endless line":  {thisVersion + "-> " + strings.Repeat("a", 2<<20), "its beginning has no end"},
	} {
		_, err := open([]byte(tt.data), key)
		refused(t, what, err, register.Invalid, tt.words)
	}
}

func TestDamageIsFound(t *testing.T) {
	key := Key{Password: []byte("pw")}
	whole := seal(t, key, bytes.Repeat([]byte("content "), 20_000))
	for at := 0; at < len(whole); at += 997 {
		_, err := open(whole[:at], key)
		refused(t, fmt.Sprint("cut at ", at), err, register.Invalid, "")
	}
	header := bytes.Index(whole, []byte("\n---")) + 1
	for at := header; at < len(whole); at += 997 {
		bad := bytes.Clone(whole)
		bad[at] ^= 1
		_, err := open(bad, key)
		refused(t, fmt.Sprint("changed at ", at), err, register.Invalid, "damaged")
	}
	_, err := open(append(bytes.Clone(whole), 'x'), key)
	refused(t, "with more at the end", err, register.Invalid, "damaged")
}

func TestWorkIsBounded(t *testing.T) {
	header := func(work int) []byte {
		salt, body := strings.Repeat("A", 22), base64.RawStdEncoding.EncodeToString(make([]byte, 32))
		return fmt.Appendf(nil, "%s-> scrypt %s %d\n%s\n--- %s\n", thisVersion, salt, work, body, strings.Repeat("A", 43))
	}
	_, err := open(header(maxWorkFactor+1), Key{Password: []byte("pw")})
	refused(t, "too much work", err, register.Invalid, "2^21 rounds")
	_, err = open(header(4), Key{Password: []byte("pw")})
	refused(t, "some work", err, register.Denied, "does not open")
}

func TestAFailingDiskIsNoDamage(t *testing.T) {
	key, broken := Key{Password: []byte("pw")}, errors.New("disk error")
	whole := seal(t, key, bytes.Repeat([]byte("x"), 300_000))
	for _, at := range []int{0, 50, 200_000} {
		r, err := Open(io.MultiReader(bytes.NewReader(whole[:at]), iotest.ErrReader(broken)), key)
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, broken) || register.KindOf(err) != register.Internal {
			t.Errorf("failing at %d: %v", at, err)
		}
	}
}

func TestSealRefuses(t *testing.T) {
	public, _ := pair(t)
	quantum, _ := hybrid(t)
	for what, tt := range map[string]struct {
		to    Key
		words string
	}{
		"nothing":        {Key{}, "no recipients"},
		"both":           {Key{Password: []byte("p"), Recipients: []string{public}}, "not both"},
		"mixed keys":     {Key{Recipients: []string{public, quantum}}, "do not go together"},
		"one bad of two": {Key{Recipients: []string{public, "x"}}, "no public key"},
	} {
		_, err := Seal(io.Discard, tt.to)
		refused(t, what, err, register.Invalid, tt.words)
	}
}

func TestRecipientsAreCheckedAndNeverRepeated(t *testing.T) {
	public, secret := pair(t)
	quantum, _ := hybrid(t)
	for _, s := range []string{public, quantum, " " + public + "\n"} {
		if _, err := parseRecipient(s); err != nil {
			t.Error(err)
		}
	}
	key := strings.TrimSpace(string(secret[len("# of the tests"):]))
	for s, words := range map[string]string{
		"":                                    "empty",
		" \n":                                 "empty",
		key:                                   "secret key",
		strings.ToLower(key):                  "secret key",
		"-----BEGIN OPENSSH PRIVATE KEY-----": "secret key",
		public[:len(public)-1]:                "damaged",
		public[:20] + "b" + public[21:]:       "damaged",
		quantum[:len(quantum)-1]:              "damaged",
		public + "\n" + public:                "one public key",
		"age1yubikey1" + public[5:]:           "plug-in",
		"ann@example.org":                     "no public key",
		strings.ToUpper(public):               "no public key",
	} {
		_, err := parseRecipient(s)
		refused(t, s, err, register.Invalid, words)
		if text := strings.TrimSpace(s); err != nil && len(text) > 10 && strings.Contains(err.Error(), text[5:]) {
			t.Errorf("the error repeats the key: %v", err)
		}
	}
}

func TestAnyContentComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		key := Key{Password: rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(rt, "password")}
		content := rapid.SliceOf(rapid.Byte()).Draw(rt, "content")
		if got, err := open(seal(t, key, content), key); err != nil || !bytes.Equal(got, content) {
			rt.Fatalf("read %d bytes of %d, %v", len(got), len(content), err)
		}
	})
}

// FuzzOpen: whatever a file holds, it opens or is refused in our words.
func FuzzOpen(f *testing.F) {
	public, secret := pair(f)
	f.Add(seal(f, Key{Password: []byte("pw")}, []byte("content")))
	f.Add(seal(f, Key{Recipients: []string{public}}, []byte("content")))
	f.Add([]byte(thisVersion + "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 4\n"))
	f.Add([]byte(armor.Header + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, with := range []Key{{Password: []byte("pw")}, {Identities: secret}} {
			if bytes.Contains(data, []byte(" scrypt ")) && !bytes.Contains(data, []byte(" 4\n")) {
				return // work that is within bounds, but not within a test's patience
			}
			_, err := open(data, with)
			if kind := register.KindOf(err); err != nil && kind != register.Invalid && kind != register.Denied {
				t.Fatalf("kind %d: %v", kind, err)
			}
		}
	})
}
