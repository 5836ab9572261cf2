module custos

go 1.26.0

require (
	codeberg.org/go-pdf/fpdf v0.12.0 // consent sheets and letters as PDF
	filippo.io/age v1.3.2 // sealed files: packs and cases that leave the office
	github.com/adrg/xdg v0.5.3 // standard folders on three systems
	github.com/arran4/golang-ical v0.3.4 // tests: a second opinion on the calendar files we write
	github.com/atotto/clipboard v0.1.4 // local clipboard; OSC 52 covers the rest
	github.com/aymanbagabas/go-osc52/v2 v2.0.1 // copying over SSH and inside tmux
	github.com/ccojocar/zxcvbn-go v1.0.4 // passphrase strength
	github.com/charmbracelet/bubbles v1.0.0
	github.com/charmbracelet/bubbletea v1.3.10
	github.com/charmbracelet/huh v1.0.0 // forms
	github.com/charmbracelet/lipgloss v1.1.0
	github.com/charmbracelet/ssh v0.0.0-20250128164007-98fd5ae11894 // what wish v1.4.7 serves with; pinned by hand, @latest is older
	github.com/charmbracelet/wish v1.4.7 // the console over SSH
	github.com/charmbracelet/x/ansi v0.11.9 // display width and truncation
	github.com/charmbracelet/x/exp/teatest v0.0.0-20251215102626-e0db08df7383 // tests
	github.com/creack/pty v1.1.24 // tests: a terminal that does not answer
	github.com/fxamacker/cbor/v2 v2.10.0 // deterministic encoding of records
	github.com/gofrs/flock v0.13.1 // store.lock on three systems
	github.com/google/go-cmp v0.7.0 // tests
	github.com/muesli/termenv v0.16.0 // names the colour profile that lipgloss is told
	github.com/nyaruka/phonenumbers v1.8.1 // numbers in E.164
	github.com/pdfcpu/pdfcpu v0.15.0 // tests: a second opinion on the PDFs we write
	github.com/pelletier/go-toml/v2 v2.4.3 // profiles, with line numbers in errors
	github.com/pkg/sftp v1.13.12 // files over SSH
	github.com/rogpeppe/go-internal v1.16.0 // tests: testscript
	github.com/sahilm/fuzzy v0.1.3 // palette
	github.com/sergi/go-diff v1.4.0 // what changed between two wordings
	github.com/shirou/gopsutil/v4 v4.26.10 // memory available to argon2id
	github.com/spf13/cobra v1.10.2 // commands, completions and manual pages
	github.com/xuri/excelize/v2 v2.11.1 // tests: a second opinion on the workbooks we read and write
	github.com/yuin/goldmark v1.8.7 // letter templates in Markdown
	go.etcd.io/bbolt v1.5.0
	golang.org/x/crypto v0.58.0
	golang.org/x/image v0.47.0 // fonts of printed papers
	golang.org/x/net v0.62.0 // domains in addresses; tests: HTML parser for the pack page
	golang.org/x/sys v0.49.0 // full disks and network folders on three systems
	golang.org/x/term v0.47.0
	golang.org/x/text v0.43.0 // windows-1252, normalisation, collation
	pgregory.net/rapid v1.3.0 // tests: properties
)

require (
	filippo.io/edwards25519 v1.2.0 // indirect
	filippo.io/hpke v0.4.0 // indirect
	github.com/anmitsu/go-shlex v0.0.0-20200514113438-38f4b401e2be // indirect
	github.com/aymanbagabas/go-udiff v0.3.1 // indirect
	github.com/catppuccin/go v0.3.0 // indirect
	github.com/charmbracelet/colorprofile v0.4.1 // indirect
	github.com/charmbracelet/keygen v0.5.3 // indirect
	github.com/charmbracelet/log v0.4.1 // indirect
	github.com/charmbracelet/x/cellbuf v0.0.15 // indirect
	github.com/charmbracelet/x/conpty v0.1.0 // indirect
	github.com/charmbracelet/x/errors v0.0.0-20240508181413-e8d8b6e2de86 // indirect
	github.com/charmbracelet/x/exp/golden v0.0.0-20241011142426-46044092ad91 // indirect
	github.com/charmbracelet/x/exp/strings v0.0.0-20240722160745-212f7b056ed0 // indirect
	github.com/charmbracelet/x/term v0.2.2 // indirect
	github.com/charmbracelet/x/termios v0.1.1 // indirect
	github.com/clipperhouse/displaywidth v0.11.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	github.com/cpuguy83/go-md2man/v2 v2.0.6 // indirect
	github.com/dustin/go-humanize v1.0.1 // indirect
	github.com/ebitengine/purego v0.11.2 // indirect
	github.com/erikgeiser/coninput v0.0.0-20211004153227-1c3628e74d0f // indirect
	github.com/go-logfmt/logfmt v0.6.0 // indirect
	github.com/go-ole/go-ole v1.2.6 // indirect
	github.com/hhrutter/tiff v1.0.6 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/kr/fs v0.1.0 // indirect
	github.com/lucasb-eyer/go-colorful v1.4.1 // indirect
	github.com/lufia/plan9stats v0.0.0-20211012122336-39d0f177ccd0 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	github.com/mattn/go-localereader v0.0.1 // indirect
	github.com/mattn/go-runewidth v0.0.27 // indirect
	github.com/mitchellh/hashstructure/v2 v2.0.2 // indirect
	github.com/muesli/ansi v0.0.0-20230316100256-276c6243b2f6 // indirect
	github.com/muesli/cancelreader v0.2.2 // indirect
	github.com/power-devops/perfstat v0.0.0-20260805114148-88456608a4f6 // indirect
	github.com/richardlehane/mscfb v1.0.9 // indirect
	github.com/richardlehane/msoleps v1.0.6 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/russross/blackfriday/v2 v2.1.0 // indirect
	github.com/spf13/pflag v1.0.10 // indirect
	github.com/tiendc/go-deepcopy v1.7.2 // indirect
	github.com/tklauser/go-sysconf v0.4.0 // indirect
	github.com/tklauser/numcpus v0.12.0 // indirect
	github.com/x448/float16 v0.8.4 // indirect
	github.com/xo/terminfo v0.0.0-20220910002029-abceb7e1c41e // indirect
	github.com/xuri/efp v0.0.3-0.20260924042702-217b81952dec // indirect
	github.com/xuri/nfp v0.0.2-0.20250530014748-2ddeb826f9a9 // indirect
	github.com/yusufpapurcu/wmi v1.2.4 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/exp v0.0.0-20240719175910-8a7402abbf56 // indirect
	golang.org/x/tools v0.51.0 // indirect
	google.golang.org/protobuf v1.36.11 // indirect
)
