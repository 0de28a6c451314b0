import { createClient } from '@haidang/contracts/client'
import { myWorkApi } from '@haidang/contracts/my-work'
import { notificationApi } from '@haidang/contracts/notification-api'
import { overviewApi } from '@haidang/contracts/overview'
import { sessionApi, setupApi } from '@haidang/contracts/person-api'
import { shiftApi } from '@haidang/contracts/shift-api'
import { lateClient } from './late-client.ts'
import { send } from './send.ts'

/** Every endpoint of the node, typed by the contract; what the shell asks on every page is there at once. */
export const api = {
  setup: createClient(setupApi, send),
  stationConfiguration: lateClient(
    async () =>
      (await import('@haidang/contracts/station-configuration-api')).stationConfigurationApi,
  ),
  parentConfiguration: lateClient(
    async () =>
      (await import('@haidang/contracts/parent-configuration-api')).parentConfigurationApi,
  ),
  authorities: lateClient(
    async () => (await import('@haidang/contracts/authority-api')).authorityApi,
  ),
  deadlines: lateClient(async () => (await import('@haidang/contracts/deadline-api')).deadlineApi),
  shifts: createClient(shiftApi, send),
  shiftSwaps: lateClient(async () => (await import('@haidang/contracts/shift-api')).shiftSwapApi),
  handovers: lateClient(async () => (await import('@haidang/contracts/handover-api')).handoverApi),
  shiftCalendar: lateClient(
    async () => (await import('@haidang/contracts/shift-api')).shiftCalendarApi,
  ),
  joinFiles: lateClient(async () => (await import('@haidang/contracts/join-file-api')).joinFileApi),
  session: createClient(sessionApi, send),
  factors: lateClient(async () => (await import('@haidang/contracts/factor-api')).factorApi),
  passkeys: lateClient(async () => (await import('@haidang/contracts/factor-api')).passkeyApi),
  sessionList: lateClient(
    async () => (await import('@haidang/contracts/factor-api')).sessionListApi,
  ),
  accessPolicy: lateClient(
    async () => (await import('@haidang/contracts/factor-api')).accessPolicyApi,
  ),
  providers: lateClient(async () => (await import('@haidang/contracts/provider-api')).providerApi),
  providerSessions: lateClient(
    async () => (await import('@haidang/contracts/provider-api')).providerSessionApi,
  ),
  identities: lateClient(async () => (await import('@haidang/contracts/provider-api')).identityApi),
  invitations: lateClient(
    async () => (await import('@haidang/contracts/invitation-api')).invitationApi,
  ),
  recovery: lateClient(async () => (await import('@haidang/contracts/invitation-api')).recoveryApi),
  approvals: lateClient(async () => (await import('@haidang/contracts/approval-api')).approvalApi),
  people: lateClient(async () => (await import('@haidang/contracts/person-api')).personApi),
  personalData: lateClient(
    async () => (await import('@haidang/contracts/personal-data-api')).personalDataApi,
  ),
  keys: lateClient(async () => (await import('@haidang/contracts/person-api')).keyApi),
  serviceAccounts: lateClient(
    async () => (await import('@haidang/contracts/service-account')).serviceAccountApi,
  ),
  organisations: lateClient(
    async () => (await import('@haidang/contracts/organisation-api')).organisationApi,
  ),
  organisationImport: lateClient(
    async () => (await import('@haidang/contracts/organisation-import')).organisationImportApi,
  ),
  organisationTies: lateClient(
    async () => (await import('@haidang/contracts/organisation-tie')).organisationTieApi,
  ),
  memberships: lateClient(
    async () => (await import('@haidang/contracts/membership')).membershipApi,
  ),
  organisationRequests: lateClient(
    async () => (await import('@haidang/contracts/organisation-request')).organisationRequestApi,
  ),
  forms: lateClient(async () => (await import('@haidang/contracts/form-api')).formApi),
  sharingGroups: lateClient(
    async () => (await import('@haidang/contracts/sharing-group')).sharingGroupApi,
  ),
  audiences: lateClient(async () => (await import('@haidang/contracts/audience-api')).audienceApi),
  contacts: lateClient(async () => (await import('@haidang/contracts/contact-point')).contactApi),
  contactVerification: lateClient(
    async () => (await import('@haidang/contracts/contact-point')).contactVerificationApi,
  ),
  answerLinks: lateClient(
    async () => (await import('@haidang/contracts/answer-link')).answerLinkApi,
  ),
  savedViews: lateClient(async () => (await import('@haidang/contracts/saved-view')).savedViewApi),
  notificationPreferences: lateClient(
    async () =>
      (await import('@haidang/contracts/notification-preference')).notificationPreferenceApi,
  ),
  mailKeys: lateClient(async () => (await import('@haidang/contracts/mail-key')).mailKeyApi),
  overview: createClient(overviewApi, send),
  clusters: lateClient(async () => (await import('@haidang/contracts/cluster-api')).clusterApi),
  clusterMerges: lateClient(
    async () => (await import('@haidang/contracts/cluster-merge-api')).clusterMergeApi,
  ),
  alerts: lateClient(async () => (await import('@haidang/contracts/alert-api')).alertApi),
  doubts: lateClient(async () => (await import('@haidang/contracts/doubt')).doubtApi),
  stationDigests: lateClient(
    async () => (await import('@haidang/contracts/station-digest-api')).stationDigestApi,
  ),
  events: lateClient(async () => (await import('@haidang/contracts/event-api')).eventApi),
  incidents: lateClient(async () => (await import('@haidang/contracts/incident-api')).incidentApi),
  incidentActs: lateClient(
    async () => (await import('@haidang/contracts/incident-bulk-api')).incidentBulkApi,
  ),
  incidentMerges: lateClient(
    async () => (await import('@haidang/contracts/incident-merge-api')).incidentMergeApi,
  ),
  incidentLinks: lateClient(
    async () => (await import('@haidang/contracts/incident-link-api')).incidentLinkApi,
  ),
  incidentParticipants: lateClient(
    async () =>
      (await import('@haidang/contracts/incident-participant-api')).incidentParticipantApi,
  ),
  closingReports: lateClient(
    async () => (await import('@haidang/contracts/closing-report-api')).closingReportApi,
  ),
  grades: lateClient(async () => (await import('@haidang/contracts/grade-api')).gradeApi),
  likeness: lateClient(async () => (await import('@haidang/contracts/likeness-api')).likenessApi),
  advisories: lateClient(async () => (await import('@haidang/contracts/advisory-api')).advisoryApi),
  advisoryAddressing: lateClient(
    async () => (await import('@haidang/contracts/advisory-addressing-api')).advisoryAddressingApi,
  ),
  publicAdvisories: lateClient(
    async () => (await import('@haidang/contracts/public-advisory')).publicAdvisoryApi,
  ),
  advisoryAnswerLinks: lateClient(
    async () => (await import('@haidang/contracts/advisory-answer-link')).advisoryAnswerLinkApi,
  ),
  advisoryDrafts: lateClient(
    async () => (await import('@haidang/contracts/advisory-api')).advisoryDraftApi,
  ),
  efforts: lateClient(async () => (await import('@haidang/contracts/effort-api')).effortApi),
  playbooks: lateClient(async () => (await import('@haidang/contracts/playbook-api')).playbookApi),
  tasks: lateClient(async () => (await import('@haidang/contracts/task-api')).taskApi),
  incidentObservables: lateClient(
    async () => (await import('@haidang/contracts/incident-observable-api')).incidentObservableApi,
  ),
  myWork: createClient(myWorkApi, send),
  orders: lateClient(async () => (await import('@haidang/contracts/order-api')).orderApi),
  orderAddressing: lateClient(
    async () => (await import('@haidang/contracts/order-addressing-api')).orderAddressingApi,
  ),
  orderMatrix: lateClient(
    async () => (await import('@haidang/contracts/order-matrix-api')).orderMatrixApi,
  ),
  documents: lateClient(async () => (await import('@haidang/contracts/document-api')).documentApi),
  documentCheck: lateClient(
    async () => (await import('@haidang/contracts/document-api')).documentCheckApi,
  ),
  documentTemplates: lateClient(
    async () => (await import('@haidang/contracts/document-api')).documentTemplateApi,
  ),
  documentCertificate: lateClient(
    async () => (await import('@haidang/contracts/document-api')).documentCertificateApi,
  ),
  systems: lateClient(async () => (await import('@haidang/contracts/system-api')).systemApi),
  systemImports: lateClient(
    async () => (await import('@haidang/contracts/system-import')).systemImportApi,
  ),
  attribution: lateClient(
    async () => (await import('@haidang/contracts/attribution')).attributionApi,
  ),
  stations: lateClient(async () => (await import('@haidang/contracts/station-api')).stationApi),
  estate: lateClient(async () => (await import('@haidang/contracts/estate-api')).estateApi),
  experts: lateClient(async () => (await import('@haidang/contracts/expert-api')).expertApi),
  incidentReports: lateClient(
    async () => (await import('@haidang/contracts/incident-report-api')).incidentReportApi,
  ),
  inspections: lateClient(
    async () => (await import('@haidang/contracts/inspection-api')).inspectionApi,
  ),
  sources: lateClient(async () => (await import('@haidang/contracts/source-api')).sourceApi),
  regulations: lateClient(
    async () => (await import('@haidang/contracts/regulation-api')).regulationApi,
  ),
  release: lateClient(async () => (await import('@haidang/contracts/release-api')).releaseApi),
  archive: lateClient(async () => (await import('@haidang/contracts/archive-api')).archiveApi),
  rules: lateClient(async () => (await import('@haidang/contracts/rule-api')).ruleApi),
  ruleLibrary: lateClient(
    async () => (await import('@haidang/contracts/rule-library-api')).ruleLibraryApi,
  ),
  ruleSets: lateClient(async () => (await import('@haidang/contracts/rule-set-api')).ruleSetApi),
  notifications: createClient(notificationApi, send),
  receivedMails: lateClient(
    async () => (await import('@haidang/contracts/received-mail-api')).receivedMailApi,
  ),
  journal: lateClient(async () => (await import('@haidang/contracts/journal-api')).journalApi),
  readings: lateClient(async () => (await import('@haidang/contracts/read-log-api')).readLogApi),
}
