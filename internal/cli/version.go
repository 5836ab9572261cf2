package cli

import "github.com/spf13/cobra"

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is", Args: takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			b := a.env.Build
			result := struct {
				Version string `json:"version"`
				Go      string `json:"go"`
				OS      string `json:"os"`
				Arch    string `json:"arch"`
			}{b.Version, b.Go, b.OS, b.Arch}
			return a.show(result, func(p *page) { p.line("custos %s (%s, %s/%s)", b.Version, b.Go, b.OS, b.Arch) })
		},
	}
}
