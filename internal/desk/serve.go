package desk

import (
	"context"

	"custos/internal/register"
	"custos/store"
)

// Serve notes that the store is served at an address from now on, in the audit trail and for whoever finds it locked; end
// notes that it is no more. Errors: Denied for anybody but an admin.
func (s *Seat) Serve(ctx context.Context, address string) (end func(context.Context) error, err error) {
	if err := s.noteServing(ctx, "began "+address); err != nil {
		return nil, err
	}
	if err := s.desk.db.ServedAt(address); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return s.noteServing(ctx, "ended "+address) }, nil
}

// Desk is the desk this seat is at.
func (s *Seat) Desk() *Desk { return s.desk }

func (s *Seat) noteServing(ctx context.Context, note string) error {
	_, err := s.change(ctx, act{verb: register.ServeStore, note: note}, func(*store.Tx) error { return nil })
	return err
}
