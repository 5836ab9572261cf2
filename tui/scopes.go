package tui

import (
	"custos/internal/register"
	"custos/tui/widget"
)

// The scopes: one per screen, named as the heading in the help.
const (
	scopeUnlock        widget.Scope = "Unlock"
	scopeKey           widget.Scope = "Recovery key"
	scopeHome          widget.Scope = "Home"
	scopeDelegates     widget.Scope = "Delegates"
	scopePerson        widget.Scope = "Person"
	scopeMerge         widget.Scope = "Records to merge"
	scopeHistory       widget.Scope = "Consent history"
	scopeOrganisations widget.Scope = "Organisations"
	scopeOrganisation  widget.Scope = "Organisation"
	scopeForm          widget.Scope = "Forms"
	scopeRequests      widget.Scope = "Requests"
	scopeCase          widget.Scope = "Case"
	scopeAlike         widget.Scope = "The same again"
	scopeMonth         widget.Scope = "Due by month"
	scopeFigures       widget.Scope = "Figures of a year"
	scopeIncoming      widget.Scope = "Requests by machine"
	scopeConsents      widget.Scope = "Consents"
	scopeAnswers       widget.Scope = "Consents of people"
	scopeRefresh       widget.Scope = "Ask again"
	scopeMatrix        widget.Scope = "Person by purpose"
	scopeWhy           widget.Scope = "Why"
	scopeWithdrawn     widget.Scope = "Withdrawn"
	scopeMailing       widget.Scope = "Mailing list"
	scopeNotices       widget.Scope = "Notices"
	scopeSuppressions  widget.Scope = "Suppressions"
	scopeEffect        widget.Scope = "Notice to publish"
	scopeAsk           widget.Scope = "Questions to ask"
	scopeSheet         widget.Scope = "Consent sheet"
	scopeGrid          widget.Scope = "Answers on paper"
	scopeContacts      widget.Scope = "Contacts to import"
	scopeImports       widget.Scope = "Imports"
	scopePlan          widget.Scope = "Import plan"
	scopeColumns       widget.Scope = "Import columns"
	scopeAudit         widget.Scope = "Audit"
	scopeSettings      widget.Scope = "Settings"
	scopeAdopt         widget.Scope = "Profile to adopt"
	scopeText          widget.Scope = "Text"
)

// The actions, beside those every list and form shares.
const (
	leave     widget.Action = "leave"
	lockNow   widget.Action = "lock"
	undo      widget.Action = "undo"
	copyIt    widget.Action = "copy"
	pinIt     widget.Action = "pin"
	sortNext  widget.Action = "sort.next"
	sortTurn  widget.Action = "sort.turn"
	viewNext  widget.Action = "view.next"
	export    widget.Action = "list.export"
	formFresh widget.Action = "form.fresh"
	keySave   widget.Action = "key.save"

	goHome          widget.Action = "go.home"
	goDelegates     widget.Action = "go.delegates"
	goOrganisations widget.Action = "go.organisations"
	goRequests      widget.Action = "go.requests"
	goConsents      widget.Action = "go.consents"
	goImports       widget.Action = "go.imports"
	goAudit         widget.Action = "go.audit"
	goSettings      widget.Action = "go.settings"

	delegateAdd        widget.Action = "delegate.add"
	delegateEdit       widget.Action = "delegate.edit"
	delegateDeactivate widget.Action = "delegate.deactivate"
	delegateReactivate widget.Action = "delegate.reactivate"
	delegateMerge      widget.Action = "delegate.merge"
	mergeTurn          widget.Action = "merge.turn"
	mergeRecords       widget.Action = "merge.records"
	membershipSet      widget.Action = "membership.set"
	membershipEnd      widget.Action = "membership.end"
	consentRecord      widget.Action = "consent.record"
	consentHistory     widget.Action = "consent.history"

	consentRefresh  widget.Action = "consent.refresh"
	consentAskAgain widget.Action = "consent.ask-again"
	consentMailing  widget.Action = "consent.mailing"
	consentCorrect  widget.Action = "consent.correct"
	consentShare    widget.Action = "consent.share"
	consentCounts   widget.Action = "consent.counts"
	consentAsOf     widget.Action = "consent.as-of"
	consentWhy      widget.Action = "consent.why"
	consentMatrix   widget.Action = "consent.matrix"
	consentWithdraw widget.Action = "consent.withdraw"
	consentErase    widget.Action = "consent.erase"
	consentLetter   widget.Action = "consent.letter"
	consentSheet    widget.Action = "consent.sheet"
	consentGrid     widget.Action = "consent.grid"
	sheetPrint      widget.Action = "sheet.print"
	gridYes         widget.Action = "grid.yes"
	gridNo          widget.Action = "grid.no"
	gridSkip        widget.Action = "grid.skip"
	gridBack        widget.Action = "grid.back"
	gridHead        widget.Action = "grid.head"
	gridGiven       widget.Action = "grid.given"
	gridSave        widget.Action = "grid.save"

	goNotices       widget.Action = "go.notices"
	noticePublish   widget.Action = "notice.publish"
	noticeTold      widget.Action = "notice.told"
	noticeCompare   widget.Action = "notice.compare"
	noticeIssue     widget.Action = "notice.issue"
	goSuppressions  widget.Action = "go.suppressions"
	suppressionAdd  widget.Action = "suppression.add"
	suppressionLift widget.Action = "suppression.lift"

	organisationAdd  widget.Action = "organisation.add"
	organisationEdit widget.Action = "organisation.edit"

	requestOpen   widget.Action = "request.open"
	casesFilter   widget.Action = "cases.filter"
	casesMine     widget.Action = "cases.mine"
	goMonth       widget.Action = "go.month"
	monthExport   widget.Action = "month.export"
	goFigures     widget.Action = "go.figures"
	figuresExport widget.Action = "figures.export"
	incomingRead  widget.Action = "incoming.read"
	incomingApply widget.Action = "incoming.apply"
	requestAnyway widget.Action = "request.open-anyway"
	requestMenu   widget.Action = "request.menu"
	caseOrder     widget.Action = "request.order"

	requestAcknowledge widget.Action = "request.acknowledge"
	requestTold        widget.Action = "request.told"
	requestFound       widget.Action = "request.found"
	requestReturn      widget.Action = "request.return"
	requestCorrect     widget.Action = "request.correct"
	requestAssign      widget.Action = "request.assign"
	requestTask        widget.Action = "request.task"
	requestDuplicate   widget.Action = "request.duplicate"

	requestMatch     widget.Action = "request.match"
	requestIdentity  widget.Action = "request.identity"
	requestAuthority widget.Action = "request.authority"
	requestFee       widget.Action = "request.fee"
	requestClarify   widget.Action = "request.clarify"
	requestExtend    widget.Action = "request.extend"
	requestDecide    widget.Action = "request.decide"
	requestApprove   widget.Action = "request.approve"
	requestPack      widget.Action = "request.pack"
	requestReply     widget.Action = "request.reply"
	requestNote      widget.Action = "request.note"
	requestClose     widget.Action = "request.close"
	requestPerson    widget.Action = "request.person"

	importFile    widget.Action = "import.file"
	importContact widget.Action = "import.contacts"
	importUndo    widget.Action = "import.undo"
	importMapping widget.Action = "import.mapping"
	importApply   widget.Action = "import.apply"

	contactsRefused widget.Action = "contacts.refused"

	auditVerify widget.Action = "audit.verify"
	auditExport widget.Action = "audit.export"

	profileAdopt   widget.Action = "profile.adopt"
	operatorAdd    widget.Action = "operator.add"
	operatorRemove widget.Action = "operator.remove"
)

// needs names what an operator must be allowed to do for an action to be offered. The desk asks again.
var needs = map[widget.Action]register.Verb{
	undo:   register.ChangeUndo,
	export: register.Disclose,

	goDelegates:     register.DelegateRead,
	goOrganisations: register.OrganisationRead,
	goRequests:      register.RequestRead,
	goConsents:      register.DelegateRead,
	goImports:       register.ImportApply,
	goAudit:         register.AuditRead,
	goSettings:      register.SettingsRead,
	goCourses:       register.CourseRead,
	goDisclosures:   register.DisclosureRead,
	courseAdd:       register.CourseAdd,
	courseEdit:      register.CourseChange,
	courseBook:      register.BookingAdd,
	courseMark:      register.BookingChange,

	delegateAdd:        register.DelegateAdd,
	delegateEdit:       register.DelegateChange,
	delegateDeactivate: register.DelegateDeactivate,
	delegateReactivate: register.DelegateReactivate,
	delegateMerge:      register.DelegateMerge,
	mergeRecords:       register.DelegateMerge,
	mergeTurn:          register.DelegateMerge,
	membershipSet:      register.MembershipSet,
	membershipEnd:      register.MembershipEnd,
	consentRecord:      register.ConsentRecord,
	consentHistory:     register.DelegateRead,

	consentRefresh:  register.DelegateRead,
	consentAskAgain: register.ConsentRecord,
	consentMailing:  register.Disclose,
	consentCounts:   register.Disclose,
	consentCorrect:  register.ConsentRecord,
	consentShare:    register.Disclose,
	consentAsOf:     register.DelegateRead,
	consentWhy:      register.DelegateRead,
	consentMatrix:   register.DelegateRead,
	consentWithdraw: register.ConsentWithdraw,
	consentLetter:   register.ConsentWithdraw,
	consentErase:    register.RequestOpen,
	consentSheet:    register.ConsentSheet,
	consentGrid:     register.ConsentRecord,
	sheetPrint:      register.ConsentSheet,
	gridSave:        register.ConsentRecord,
	gridYes:         register.ConsentRecord,
	gridNo:          register.ConsentRecord,
	gridSkip:        register.ConsentRecord,
	gridBack:        register.ConsentRecord,
	gridHead:        register.ConsentRecord,
	gridGiven:       register.ConsentRecord,

	goNotices:       register.SettingsRead,
	noticeCompare:   register.SettingsRead,
	noticePublish:   register.NoticePublish,
	noticeTold:      register.NoticeTold,
	noticeIssue:     register.NoticePublish,
	goSuppressions:  register.SuppressionRead,
	suppressionAdd:  register.SuppressionAdd,
	suppressionLift: register.SuppressionLift,

	organisationAdd:  register.OrganisationAdd,
	organisationEdit: register.OrganisationChange,

	requestOpen:      register.RequestOpen,
	requestMatch:     register.RequestMatch,
	requestIdentity:  register.RequestProgress,
	requestAuthority: register.RequestProgress,
	requestFee:       register.RequestProgress,
	requestClarify:   register.RequestProgress,
	requestExtend:    register.RequestProgress,
	requestDecide:    register.RequestDecide,
	requestApprove:   register.RequestApprove,
	requestPack:      register.RequestPack,
	requestReply:     register.RequestReply,
	requestNote:      register.RequestNote,
	requestClose:     register.RequestClose,
	requestPerson:    register.RequestRead,
	requestMenu:      register.RequestRead,
	casesFilter:      register.RequestRead,
	casesMine:        register.RequestRead,
	caseOrder:        register.RequestRead,

	goBreaches:   register.BreachRead,
	breachAdd:    register.BreachRecord,
	breachChange: register.BreachChange,
	breachDecide: register.BreachDecide,
	breachClose:  register.BreachDecide,

	goMonth:            register.RequestRead,
	monthExport:        register.RequestShare,
	goFigures:          register.RequestRead,
	figuresExport:      register.RequestShare,
	incomingRead:       register.RequestOpen,
	incomingApply:      register.RequestOpen,
	requestAnyway:      register.RequestOpen,
	requestAcknowledge: register.RequestProgress,
	requestTold:        register.RequestProgress,
	requestFound:       register.RequestNote,
	requestReturn:      register.RequestApprove,
	requestCorrect:     register.RequestCorrect,
	requestAssign:      register.RequestAssign,
	requestTask:        register.RequestProgress,
	requestDuplicate:   register.RequestProgress,

	requestFindings: register.RequestRead,
	requestRedact:   register.RequestRead,
	requestLetters:  register.RequestLetter,
	findingIn:       register.RequestSelect,
	findingOut:      register.RequestSelect,
	documentAttach:  register.RequestSelect,
	redactMark:      register.RequestSelect,
	redactType:      register.RequestSelect,
	redactOff:       register.RequestSelect,
	redactFind:      register.RequestRead,
	redactNext:      register.RequestRead,
	redactPrev:      register.RequestRead,
	goExemptions:    register.RequestRead,
	exemptionAdd:    register.ExemptionSave,
	exemptionRemove: register.ExemptionSave,
	letterFill:      register.RequestLetter,
	letterWrite:     register.RequestLetter,
	templateReset:   register.TemplateSave,
	templateSave:    register.TemplateSave,
	templateField:   register.TemplateSave,
	templateLook:    register.RequestLetter,

	importFile:    register.ImportApply,
	importContact: register.ImportApply,
	importUndo:    register.ImportUndo,
	importApply:   register.ImportApply,
	importMapping: register.ImportApply,

	contactsRefused: register.ImportApply,

	auditVerify: register.AuditRead,
	auditExport: register.AuditShare,

	profileAdopt:   register.ProfileAdopt,
	operatorAdd:    register.OperatorAdd,
	operatorRemove: register.OperatorRemove,

	goBackups:     register.SettingsRead,
	backupMake:    register.BackupMake,
	storeCheck:    register.StoreCheck,
	storeCompact:  register.StoreCompact,
	storeRekey:    register.StoreRekey,
	recoveryNew:   register.RecoveryNew,
	backupForget:  register.BackupForget,
	anchorMake:    register.AnchorMake,
	anchorCompare: register.AuditRead,
	passphraseSet: register.PassphraseSet,

	requestErase:      register.RequestRead,
	requestRectify:    register.RectifyData,
	requestRestrict:   register.RestrictData,
	requestTellLift:   register.RequestProgress,
	requestLift:       register.RestrictEnd,
	requestRecipients: register.RequestRead,
	requestBalance:    register.RequestProgress,
	requestStop:       register.ConsentWithdraw,
	requestWithdraw:   register.ConsentWithdraw,
	requestResidue:    register.EraseData,
	erasureKeep:       register.RequestSelect,
	erasureAgain:      register.RequestSelect,
	erasureRun:        register.EraseData,
	goHolds:           register.DelegateRead,
	holdSet:           register.HoldSet,
	holdRelease:       register.HoldRelease,
	recipientTold:     register.RequestProgress,
	goResidue:         register.EraseData,

	requestHandOver: register.RequestHandOver,
	requestHandBack: register.RequestAdvise,
	requestTakeIn:   register.RequestAdvise,
	requestTakeBack: register.RequestHandOver,
}
