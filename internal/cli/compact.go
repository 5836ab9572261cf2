package cli

import (
	"context"

	"custos/internal/desk"

	"github.com/spf13/cobra"
)

func (a *app) compactCommand() *cobra.Command {
	return &cobra.Command{
		Use: "compact", Short: "Write the store anew without what was deleted", Args: takes(cobra.NoArgs),
		Long: "Write the store into a new file without its free pages, check it, put it in the place of the\n" +
			"old one, and overwrite that. Nothing that was deleted, such as the key slot of a former\n" +
			"operator, is in the file afterwards.",
		RunE: a.changes(func(ctx context.Context, s *desk.Seat, _ []string) error {
			done, err := s.Compact(ctx)
			if err != nil {
				return err
			}
			return a.show(done, func(p *page) {
				p.line("The store has %s now, and had %s.", bytesInWords(done.After), bytesInWords(done.Before))
			})
		}),
	}
}
