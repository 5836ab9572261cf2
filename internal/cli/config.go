package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"custos/internal/desk"

	"github.com/pelletier/go-toml/v2"
)

// config is the configuration file: all of it.
type config struct {
	Store    string `toml:"store"`
	Operator string `toml:"operator"`
}

// config reads the configuration file. There need not be one.
func (a *app) config() (config, error) {
	data, err := desk.ReadFile(a.env.ConfigFile, smallFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return config{}, nil
	case err != nil:
		return config{}, err
	}
	return parseConfig(a.env.ConfigFile, data)
}

// parseConfig reads the settings. Errors name the file and the line.
func parseConfig(file string, data []byte) (config, error) {
	var c config
	err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&c)
	var syntax *toml.DecodeError
	var unknown *toml.StrictMissingError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		row, _ := unknown.Errors[0].Position()
		return c, fmt.Errorf("%s line %d: there is no such setting; the settings are store and operator", file, row)
	case errors.As(err, &syntax):
		row, _ := syntax.Position()
		return c, fmt.Errorf("%s line %d: %w", file, row, err)
	case err != nil:
		return c, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// storeDir is the folder of the store: flag, environment, configuration, default.
func (a *app) storeDir() (string, error) {
	if dir := first(a.flags.store, a.env.Getenv("CUSTOS_STORE")); dir != "" {
		return dir, nil
	}
	c, err := a.config()
	return first(c.Store, a.env.DefaultStore), err
}

// operatorName is the login name given, "" where none is.
func (a *app) operatorName() (string, error) {
	if name := first(a.flags.operator, a.env.Getenv("CUSTOS_OPERATOR")); name != "" {
		return name, nil
	}
	c, err := a.config()
	return c.Operator, err
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
