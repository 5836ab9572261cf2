package letter

import (
	"bytes"
	"crypto/aes"
	"encoding/hex"
	"testing"
)

// TestALockOfAnotherProgramOpens holds us to the standard, not to ourselves:
// the lock is of a file that another program protected with this password.
func TestALockOfAnotherProgramOpens(t *testing.T) {
	const (
		check = "31093d3c917c3fda329116cab3cde8a291e4dcf7f718690a16ef79e30e3cc1351fb389775a51056112fa56ece4af18fc"
		key   = "cda9a86dc3db56c4c27a662e6067a081fea749367ba8f836186add41ef70899c"
		perms = "fc6a687052dad320d14080237f7d937f"
	)
	bytesOf := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	got := unlock([]byte("Pässword"), bytesOf(check), bytesOf(key))
	if got == nil {
		t.Fatal("the password does not open it")
	}
	open := make([]byte, aes.BlockSize)
	newCipher(got).Decrypt(open, bytesOf(perms))
	if !bytes.Equal(open[9:12], []byte("adb")) {
		t.Errorf("the key is another: %q", open)
	}
	if unlock([]byte("Password"), bytesOf(check), bytesOf(key)) != nil {
		t.Error("a wrong password opens it")
	}
}
