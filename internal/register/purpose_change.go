package register

// PurposeChange replaces a purpose of the profile, on a judgement whether what
// it becomes is compatible with what the data was collected for.
type PurposeChange struct {
	Purpose   Purpose   // as it is to be; its ID names the one it replaces
	Judgement Judgement // its Purpose, At, By and Was are filled in
}
