package vault

// WrappedKeySize is the length of a wrapped key: 24 bytes of nonce, 32 of key, 16 of tag. Destroying them destroys every
// value sealed under the key.
const WrappedKeySize = Overhead + KeySize

// WrapKey seals k under a wrapping key that is used for nothing else; ad says whose key it is.
func WrapKey(wrapping *Key, ad []byte, k *Key) [WrappedKeySize]byte {
	var out [WrappedKeySize]byte
	Seal(out[:0], wrapping, ad, k[:])
	return out
}

// UnwrapKey is the reverse of WrapKey. It returns ErrOpen for a wrong key, another ad, any damage or any other length.
func UnwrapKey(wrapping *Key, ad, wrapped []byte) (Key, error) {
	var k Key
	if len(wrapped) != WrappedKeySize {
		return k, ErrOpen
	}
	if _, err := Open(k[:0], wrapping, ad, wrapped); err != nil {
		return Key{}, err
	}
	return k, nil
}
