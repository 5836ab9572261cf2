package store

import (
	"fmt"
	"net"
	"os"

	"custos/internal/register"
)

// ServedAt writes into the lock where the store is served, so that whoever finds it open is told the way in. The address
// is host:port.
func (db *DB) ServedAt(address string) error {
	if db.lock == nil || db.lock.shared {
		return register.Errorf(register.Refused, "store", "a store that is only looked at is not served")
	}
	db.lock.holder.Serving = address
	if err := db.lock.write(); err != nil {
		return register.Errorf(register.Internal, "store", "writing %s: %w", db.lock.path, err)
	}
	return nil
}

// wayIn is what to type to come in to a store that is served.
func (h Holder) wayIn() string {
	host, port, err := net.SplitHostPort(h.Serving)
	if err != nil {
		return "ssh"
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		if host, err = os.Hostname(); err != nil {
			host = "HOST"
		}
	}
	return fmt.Sprintf("ssh -p %s NAME@%s", port, host)
}
