package sshd

import "custos/tui"

// ShowWith replaces the console.
func (s *Server) ShowWith(show func(tui.Env, tui.Terminal) error) { s.console = show }
