package register

import (
	"slices"
	"time"
)

// Role is what a member of the office's staff may do.
type Role string

// The roles. One person may hold several.
const (
	Viewer  Role = "viewer"  // reads; no special category
	Officer Role = "officer" // day-to-day work; prepares
	DPO     Role = "dpo"     // decides, approves, sees everything
	Admin   Role = "admin"   // operators, keys, backup; no special category
	Lead    Role = "lead"    // an organisation's own lead administrator
)

// Roles returns every role.
func Roles() []Role { return []Role{Viewer, Officer, DPO, Admin, Lead} }

// Operator is a member of the office's staff who opens the store.
type Operator struct {
	Name         string    `json:"name"` // login name, a to z, 0 to 9, - and .
	Roles        []Role    `json:"roles"`
	Organisation ID        `json:"organisation,omitempty"` // whose people a lead sees
	Created      time.Time `json:"created"`
	CreatedBy    string    `json:"created_by,omitempty"`
	Removed      time.Time `json:"removed,omitzero"`
	// MustChange says that the passphrase was made for them and shown to somebody else: they choose another as they
	// come in.
	MustChange bool `json:"must_change,omitempty"`
	// Keys are what they come in with over SSH, the oldest first; who was removed has none.
	Keys []SSHKey `json:"keys,omitempty"`
}

// Is reports whether the operator holds a role.
func (o *Operator) Is(r Role) bool { return slices.Contains(o.Roles, r) }

// Verb names an operation in the permission table and the audit trail.
type Verb string

// The verbs, grouped by noun. What a verb reads or writes is said in the desk.
const (
	StoreCreate Verb = "store.create"
	StoreOpen   Verb = "store.open"

	DelegateRead       Verb = "delegate.read"
	SpecialRead        Verb = "delegate.read-special"
	DelegateAdd        Verb = "delegate.add"
	DelegateChange     Verb = "delegate.change"
	DelegateDeactivate Verb = "delegate.deactivate"
	DelegateReactivate Verb = "delegate.reactivate"
	MembershipSet      Verb = "membership.set"
	MembershipEnd      Verb = "membership.end"

	OrganisationRead   Verb = "organisation.read"
	OrganisationAdd    Verb = "organisation.add"
	OrganisationChange Verb = "organisation.change"

	CourseRead    Verb = "course.read"
	CourseAdd     Verb = "course.add"
	CourseChange  Verb = "course.change"
	BookingAdd    Verb = "booking.add"
	BookingChange Verb = "booking.change"

	ImportApply Verb = "import.apply"
	ImportUndo  Verb = "import.undo"
	ChangeUndo  Verb = "change.undo"
	UndoForget  Verb = "undo.forget" // former versions past their time

	DelegateMerge Verb = "delegate.merge"

	ConsentRecord   Verb = "consent.record"
	ConsentWithdraw Verb = "consent.withdraw"
	ConsentImport   Verb = "consent.import"
	ConsentSheet    Verb = "consent.sheet"

	SuppressionRead Verb = "suppression.read"
	SuppressionAdd  Verb = "suppression.add"
	SuppressionLift Verb = "suppression.lift"

	NoticePublish Verb = "notice.publish"
	NoticeTold    Verb = "notice.told"
	PurposeJudge  Verb = "purpose.change"
	ProfileAdopt  Verb = "profile.adopt"

	RequestRead     Verb = "request.read"
	RequestOpen     Verb = "request.open"
	RequestMatch    Verb = "request.match"
	RequestNote     Verb = "request.note"
	RequestProgress Verb = "request.progress" // identity, authority, fee, clarification, extension
	RequestDecide   Verb = "request.decide"
	RequestApprove  Verb = "request.approve"
	RequestReply    Verb = "request.reply"
	RequestClose    Verb = "request.close"
	RequestPack     Verb = "request.pack"
	RequestCorrect  Verb = "request.correct"
	RequestAssign   Verb = "request.assign"
	RequestSelect   Verb = "request.select" // findings and redactions of a pack
	RequestLetter   Verb = "request.letter"
	RequestHandOver Verb = "request.hand-over"
	RequestAdvise   Verb = "request.advise" // on another office's case
	RequestShare    Verb = "request.share"  // the register of cases, figures, dates

	BreachRead   Verb = "breach.read"
	BreachRecord Verb = "breach.record"
	BreachChange Verb = "breach.change"
	BreachDecide Verb = "breach.decide" // risk, report, telling the people, closing

	RectifyData   Verb = "delegate.rectify"
	RestrictData  Verb = "delegate.restrict"
	RestrictEnd   Verb = "delegate.restriction-lift"
	EraseData     Verb = "delegate.erase"
	HoldSet       Verb = "hold.set"
	HoldRelease   Verb = "hold.release"
	TemplateSave  Verb = "template.save"
	ExemptionSave Verb = "exemption.save"

	Disclose Verb = "disclosure.make"
	// DisclosureRead is to see which files left, and who was in them.
	DisclosureRead Verb = "disclosure.read"
	AuditRead      Verb = "audit.read"
	AuditShare     Verb = "audit.export"

	OperatorAdd    Verb = "operator.add"
	OperatorRemove Verb = "operator.remove"
	OperatorChange Verb = "operator.change" // roles, and the organisation of a lead
	OperatorKey    Verb = "operator.ssh-key"
	OperatorRead   Verb = "operator.read"
	PassphraseSet  Verb = "operator.passphrase" // one's own
	SettingsRead   Verb = "settings.read"
	SettingsChange Verb = "settings.change"
	DraftSave      Verb = "draft.save"
	PreferenceSave Verb = "preference.save" // one's own

	BackupMake     Verb = "backup.make"
	BackupStanding Verb = "backup.daily"  // the automatic one, as the office has ordered
	BackupForget   Verb = "backup.forget" // a folder lost for good
	StoreRestore   Verb = "store.restore"
	StoreRepair    Verb = "store.repair"
	StoreCompact   Verb = "store.compact"
	StoreCheck     Verb = "store.check"
	StoreRekey     Verb = "store.rekey"
	RecoveryNew    Verb = "recovery.replace"
	AnchorMake     Verb = "audit.anchor"

	ServeStore Verb = "store.serve" // the console for several, over SSH
)

// permissions is the table role x verb. What is not here is denied.
var permissions = map[Verb][]Role{
	StoreOpen: {Viewer, Officer, DPO, Admin, Lead},

	DelegateRead:       {Viewer, Officer, DPO, Lead},
	SpecialRead:        {Officer, DPO},
	DelegateAdd:        {Officer, DPO},
	DelegateChange:     {Officer, DPO},
	DelegateDeactivate: {Officer, DPO},
	DelegateReactivate: {Officer, DPO},
	MembershipSet:      {Officer, DPO},
	MembershipEnd:      {Officer, DPO},

	OrganisationRead:   {Viewer, Officer, DPO, Admin, Lead},
	OrganisationAdd:    {Officer, DPO},
	OrganisationChange: {Officer, DPO},

	CourseRead:    {Viewer, Officer, DPO, Lead},
	CourseAdd:     {Officer, DPO},
	CourseChange:  {Officer, DPO},
	BookingAdd:    {Officer, DPO},
	BookingChange: {Officer, DPO},

	ImportApply: {Officer, DPO},
	ImportUndo:  {Officer, DPO},
	ChangeUndo:  {Officer, DPO},
	UndoForget:  {Officer, DPO, Admin},

	DelegateMerge: {Officer, DPO},

	ConsentRecord:   {Officer, DPO},
	ConsentWithdraw: {Officer, DPO},
	ConsentImport:   {Officer, DPO},
	ConsentSheet:    {Officer, DPO},

	SuppressionRead: {Viewer, Officer, DPO},
	SuppressionAdd:  {Officer, DPO},
	SuppressionLift: {DPO},

	NoticePublish: {DPO},
	NoticeTold:    {Officer, DPO},
	PurposeJudge:  {DPO},
	ProfileAdopt:  {DPO, Admin},

	RequestRead:     {Viewer, Officer, DPO},
	RequestOpen:     {Officer, DPO},
	RequestMatch:    {Officer, DPO},
	RequestNote:     {Officer, DPO},
	RequestProgress: {Officer, DPO},
	RequestDecide:   {Officer, DPO},
	RequestApprove:  {DPO},
	RequestReply:    {Officer, DPO},
	RequestClose:    {Officer, DPO},
	RequestPack:     {Officer, DPO},
	RequestCorrect:  {Officer, DPO},
	RequestAssign:   {Officer, DPO},
	RequestSelect:   {Officer, DPO},
	RequestLetter:   {Officer, DPO},
	RequestHandOver: {Officer, DPO},
	RequestAdvise:   {DPO},
	RequestShare:    {Viewer, Officer, DPO},

	BreachRead:   {Viewer, Officer, DPO},
	BreachRecord: {Officer, DPO},
	BreachChange: {Officer, DPO},
	BreachDecide: {DPO},

	RectifyData:   {Officer, DPO},
	RestrictData:  {Officer, DPO},
	RestrictEnd:   {DPO},
	EraseData:     {Officer, DPO},
	HoldSet:       {Officer, DPO},
	HoldRelease:   {DPO},
	TemplateSave:  {DPO},
	ExemptionSave: {DPO},

	Disclose: {Officer, DPO},

	DisclosureRead: {Viewer, Officer, DPO},
	AuditRead:      {DPO, Admin},
	AuditShare:     {DPO, Admin},

	OperatorAdd:    {Admin},
	OperatorRemove: {Admin},
	OperatorChange: {Admin},
	OperatorKey:    {Admin},
	OperatorRead:   {Viewer, Officer, DPO, Admin},
	PassphraseSet:  {Viewer, Officer, DPO, Admin, Lead},
	SettingsRead:   {Viewer, Officer, DPO, Admin, Lead},
	SettingsChange: {Admin, DPO},
	DraftSave:      {Officer, DPO},
	PreferenceSave: {Viewer, Officer, DPO, Admin, Lead},

	BackupMake:     {Officer, DPO, Admin},
	BackupStanding: {Viewer, Officer, DPO, Admin, Lead},
	BackupForget:   {Admin, DPO},
	StoreCompact:   {Admin},
	StoreCheck:     {Officer, DPO, Admin},
	StoreRekey:     {Admin},
	RecoveryNew:    {Admin},
	AnchorMake:     {DPO, Admin},

	ServeStore: {Admin},
}

// May reports whether the operator may do something.
func (o *Operator) May(v Verb) bool {
	return o.Removed.IsZero() && slices.ContainsFunc(permissions[v], o.Is)
}

// Validate returns an Invalid error naming the first field that cannot stand in an operator who is added or changed. A lead
// of no organisation who was kept before is read still, and knows nobody.
func (o *Operator) Validate() error {
	if !validLogin(o.Name) {
		return Errorf(Invalid, "operator", "a login name is 1 to 32 of a to z, 0 to 9, - and .")
	}
	if len(o.Roles) == 0 {
		return Errorf(Invalid, "role", "an operator needs a role; roles are %v", Roles())
	}
	for _, r := range o.Roles {
		if !slices.Contains(Roles(), r) {
			return Errorf(Invalid, "role", "unknown role %q; roles are %v", r, Roles())
		}
	}
	if o.Organisation == "" && !slices.ContainsFunc(o.Roles, func(r Role) bool { return r != Lead }) {
		return Errorf(Invalid, "organisation", "a lead sees the people of one organisation: name it")
	}
	return nil
}

func validLogin(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return true
}
