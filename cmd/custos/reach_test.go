package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"time"

	"custos/store"

	"github.com/rogpeppe/go-internal/testscript"
)

// reach waits until the store of a script is served, and writes a configuration for ssh that leads there: hosts office,
// with the key kim, and stranger, with whatever key is named.
func reach(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: reach")
	}
	var at store.Holder
	for at.Serving == "" {
		held, _ := os.ReadFile(ts.MkAbs("office/store.lock")) // there may be none yet
		if len(held) > 1 {
			_ = json.Unmarshal(held[1:], &at)
		}
		time.Sleep(10 * time.Millisecond)
	}
	host, port, err := net.SplitHostPort(at.Serving)
	ts.Check(err)
	common := fmt.Sprintf(" HostName %s\n Port %s\n User anybody\n IdentitiesOnly yes\n StrictHostKeyChecking no\n"+
		" BatchMode yes\n LogLevel ERROR\n UserKnownHostsFile %s\n", host, port, ts.MkAbs("known"))
	text := "Host office\n IdentityFile " + ts.MkAbs("kim") + "\n" + common + "Host stranger\n" + common
	ts.Check(os.WriteFile(ts.MkAbs("config"), []byte(text), 0o600))
}
