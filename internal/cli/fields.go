package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// fieldFlags are flags that stand for the fields of a record, by field id.
type fieldFlags map[string]*string

// declare adds the flag of a field: job_title is --job-title.
func (f fieldFlags) declare(cmd *cobra.Command, field string) {
	f[field] = cmd.Flags().String(flagOf(field), "", strings.ReplaceAll(field, "_", " "))
}

func flagOf(field string) string { return strings.ReplaceAll(field, "_", "-") }

// given returns the values of the flags that were typed, empty ones among them.
func (f fieldFlags) given(cmd *cobra.Command) map[string]string {
	values := map[string]string{}
	for field, value := range f {
		if cmd.Flags().Changed(flagOf(field)) {
			values[field] = *value
		}
	}
	return values
}
