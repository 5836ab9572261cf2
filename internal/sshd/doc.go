// Package sshd lets operators come in from elsewhere over SSH: to the console where they have a terminal, to the same
// commands where they give one. It knows who a key belongs to, how many may be inside, and when somebody has to leave.
// It opens neither the store nor a port nor a file, decides nothing about data, and never gives anybody a shell, a
// forwarded port or an agent.
package sshd
