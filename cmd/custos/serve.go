package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"custos/internal/cli"
	"custos/internal/desk"
	"custos/internal/profile"
	"custos/internal/sshd"
	"custos/tui"
)

// serve serves an open store until ctx ends. The line out is kept alive by the system, so nothing here wakes up for it.
func (m machine) serve(ctx context.Context, in cli.Serving) (err error) {
	place, err := serverFolder(in.Dir)
	if err != nil {
		return err
	}
	key, err := place.hostKey()
	if err != nil {
		return err
	}
	at := cli.Served{HostKey: place.key, Files: place.files}
	if at.Fingerprint, err = sshd.Fingerprint(key); err != nil {
		return err
	}
	log := eventLog(in.Quiet)
	server, err := sshd.New(m.serverConfig(in, place, key, log))
	if err != nil {
		return err
	}
	listening := net.ListenConfig{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: time.Minute, Interval: 15 * time.Second, Count: 4,
	}}
	l, err := listening.Listen(ctx, "tcp", in.Listen)
	if err != nil {
		return err
	}
	at.Address = l.Addr().String()
	end, err := in.Seat.Serve(ctx, at.Address)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer func() { err = errors.Join(err, end(context.WithoutCancel(ctx))) }()
	if err := in.Started(at); err != nil {
		return errors.Join(err, l.Close())
	}
	log.Info("serving", "address", at.Address)
	defer func() { log.Info("closed", "address", at.Address) }()
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		keepDaily(ctx, in.Seat, log, func() error { return place.sweep(time.Now(), server.Swept) })
	}()
	err = server.Serve(ctx, l)
	if ctx.Err() != nil {
		<-kept
	}
	return err
}

// serverConfig is what the server is handed.
func (m machine) serverConfig(in cli.Serving, place serverPlace, key []byte, log *slog.Logger) sshd.Config {
	return sshd.Config{
		Desk: in.Desk, HostKey: key, Now: time.Now, After: time.After, Log: log, Console: m.servedConsole(in.Dir),
		Session: func(s *desk.Seat, leave func() error) tui.Session { return served{session{Seat: s, close: leave}} },
		Commands: func(ctx context.Context, s *desk.Seat, o sshd.Streams, args []string) int {
			return cli.Run(ctx, m.servedEnvironment(s, o), args)
		},
		Drop: place.drop, Most: in.Sessions, Grace: in.Grace,
	}
}

// served is the session of somebody who came in from elsewhere: the server makes the daily backup, and nobody else.
type served struct{ session }

// BackupIfDue leaves it to the server.
func (served) BackupIfDue(context.Context, func(string, int, int)) (b backup, made bool, err error) {
	return b, false, nil
}

// servedConsole is what every console over SSH has.
func (m machine) servedConsole(dir string) tui.Env {
	return tui.Env{
		Now: time.Now, After: time.After, Version: versionName(), Store: filepath.Base(dir),
		Describe: profile.Describe, Profiles: profiles(), LoadProfile: profile.Load, ParseProfile: profile.Parse,
		Strength: strength, Weak: desk.Passphrase,
	}
}

// servedEnvironment is what a command over SSH has: its seat, its streams, and nothing of this machine.
func (m machine) servedEnvironment(s *desk.Seat, o sshd.Streams) cli.Env {
	env := m.environment()
	return cli.Env{
		Stdin: o.In, Stdout: o.Out, Stderr: o.Err, Terminal: cli.Terminal{In: o.Terminal, Out: o.Terminal, Err: o.Terminal},
		Now: env.Now, Getenv: o.Getenv, Build: env.Build, Keys: env.Keys, ReadPassphrase: o.Secret,
		Seat: s, Files: s.Files(),
	}
}

// eventLog writes a line for every event. Whoever reads it has a clock of their own.
func eventLog(quiet bool) *slog.Logger {
	var to io.Writer = os.Stderr
	if quiet {
		to = io.Discard
	}
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			switch {
			case len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey):
				return slog.Attr{}
			case len(groups) == 0 && a.Key == slog.MessageKey:
				a.Key = "event"
			}
			return a
		},
	}))
}
