package tui

import "custos/tui/widget"

// safeKeys keep the store safe.
func safeKeys() []widget.Binding {
	here := places{scopeSettings}
	return []widget.Binding{
		{
			Action: backupMake, Keys: keyNames{"b"}, Label: "back up now", Rank: 6, Help: "Copy the store into a folder, and read the copy back whole.",
			Command: "custos backup --to DIR", Scopes: here,
		},
		{
			Action: goBackups, Keys: keyNames{"B"}, Label: "backups", Help: "Show the backups, and read one back again.",
			Command: "custos backup list", Scopes: here,
		},
		{
			Action: storeCheck, Keys: keyNames{"c"}, Label: "check the store", Help: "Read every record and every sum, and list what is damaged or odd.",
			Command: "custos check", Scopes: here,
		},
		{
			Action: anchorMake, Keys: keyNames{"x"}, Label: "export an anchor", Help: "Write the signed head of the audit trail to a file.",
			Command: "custos audit anchor --to FILE", Scopes: here,
		},
		{
			Action: anchorCompare, Keys: keyNames{"X"}, Label: "compare an anchor", Help: "Hold the audit trail against an anchor that was kept.",
			Command: "custos audit verify --anchor FILE", Scopes: here,
		},
		{
			Action: passphraseSet, Keys: keyNames{"p"}, Label: "own passphrase", Help: "Change your passphrase.",
			Command: "custos passphrase change", Scopes: here,
		},
		{
			Action: storeCompact, Keys: keyNames{"ctrl+k"}, Label: "compact the store", Help: "Write the store anew without the room of what was deleted, after asking.",
			Command: "custos compact", Scopes: here, Danger: true,
		},
		{
			Action: recoveryNew, Keys: keyNames{"ctrl+n"}, Label: "new recovery key", Help: "Replace the recovery key, after asking twice.",
			Command: "custos passphrase recovery", Scopes: here, Danger: true,
		},
		{
			Action: storeRekey, Keys: keyNames{"ctrl+e"}, Label: "new keys for everything",
			Help: "Replace every key after one was seen by others, after asking twice.", Command: "custos passphrase rekey", Scopes: here, Danger: true,
		},
	}
}
