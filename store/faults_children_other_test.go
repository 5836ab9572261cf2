//go:build !linux

package store_test

var children map[string]func(args []string) int
