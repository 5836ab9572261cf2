package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"custos/internal/register"

	"github.com/spf13/cobra"
)

// info is what "custos info" tells.
type info struct {
	Version  string    `json:"version"`
	Store    storeInfo `json:"store"`
	Operator string    `json:"operator"`
	Config   string    `json:"config"`
	HasConf  bool      `json:"config_exists"`
}

// storeInfo is what can be seen of a store without opening it.
type storeInfo struct {
	Path   string `json:"path"`
	Exists bool   `json:"exists"`
	Size   int64  `json:"size"`   // bytes of all its files
	Format int    `json:"format"` // 0 where it cannot be told, such as while somebody has the store open
}

func (a *app) infoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "info", Short: "Say which paths, version and store are in use", Args: takes(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			i, err := a.info()
			if err != nil {
				return err
			}
			return a.show(i, func(p *page) { p.info(i) })
		},
	}
}

func (a *app) info() (info, error) {
	i := info{Version: a.env.Build.Version, Config: a.env.ConfigFile, Store: storeInfo{}}
	var err error
	if i.Operator, err = a.operatorName(); err != nil {
		return i, err
	}
	if i.Store.Path, err = a.storeDir(); err != nil {
		return i, err
	}
	_, err = os.Stat(a.env.ConfigFile)
	i.HasConf = err == nil
	if i.Store.Size, err = size(i.Store.Path); errors.Is(err, fs.ErrNotExist) {
		return i, nil
	}
	i.Store.Exists = err == nil
	if err != nil || a.env.Format == nil {
		return i, err
	}
	i.Store.Format, err = a.env.Format(i.Store.Path)
	switch register.KindOf(err) {
	case register.NotFound, register.Locked: // nothing is wrong with that
		return i, nil
	default:
		return i, err
	}
}

// size adds up the files of a folder.
func size(dir string) (int64, error) {
	var total int64
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		about, err := entry.Info()
		if err == nil {
			total += about.Size()
		}
		return err
	})
	return total, err
}

func (p *page) info(i info) {
	where := i.Store.Path
	if !i.Store.Exists {
		where += " (there is none yet)"
	}
	conf := i.Config
	if !i.HasConf {
		conf += " (there is none)"
	}
	format := ""
	if i.Store.Format > 0 {
		format = strconv.Itoa(i.Store.Format)
	}
	p.pairs([2]string{"Version", i.Version}, [2]string{"Store", where}, [2]string{"Size", bytesInWords(i.Store.Size)},
		[2]string{"Format", format},
		[2]string{"Operator", i.Operator}, [2]string{"Configuration", conf})
}

// bytesInWords is a size as people read it, "" for nothing.
func bytesInWords(n int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	switch {
	case n == 0:
		return ""
	case n < kilo:
		return fmt.Sprintf("%d bytes", n)
	case n < mega:
		return fmt.Sprintf("%.1f KiB", float64(n)/kilo)
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/mega)
}
