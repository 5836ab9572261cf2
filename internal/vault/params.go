package vault

import "fmt"

// Limits on the cost of turning a passphrase into a key. The floor is RFC 9106's second choice, and holds for new slots;
// the ceiling holds on reading too, so that a doctored file cannot take all memory or run for ever.
const (
	FloorMemoryKiB = 64 << 10
	FloorTime      = 3

	MaxMemoryKiB = 1 << 20
	MaxTime      = 16
	MaxThreads   = 16
)

// Params are the cost parameters of argon2id (RFC 9106): memory in KiB, passes over it, and lanes.
type Params struct {
	MemoryKiB uint32
	Time      uint32
	Threads   uint8
}

// Recommended returns the cost for a machine with so much memory to spare, in bytes: 256 MiB where that is at most a third
// of it, else 128 MiB on the same terms, else the floor; always three passes and four lanes.
func Recommended(availableBytes uint64) Params {
	p := Params{MemoryKiB: FloorMemoryKiB, Time: FloorTime, Threads: 4}
	for _, kib := range []uint32{256 << 10, 128 << 10} {
		if availableBytes/3 >= uint64(kib)<<10 {
			p.MemoryKiB = kib
			break
		}
	}
	return p
}

// CheckParams refuses parameters for a new slot that are below the floor or above the ceiling. Opening a slot checks the
// ceiling alone, and NewPassphraseSlot too: a store calls CheckParams first, except under test.
func CheckParams(p Params) error {
	if p.MemoryKiB < FloorMemoryKiB {
		return fmt.Errorf("passphrase cost: memory of %d KiB is below the least allowed, %d", p.MemoryKiB, FloorMemoryKiB)
	}
	if p.Time < FloorTime {
		return fmt.Errorf("passphrase cost: %d passes are fewer than the least allowed, %d", p.Time, FloorTime)
	}
	return p.capped()
}

// capped refuses what argon2id cannot run with, and what would exhaust the machine.
func (p Params) capped() error {
	switch {
	case p.Threads < 1 || p.Threads > MaxThreads:
		return fmt.Errorf("passphrase cost: %d lanes are outside 1 to %d", p.Threads, MaxThreads)
	case p.Time < 1 || p.Time > MaxTime:
		return fmt.Errorf("passphrase cost: %d passes are outside 1 to %d", p.Time, MaxTime)
	case p.MemoryKiB < 8*uint32(p.Threads) || p.MemoryKiB > MaxMemoryKiB:
		return fmt.Errorf("passphrase cost: memory of %d KiB is outside %d to %d",
			p.MemoryKiB, 8*uint32(p.Threads), MaxMemoryKiB)
	}
	return nil
}
