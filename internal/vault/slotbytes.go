package vault

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A slot's bytes, big-endian:
//
//	version 1 · kind 1 · memory KiB 4 · passes 4 · lanes 1 · salt 16 · store id 1+n · slot id 1+n · wrapped key 72
const (
	slotVersion = 1
	slotFixed   = 1 + 1 + 4 + 4 + 1 + SaltSize
	maxNameSize = 64
)

// ErrSlotFormat is wrapped by every error about a slot that cannot be read.
var ErrSlotFormat = errors.New("key slot")

// MarshalBinary encodes the slot; equal slots give equal bytes. It fails when a name or a cost is out of range.
func (s Slot) MarshalBinary() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	return append(s.appendHeader(nil), s.Wrapped[:]...), nil
}

// UnmarshalSlot reads what MarshalBinary wrote and nothing else: not a byte more or less, no unknown version or kind, no
// cost above the ceiling. Its errors wrap ErrSlotFormat. It does not say that the slot is genuine: opening does.
func UnmarshalSlot(b []byte) (Slot, error) {
	if len(b) < slotFixed {
		return Slot{}, fmt.Errorf("%w: %d bytes are too few", ErrSlotFormat, len(b))
	}
	if b[0] != slotVersion {
		return Slot{}, fmt.Errorf("%w: version %d is not known to this program", ErrSlotFormat, b[0])
	}
	s := Slot{Kind: SlotKind(b[1]), Params: Params{
		MemoryKiB: binary.BigEndian.Uint32(b[2:]), Time: binary.BigEndian.Uint32(b[6:]), Threads: b[10],
	}}
	copy(s.Salt[:], b[11:])
	rest := b[slotFixed:]
	for _, name := range []*string{&s.Name.Store, &s.Name.Slot} {
		if len(rest) < 1 || len(rest) < 1+int(rest[0]) {
			return Slot{}, fmt.Errorf("%w: cut short in its name", ErrSlotFormat)
		}
		n := 1 + int(rest[0])
		*name, rest = string(rest[1:n]), rest[n:]
	}
	if len(rest) != WrappedKeySize {
		return Slot{}, fmt.Errorf("%w: the wrapped key is %d bytes long, not %d", ErrSlotFormat, len(rest), WrappedKeySize)
	}
	copy(s.Wrapped[:], rest)
	return s, s.check()
}

func (s *Slot) appendHeader(dst []byte) []byte {
	dst = append(dst, slotVersion, byte(s.Kind))
	dst = binary.BigEndian.AppendUint32(dst, s.Params.MemoryKiB)
	dst = binary.BigEndian.AppendUint32(dst, s.Params.Time)
	dst = append(dst, s.Params.Threads)
	dst = append(dst, s.Salt[:]...)
	for _, name := range []string{s.Name.Store, s.Name.Slot} {
		dst = append(append(dst, byte(len(name))), name...)
	}
	return dst
}

func (s *Slot) check() error {
	for _, name := range []string{s.Name.Store, s.Name.Slot} {
		if len(name) < 1 || len(name) > maxNameSize {
			return fmt.Errorf("%w: an id of %d bytes is outside 1 to %d", ErrSlotFormat, len(name), maxNameSize)
		}
	}
	switch s.Kind {
	case PassphraseSlot:
		if err := s.Params.capped(); err != nil {
			return fmt.Errorf("%w: %w", ErrSlotFormat, err)
		}
	case RecoverySlot:
		if s.Params != (Params{}) {
			return fmt.Errorf("%w: a recovery slot has no passphrase cost", ErrSlotFormat)
		}
	default:
		return fmt.Errorf("%w: kind %d is not known to this program", ErrSlotFormat, s.Kind)
	}
	return nil
}
