package store_test

// children are the programs this one can be besides, by their first argument.
var children = map[string]func(args []string) int{
	limitArg:  func(args []string) int { return limitMain(args[0], args[1]) },
	accessArg: func(args []string) int { return accessMain(args[0]) },
}
