package letter

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"fmt"

	"golang.org/x/text/unicode/norm"
)

// seal protects a file with AES-256 as ISO 32000-2, 7.6.4 describes it
// (revision 6). Strings need none of it: all of ours stand in streams.
type seal struct {
	key                        []byte
	user, userKey, owner, okey []byte
	perms                      []byte
}

// The rights of whoever opens the file with the password: to print, to copy,
// and to have it read out. The bits above and 7, 8 are ones by the standard.
const permissions = int32(-1)&^0xfff | 0xc0 | 1<<2 | 1<<4 | 1<<9 | 1<<11

const (
	saltSize = 8
	hashSize = 32
	keySize  = 32
)

// newSeal draws the key of a file. The password of the owner is drawn as well
// and kept nowhere: nobody has more rights than the password gives.
func newSeal(password []byte) *seal {
	s := &seal{key: random(keySize)}
	s.user, s.userKey = s.door(prepared(password), nil)
	s.owner, s.okey = s.door(random(keySize), s.user)
	p := permissions
	b := binary.LittleEndian.AppendUint32(nil, uint32(p))
	b = append(b, 0xff, 0xff, 0xff, 0xff, 'T', 'a', 'd', 'b')
	b = append(b, random(4)...)
	s.perms = make([]byte, aes.BlockSize)
	newCipher(s.key).Encrypt(s.perms, b)
	return s
}

// door locks the key behind a password: what tells whether a password is right,
// and the key as it is locked.
func (s *seal) door(password, user []byte) (check, locked []byte) {
	salts := random(2 * saltSize)
	check = append(hardened(password, salts[:saltSize], user), salts...)
	locked = make([]byte, keySize)
	lock := newCipher(hardened(password, salts[saltSize:], user))
	cipher.NewCBCEncrypter(lock, make([]byte, aes.BlockSize)).CryptBlocks(locked, s.key)
	return check, locked
}

// unlock returns the key of a file, or nothing where the password is wrong.
func unlock(password, check, locked []byte) []byte {
	if len(check) < hashSize+2*saltSize || len(locked) != keySize {
		return nil
	}
	password = prepared(password)
	got := hardened(password, check[hashSize:hashSize+saltSize], nil)
	if subtle.ConstantTimeCompare(got, check[:hashSize]) != 1 {
		return nil
	}
	key := make([]byte, keySize)
	lock := newCipher(hardened(password, check[hashSize+saltSize:hashSize+2*saltSize], nil))
	cipher.NewCBCDecrypter(lock, make([]byte, aes.BlockSize)).CryptBlocks(key, locked)
	return key
}

// prepared is a password as it is typed on any system, at most 127 bytes.
func prepared(password []byte) []byte {
	b := norm.NFKC.Bytes(password)
	return b[:min(len(b), 127)]
}

// hardened is the hash of revision 6: so many rounds that guessing is dear.
func hardened(password, salt, user []byte) []byte {
	sum := sha256.Sum256(bytes.Join([][]byte{password, salt, user}, nil))
	k := sum[:]
	for round := 1; ; round++ {
		e := bytes.Repeat(bytes.Join([][]byte{password, k, user}, nil), 64)
		cipher.NewCBCEncrypter(newCipher(k[:16]), k[16:32]).CryptBlocks(e, e)
		mod := 0
		for _, b := range e[:16] {
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			h := sha256.Sum256(e)
			k = h[:]
		case 1:
			h := sha512.Sum384(e)
			k = h[:]
		default:
			h := sha512.Sum512(e)
			k = h[:]
		}
		if round >= 64 && int(e[len(e)-1]) <= round-32 {
			return k[:hashSize]
		}
	}
}

// stream encrypts the bytes of one stream.
func (s *seal) stream(data []byte) []byte {
	pad := aes.BlockSize - len(data)%aes.BlockSize
	out := make([]byte, aes.BlockSize+len(data)+pad)
	copy(out, random(aes.BlockSize))
	body := out[aes.BlockSize:]
	copy(body, data)
	for i := len(data); i < len(body); i++ {
		body[i] = byte(pad)
	}
	cipher.NewCBCEncrypter(newCipher(s.key), out[:aes.BlockSize]).CryptBlocks(body, body)
	return out
}

// opened decrypts the bytes of one stream; false where they are not whole.
func opened(key, data []byte) ([]byte, bool) {
	if len(data) < 2*aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return nil, false
	}
	body := make([]byte, len(data)-aes.BlockSize)
	cipher.NewCBCDecrypter(newCipher(key), data[:aes.BlockSize]).CryptBlocks(body, data[aes.BlockSize:])
	pad := int(body[len(body)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, false
	}
	return body[:len(body)-pad], true
}

// dict is what the file says of how it is protected.
func (s *seal) dict() string {
	return fmt.Sprintf("<</Filter /Standard /V 5 /R 6 /Length 256 /P %d /U <%x> /UE <%x> /O <%x> /OE <%x> /Perms <%x> "+
		"/CF <</StdCF <</CFM /AESV3 /AuthEvent /DocOpen /Length 32>>>> /StmF /StdCF /StrF /StdCF /EncryptMetadata true>>",
		permissions, s.user, s.userKey, s.owner, s.okey, s.perms)
}

func newCipher(key []byte) cipher.Block {
	b, err := aes.NewCipher(key)
	if err != nil { // only the length of the key can be wrong, and it is ours
		panic(err)
	}
	return b
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) //nolint:errcheck // it never fails: crypto/rand says so
	return b
}
