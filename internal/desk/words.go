package desk

import "time"

// instant writes a time as exports and manifests have it: RFC 3339, UTC.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }
