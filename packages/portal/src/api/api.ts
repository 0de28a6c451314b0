import { advisoryAddressingApi } from '@haidang/contracts/advisory-addressing-api'
import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { alertApi } from '@haidang/contracts/alert-api'
import { answerLinkApi } from '@haidang/contracts/answer-link'
import { approvalApi } from '@haidang/contracts/approval-api'
import { archiveApi } from '@haidang/contracts/archive-api'
import { attributionApi } from '@haidang/contracts/attribution'
import { audienceApi } from '@haidang/contracts/audience-api'
import { authorityApi } from '@haidang/contracts/authority-api'
import { createClient } from '@haidang/contracts/client'
import { clusterApi } from '@haidang/contracts/cluster-api'
import { clusterMergeApi } from '@haidang/contracts/cluster-merge-api'
import { contactApi, contactVerificationApi } from '@haidang/contracts/contact-point'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import {
  documentApi,
  documentCertificateApi,
  documentCheckApi,
  documentTemplateApi,
} from '@haidang/contracts/document-api'
import { doubtApi } from '@haidang/contracts/doubt'
import { effortApi } from '@haidang/contracts/effort-api'
import { estateApi } from '@haidang/contracts/estate-api'
import { eventApi } from '@haidang/contracts/event-api'
import { expertApi } from '@haidang/contracts/expert-api'
import {
  accessPolicyApi,
  factorApi,
  passkeyApi,
  sessionListApi,
} from '@haidang/contracts/factor-api'
import { formApi } from '@haidang/contracts/form-api'
import { gradeApi } from '@haidang/contracts/grade-api'
import { handoverApi } from '@haidang/contracts/handover-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentBulkApi } from '@haidang/contracts/incident-bulk-api'
import { incidentLinkApi } from '@haidang/contracts/incident-link-api'
import { incidentMergeApi } from '@haidang/contracts/incident-merge-api'
import { incidentObservableApi } from '@haidang/contracts/incident-observable-api'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import { inspectionApi } from '@haidang/contracts/inspection-api'
import { invitationApi, recoveryApi } from '@haidang/contracts/invitation-api'
import { joinFileApi } from '@haidang/contracts/join-file-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { likenessApi } from '@haidang/contracts/likeness-api'
import { mailKeyApi } from '@haidang/contracts/mail-key'
import { membershipApi } from '@haidang/contracts/membership'
import { myWorkApi } from '@haidang/contracts/my-work'
import { notificationApi } from '@haidang/contracts/notification-api'
import { notificationPreferenceApi } from '@haidang/contracts/notification-preference'
import { orderAddressingApi } from '@haidang/contracts/order-addressing-api'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationImportApi } from '@haidang/contracts/organisation-import'
import { organisationRequestApi } from '@haidang/contracts/organisation-request'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import { overviewApi } from '@haidang/contracts/overview'
import { parentConfigurationApi } from '@haidang/contracts/parent-configuration-api'
import { keyApi, personApi, sessionApi, setupApi } from '@haidang/contracts/person-api'
import { personalDataApi } from '@haidang/contracts/personal-data-api'
import { identityApi, providerApi, providerSessionApi } from '@haidang/contracts/provider-api'
import { readLogApi } from '@haidang/contracts/read-log-api'
import { receivedMailApi } from '@haidang/contracts/received-mail-api'
import { regulationApi } from '@haidang/contracts/regulation-api'
import { releaseApi } from '@haidang/contracts/release-api'
import { ruleApi } from '@haidang/contracts/rule-api'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import { savedViewApi } from '@haidang/contracts/saved-view'
import { serviceAccountApi } from '@haidang/contracts/service-account'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { shiftApi, shiftCalendarApi, shiftSwapApi } from '@haidang/contracts/shift-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { stationConfigurationApi } from '@haidang/contracts/station-configuration-api'
import { stationDigestApi } from '@haidang/contracts/station-digest-api'
import { systemApi } from '@haidang/contracts/system-api'
import { systemImportApi } from '@haidang/contracts/system-import'
import { taskApi } from '@haidang/contracts/task-api'
import { send } from './send.ts'

/** Every endpoint of the node, typed by the contract. */
export const api = {
  setup: createClient(setupApi, send),
  stationConfiguration: createClient(stationConfigurationApi, send),
  parentConfiguration: createClient(parentConfigurationApi, send),
  authorities: createClient(authorityApi, send),
  deadlines: createClient(deadlineApi, send),
  shifts: createClient(shiftApi, send),
  shiftSwaps: createClient(shiftSwapApi, send),
  handovers: createClient(handoverApi, send),
  shiftCalendar: createClient(shiftCalendarApi, send),
  joinFiles: createClient(joinFileApi, send),
  session: createClient(sessionApi, send),
  factors: createClient(factorApi, send),
  passkeys: createClient(passkeyApi, send),
  sessionList: createClient(sessionListApi, send),
  accessPolicy: createClient(accessPolicyApi, send),
  providers: createClient(providerApi, send),
  providerSessions: createClient(providerSessionApi, send),
  identities: createClient(identityApi, send),
  invitations: createClient(invitationApi, send),
  recovery: createClient(recoveryApi, send),
  approvals: createClient(approvalApi, send),
  people: createClient(personApi, send),
  personalData: createClient(personalDataApi, send),
  keys: createClient(keyApi, send),
  serviceAccounts: createClient(serviceAccountApi, send),
  organisations: createClient(organisationApi, send),
  organisationImport: createClient(organisationImportApi, send),
  organisationTies: createClient(organisationTieApi, send),
  memberships: createClient(membershipApi, send),
  organisationRequests: createClient(organisationRequestApi, send),
  forms: createClient(formApi, send),
  sharingGroups: createClient(sharingGroupApi, send),
  audiences: createClient(audienceApi, send),
  contacts: createClient(contactApi, send),
  contactVerification: createClient(contactVerificationApi, send),
  answerLinks: createClient(answerLinkApi, send),
  savedViews: createClient(savedViewApi, send),
  notificationPreferences: createClient(notificationPreferenceApi, send),
  mailKeys: createClient(mailKeyApi, send),
  overview: createClient(overviewApi, send),
  clusters: createClient(clusterApi, send),
  clusterMerges: createClient(clusterMergeApi, send),
  alerts: createClient(alertApi, send),
  doubts: createClient(doubtApi, send),
  stationDigests: createClient(stationDigestApi, send),
  events: createClient(eventApi, send),
  incidents: createClient(incidentApi, send),
  incidentActs: createClient(incidentBulkApi, send),
  incidentMerges: createClient(incidentMergeApi, send),
  incidentLinks: createClient(incidentLinkApi, send),
  grades: createClient(gradeApi, send),
  likeness: createClient(likenessApi, send),
  advisories: createClient(advisoryApi, send),
  advisoryAddressing: createClient(advisoryAddressingApi, send),
  advisoryDrafts: createClient(advisoryDraftApi, send),
  efforts: createClient(effortApi, send),
  tasks: createClient(taskApi, send),
  incidentObservables: createClient(incidentObservableApi, send),
  myWork: createClient(myWorkApi, send),
  orders: createClient(orderApi, send),
  orderAddressing: createClient(orderAddressingApi, send),
  orderMatrix: createClient(orderMatrixApi, send),
  documents: createClient(documentApi, send),
  documentCheck: createClient(documentCheckApi, send),
  documentTemplates: createClient(documentTemplateApi, send),
  documentCertificate: createClient(documentCertificateApi, send),
  systems: createClient(systemApi, send),
  systemImports: createClient(systemImportApi, send),
  attribution: createClient(attributionApi, send),
  stations: createClient(stationApi, send),
  estate: createClient(estateApi, send),
  experts: createClient(expertApi, send),
  incidentReports: createClient(incidentReportApi, send),
  inspections: createClient(inspectionApi, send),
  sources: createClient(sourceApi, send),
  regulations: createClient(regulationApi, send),
  release: createClient(releaseApi, send),
  archive: createClient(archiveApi, send),
  rules: createClient(ruleApi, send),
  ruleLibrary: createClient(ruleLibraryApi, send),
  ruleSets: createClient(ruleSetApi, send),
  notifications: createClient(notificationApi, send),
  receivedMails: createClient(receivedMailApi, send),
  journal: createClient(journalApi, send),
  readings: createClient(readLogApi, send),
}
