package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"custos/internal/desk"
	"custos/internal/register"
)

// backup names what a session tells of one.
type backup = register.Backup

// keepDaily tidies up and makes the daily backup, once for everybody inside, until ctx ends: at once, every day, an hour
// after something was in the way, and when the office orders otherwise.
func keepDaily(ctx context.Context, s *desk.Seat, log *slog.Logger, sweep func() error) {
	notes, mute := s.Notes()
	defer mute()
	for {
		again := 24 * time.Hour
		_, made, err := s.BackupIfDue(ctx, nil)
		if err = errors.Join(s.Tidy(ctx), sweep(), err); err != nil {
			again = time.Hour
			log.Error("daily", "why", err.Error())
		} else if made {
			log.Info("daily", "backup", "made")
		}
		if !pause(ctx, again, notes) {
			return
		}
	}
}

// pause waits until it is time to look again; false where that is never.
func pause(ctx context.Context, most time.Duration, notes <-chan register.Note) bool {
	timer := time.NewTimer(most)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case n, ok := <-notes:
			if !ok {
				notes = nil
			}
			if ok && n.Verb == register.SettingsChange {
				return true
			}
		}
	}
}
