import { advisoryAddressingApi } from './advisory-addressing-api.ts'
import { advisoryAnswerLinkApi } from './advisory-answer-link.ts'
import { advisoryApi, advisoryDraftApi } from './advisory-api.ts'
import { alertApi } from './alert-api.ts'
import { answerLinkApi } from './answer-link.ts'
import { approvalApi } from './approval-api.ts'
import { archiveApi } from './archive-api.ts'
import { attributionApi } from './attribution.ts'
import { audienceApi } from './audience-api.ts'
import { authorityApi } from './authority-api.ts'
import { closingReportApi } from './closing-report-api.ts'
import { clusterApi } from './cluster-api.ts'
import { clusterMergeApi } from './cluster-merge-api.ts'
import { contactApi, contactVerificationApi } from './contact-point.ts'
import { csafApi, csafProviderApi } from './csaf-api.ts'
import { deadlineApi } from './deadline-api.ts'
import {
  documentApi,
  documentCertificateApi,
  documentCheckApi,
  documentTemplateApi,
} from './document-api.ts'
import { doubtApi } from './doubt.ts'
import { effortApi } from './effort-api.ts'
import { estateApi } from './estate-api.ts'
import { eventApi } from './event-api.ts'
import { expertApi } from './expert-api.ts'
import { accessPolicyApi, factorApi, passkeyApi, sessionListApi } from './factor-api.ts'
import { formApi } from './form-api.ts'
import { gradeApi } from './grade-api.ts'
import { handoverApi } from './handover-api.ts'
import { incidentApi } from './incident-api.ts'
import { incidentBulkApi } from './incident-bulk-api.ts'
import { incidentLinkApi } from './incident-link-api.ts'
import { incidentMergeApi } from './incident-merge-api.ts'
import { incidentObservableApi } from './incident-observable-api.ts'
import { incidentParticipantApi } from './incident-participant-api.ts'
import { incidentReportApi } from './incident-report-api.ts'
import { inspectionApi } from './inspection-api.ts'
import { invitationApi, recoveryApi } from './invitation-api.ts'
import { joinFileApi } from './join-file-api.ts'
import { journalApi } from './journal-api.ts'
import { likenessApi } from './likeness-api.ts'
import { mailKeyApi } from './mail-key.ts'
import { membershipApi } from './membership.ts'
import { myWorkApi } from './my-work.ts'
import { notificationApi } from './notification-api.ts'
import { notificationPreferenceApi } from './notification-preference.ts'
import { orderAddressingApi } from './order-addressing-api.ts'
import { orderApi } from './order-api.ts'
import { orderMatrixApi } from './order-matrix-api.ts'
import { orderPayloadApi } from './order-payload-api.ts'
import { organisationApi } from './organisation-api.ts'
import { organisationImportApi } from './organisation-import.ts'
import { organisationRequestApi } from './organisation-request.ts'
import { organisationTieApi } from './organisation-tie.ts'
import { overviewApi } from './overview.ts'
import { parentConfigurationApi } from './parent-configuration-api.ts'
import { keyApi, personApi, sessionApi, setupApi } from './person-api.ts'
import { personalDataApi } from './personal-data-api.ts'
import { playbookApi } from './playbook-api.ts'
import { identityApi, providerApi, providerSessionApi } from './provider-api.ts'
import { publicAdvisoryApi } from './public-advisory.ts'
import { readLogApi } from './read-log-api.ts'
import { receivedMailApi } from './received-mail-api.ts'
import { regulationApi } from './regulation-api.ts'
import { releaseApi } from './release-api.ts'
import { ruleApi } from './rule-api.ts'
import { ruleLibraryApi } from './rule-library-api.ts'
import { ruleSetApi } from './rule-set-api.ts'
import { savedViewApi } from './saved-view.ts'
import { serviceAccountApi } from './service-account.ts'
import { sharingGroupApi } from './sharing-group.ts'
import { shiftApi, shiftCalendarApi, shiftSwapApi } from './shift-api.ts'
import { sourceApi } from './source-api.ts'
import { stationApi } from './station-api.ts'
import { stationConfigurationApi } from './station-configuration-api.ts'
import { stationDigestApi } from './station-digest-api.ts'
import { systemApi } from './system-api.ts'
import { systemImportApi } from './system-import.ts'
import { taskApi } from './task-api.ts'

/** Every endpoint table there is; tests and documents walk it, so that none is forgotten. */
export const apis = {
  setup: setupApi,
  session: sessionApi,
  factors: factorApi,
  passkeys: passkeyApi,
  sessionList: sessionListApi,
  accessPolicy: accessPolicyApi,
  providers: providerApi,
  providerSessions: providerSessionApi,
  identities: identityApi,
  invitations: invitationApi,
  recovery: recoveryApi,
  approvals: approvalApi,
  organisations: organisationApi,
  organisationImport: organisationImportApi,
  organisationTies: organisationTieApi,
  contacts: contactApi,
  experts: expertApi,
  memberships: membershipApi,
  organisationRequests: organisationRequestApi,
  forms: formApi,
  sharingGroups: sharingGroupApi,
  contactVerification: contactVerificationApi,
  answerLinks: answerLinkApi,
  regulations: regulationApi,
  people: personApi,
  personalData: personalDataApi,
  keys: keyApi,
  serviceAccounts: serviceAccountApi,
  systems: systemApi,
  systemImports: systemImportApi,
  attribution: attributionApi,
  stations: stationApi,
  stationConfiguration: stationConfigurationApi,
  parentConfiguration: parentConfigurationApi,
  authorities: authorityApi,
  joinFiles: joinFileApi,
  doubts: doubtApi,
  estate: estateApi,
  incidentReports: incidentReportApi,
  inspections: inspectionApi,
  sources: sourceApi,
  release: releaseApi,
  archive: archiveApi,
  rules: ruleApi,
  ruleLibrary: ruleLibraryApi,
  ruleSets: ruleSetApi,
  events: eventApi,
  alerts: alertApi,
  clusters: clusterApi,
  clusterMerges: clusterMergeApi,
  incidents: incidentApi,
  incidentActs: incidentBulkApi,
  incidentMerges: incidentMergeApi,
  incidentLinks: incidentLinkApi,
  incidentParticipants: incidentParticipantApi,
  grades: gradeApi,
  closingReports: closingReportApi,
  likeness: likenessApi,
  tasks: taskApi,
  playbooks: playbookApi,
  incidentObservables: incidentObservableApi,
  myWork: myWorkApi,
  deadlines: deadlineApi,
  shifts: shiftApi,
  shiftSwaps: shiftSwapApi,
  shiftCalendar: shiftCalendarApi,
  handovers: handoverApi,
  orders: orderApi,
  orderAddressing: orderAddressingApi,
  orderMatrix: orderMatrixApi,
  orderPayload: orderPayloadApi,
  advisoryDrafts: advisoryDraftApi,
  advisories: advisoryApi,
  advisoryAddressing: advisoryAddressingApi,
  advisoryAnswerLinks: advisoryAnswerLinkApi,
  efforts: effortApi,
  savedViews: savedViewApi,
  csaf: csafApi,
  csafProvider: csafProviderApi,
  publicAdvisories: publicAdvisoryApi,
  documents: documentApi,
  documentCheck: documentCheckApi,
  documentTemplates: documentTemplateApi,
  documentCertificate: documentCertificateApi,
  audience: audienceApi,
  overview: overviewApi,
  notifications: notificationApi,
  notificationPreferences: notificationPreferenceApi,
  mailKeys: mailKeyApi,
  receivedMails: receivedMailApi,
  journal: journalApi,
  stationDigests: stationDigestApi,
  readings: readLogApi,
}
