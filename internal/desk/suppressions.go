package desk

// sourceObjection marks a suppression that an objection to all direct marketing
// wrote.
const sourceObjection = "objection"
