import { usualPreference } from '@haidang/contracts/notification-preference'
import { advisorySamples } from './access-advisory-samples.ts'
import { approvalSamples } from './access-approval-samples.ts'
import { caseworkSamples } from './access-casework-samples.ts'
import { deadlineSamples } from './access-deadline-samples.ts'
import { documentSamples } from './access-document-samples.ts'
import { inspectionDraft, ruleText, tuningDraft } from './access-drafts.ts'
import { effortSamples } from './access-effort-samples.ts'
import { expertDraft } from './access-expert.ts'
import { formSamples } from './access-form-samples.ts'
import { type Holding, password } from './access-holding.ts'
import { incidentReportSamples } from './access-incident-report-samples.ts'
import { incidentTieSamples } from './access-incident-tie-samples.ts'
import { linkSamples } from './access-link-samples.ts'
import { orderSamples } from './access-order-samples.ts'
import { personalSamples } from './access-personal-samples.ts'
import { playbookSamples } from './access-playbook-samples.ts'
import { regulationSamples } from './access-regulation-samples.ts'
import type { Sample } from './access-sample.ts'
import { serviceAccountSamples } from './access-service-account-samples.ts'
import { sharingSamples } from './access-sharing-samples.ts'
import { shiftSamples } from './access-shift-samples.ts'
import { signInSamples } from './access-sign-in-samples.ts'
import { systemSamples } from './access-system-samples.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const range = { from: '2026-11-01T00:00:00Z', to: '2026-11-30T00:00:00Z' }
const view = (node: CentreNode) => ({ ...list, params: { id: node.newId('savedView') } })
const document = { path: 'x.yml', text: ruleText(9) }
const sheet = {
  name: 'x.csv',
  format: 'csv',
  content: Buffer.from('code,name,kind\n').toString('base64'),
}
const ofOwn = (of: Holding) => ({ params: { id: of.organisation } })

/** How every endpoint is called; an endpoint that is missing here fails the test. */
export const samples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> = {
  'setupApi.state': () => list,
  'setupApi.complete': () => ({
    ...list,
    body: {
      token: 'x'.repeat(40),
      language: 'vi',
      node_name: 'x',
      organisation: { code: 'XX', name: 'XX', kind: 'other' },
      administrator: { name: 'x', email: 'x@x.example', password },
    },
  }),
  'sessionApi.open': () => ({ ...list, body: { email: 'nobody@x.example', password } }),
  'sessionApi.read': () => list,
  'sessionApi.ended': () => list,
  'sessionApi.update': () => ({ ...list, body: {} }),
  'sessionApi.close': () => list,
  ...signInSamples,
  ...linkSamples,
  ...approvalSamples,
  ...incidentReportSamples,
  ...shiftSamples,
  ...caseworkSamples,
  ...incidentTieSamples,
  ...orderSamples,
  ...advisorySamples,
  ...effortSamples,
  ...playbookSamples,
  ...personalSamples,

  'organisationApi.list': () => list,
  'organisationApi.get': (of) => ({ params: { id: of.organisation } }),
  'organisationApi.create': (_, node) => ({
    ...list,
    body: { code: node.newId('problem').slice(4), name: 'Mới', kind: 'other' },
  }),
  'organisationApi.update': (of) => ({ params: { id: of.organisation }, body: {} }),

  'organisationImportApi.preview': () => ({ ...list, body: sheet }),
  'organisationImportApi.apply': () => ({ ...list, body: sheet }),
  'organisationImportApi.refused': () => ({ ...list, body: sheet }),
  'organisationImportApi.template': () => ({ ...list, query: { format: 'csv' } }),
  'organisationImportApi.export': () => ({ ...list, query: { format: 'csv' } }),
  'organisationTieApi.list': (of) => ({ params: { id: of.organisation } }),
  'organisationTieApi.add': (of) => ({
    params: { id: of.organisation },
    body: { kind: 'mandate', mandate: 'training_provider', valid_from: '2031-01-01' },
  }),
  'organisationTieApi.change': (of) => ({
    params: { id: of.organisation, tie: of.tie },
    body: { basis: 'thử' },
  }),
  'organisationTieApi.remove': (of, node) => ({
    ...list,
    params: { id: of.organisation, tie: node.newId('tie') },
  }),
  'organisationTieApi.tree': () => list,
  'membershipApi.get': (of) => ({ params: { id: of.organisation } }),
  'membershipApi.apply': (of) => ({ ...ofOwn(of), body: { kind: 'voluntary', signer: 'Ký' } }),
  'membershipApi.leave': (of) => ({ ...list, ...ofOwn(of), body: {} }),
  'membershipApi.move': (of) => ({ ...ofOwn(of), body: { act: 'resume', reason: 'thử' } }),
  'organisationRequestApi.list': () => list,
  'organisationRequestApi.ask': (of) => ({
    params: { id: of.organisation },
    body: { change: { address: 'Số 1 phố Thử' }, reason: 'thử' },
  }),
  'organisationRequestApi.askContact': (of) => ({
    params: { id: of.organisation },
    body: { contact: { act: 'add', draft: { purpose: 'duty', name: 'Thử' } }, reason: 'thử' },
  }),
  'organisationRequestApi.decide': (of) => ({
    params: { id: of.request },
    body: { verdict: 'refused', reason: 'thử' },
  }),
  'expertApi.list': () => list,
  'expertApi.export': () => ({ ...list, query: { format: 'csv' } }),
  'expertApi.specialities': () => list,
  'expertApi.add': (of) => ({ ...ofOwn(of), body: expertDraft }),
  'expertApi.change': (of) => ({
    params: { id: of.organisation, expert: of.expert },
    body: { position: 'thử' },
  }),
  'expertApi.remove': (of, node) => ({
    ...list,
    params: { id: of.organisation, expert: node.newId('expert') },
  }),
  ...deadlineSamples,
  ...formSamples,
  ...sharingSamples,
  'contactApi.list': () => list,
  'contactApi.add': (of) => ({
    params: { id: of.organisation },
    body: { purpose: 'duty', name: 'Trực', phone: '024 0000 000' },
  }),
  'contactApi.change': (of) => ({
    params: { id: of.organisation, contact: of.contact },
    body: { position: 'thử' },
  }),
  'contactApi.remove': (of, node) => ({
    ...list,
    params: { id: of.organisation, contact: node.newId('contact') },
  }),
  'contactApi.ask': (of) => ({ params: { id: of.organisation, contact: of.contact } }),
  'answerLinkApi.read': () => ({ ...list, body: { token: 'x'.repeat(43) } }),
  'answerLinkApi.answer': () => ({
    ...list,
    body: {
      token: 'x'.repeat(43),
      request_id: '00000000-0000-4000-8000-000000000001',
      answer: 'accepted',
    },
  }),
  'contactVerificationApi.read': () => ({ ...list, body: { token: 'x'.repeat(43) } }),
  'contactVerificationApi.answer': () => ({ ...list, body: { token: 'x'.repeat(43) } }),

  ...regulationSamples,

  'personApi.list': () => list,
  'personApi.create': (of, node) => ({
    body: {
      organisation_id: of.organisation,
      name: 'Mới',
      email: `${node.newId('person')}@x.example`,
      role_id: 'focal-point',
      password,
    },
  }),
  'personApi.update': (of) => ({ params: { id: of.person }, body: { name: 'Đổi tên' } }),
  'personApi.roles': () => list,
  'keyApi.list': () => list,
  'keyApi.create': (of) => ({
    body: { organisation_id: of.organisation, role_id: 'focal-point', name: 'x' },
  }),
  'keyApi.revoke': (of) => ({ params: { id: of.key } }),
  ...serviceAccountSamples,

  ...systemSamples,

  'estateApi.list': () => list,
  'estateApi.units': () => list,
  'estateApi.place': (of) => ({ params: { id: of.station }, body: { unit: '01' } }),
  'estateApi.plan': () => list,
  'estateApi.progress': () => list,
  'estateApi.export': () => ({ ...list, query: { format: 'csv' } }),
  'estateApi.exportPlan': () => ({ ...list, query: { format: 'csv' } }),
  'estateApi.setPlan': (of) => ({
    params: { id: of.organisation },
    body: { stage: 'survey', due_on: null, reason: 'thử' },
  }),
  'inspectionApi.checklist': () => list,
  'inspectionApi.list': () => list,
  'inspectionApi.get': (of) => ({ params: { id: of.inspection } }),
  'inspectionApi.create': (of) => ({ body: { station_id: of.station, ...inspectionDraft } }),
  'inspectionApi.update': (of) => ({
    params: { id: of.inspection },
    body: { ...inspectionDraft, version: 1 },
  }),
  'inspectionApi.sign': (of) => ({ params: { id: of.inspection }, body: { version: 1 } }),
  'inspectionApi.remedy': (of) => ({
    params: { id: of.inspection },
    body: { finding: 0, remedied_on: '2026-01-01', note: 'thử' },
  }),

  'eventApi.search': () => ({ ...list, query: range }),
  'eventApi.histogram': () => ({ ...list, query: range }),
  'eventApi.values': () => ({ ...list, query: { ...range, field: 'host' } }),
  'eventApi.get': (of) => ({ ...list, params: { id: of.alert.replace('alt_', 'evt_') } }),
  'alertApi.list': () => list,
  'alertApi.get': (of) => ({ params: { id: of.alert } }),
  'clusterApi.list': () => list,
  'clusterApi.get': (of) => ({ params: { id: of.cluster } }),
  'clusterApi.spread': (of) => ({ params: { id: of.spread } }),
  'clusterApi.histogram': () => ({ ...list, query: range }),
  'clusterApi.triage': (of) => ({ body: { ids: [of.cluster], act: { act: 'acknowledge' } } }),
  'clusterApi.undo': () => ({ ...list, body: { undo: 'nothing' } }),

  'gradeApi.classification': () => list,
  'gradeApi.grading': (of) => ({ params: { id: of.incident } }),
  'gradeApi.decide': (of) => ({
    params: { id: of.incident },
    body: { grade: 'ordinary', answers: {}, reason: 'thử', version: 1, password },
  }),

  ...documentSamples,

  'ruleLibraryApi.list': () => list,
  'ruleLibraryApi.get': (of) => ({ params: { id: of.rule } }),
  'ruleLibraryApi.import': () => ({ ...list, body: { documents: [document] } }),
  'ruleLibraryApi.lint': () => ({ ...list, body: { documents: [document] } }),
  'ruleLibraryApi.test': () => ({ ...list, body: { documents: [document], samples: '{}' } }),
  'ruleLibraryApi.revise': (of) => ({ params: { id: of.rule }, body: { text: document.text } }),
  'ruleLibraryApi.submit': (of) => ({ params: { id: of.rule } }),
  'ruleLibraryApi.review': (of) => ({
    params: { id: of.rule },
    body: { version: 1, verdict: 'returned' },
  }),
  'ruleLibraryApi.submitMany': (of) => ({ ...list, body: { ids: [of.rule] } }),
  'ruleLibraryApi.reviewMany': (of) => ({
    ...list,
    body: { reviews: [{ id: of.rule, version: 1 }], verdict: 'returned' },
  }),
  'ruleLibraryApi.withdraw': (of) => ({ params: { id: of.rule }, body: { reason: 'thử' } }),
  'ruleLibraryApi.backTests': (of) => ({ params: { id: of.rule } }),
  'ruleLibraryApi.startBackTest': (of) => ({ params: { id: of.rule }, body: {} }),
  'ruleLibraryApi.backTest': (of) => ({ params: { id: of.backTest } }),
  'ruleLibraryApi.tunings': () => list,
  'ruleLibraryApi.tune': (of, node) => ({ params: { id: of.rule }, body: tuningDraft(node) }),
  'ruleLibraryApi.endTuning': (of) => ({ params: { id: of.tuning }, body: { reason: 'thử' } }),
  'ruleLibraryApi.statistics': () => list,
  'ruleLibraryApi.coverage': () => list,
  'ruleSetApi.list': () => list,
  'ruleSetApi.get': () => ({ ...list, params: { number: '1' } }),
  'ruleSetApi.publish': () => ({ ...list, body: {} }),
  'ruleSetApi.rollOut': () => ({ ...list, params: { number: '1' }, body: { ring: 'canary' } }),
  'ruleSetApi.rollBack': () => ({ ...list, params: { number: '1' }, body: { reason: 'thử' } }),
  'ruleSetApi.drift': () => list,
  'ruleSetApi.setRing': (of) => ({ params: { id: of.station }, body: { ring: 'canary' } }),

  'notificationApi.list': () => list,
  'notificationApi.unread': () => list,
  'notificationApi.read': () => ({ ...list, body: {} }),
  'notificationApi.deliveries': () => list,
  'receivedMailApi.list': () => list,
  'notificationPreferenceApi.get': () => list,
  'notificationPreferenceApi.change': () => ({ ...list, body: usualPreference }),
  'savedViewApi.list': () => ({ ...list, query: { page: '/alerts' } }),
  'savedViewApi.create': () => ({ ...list, body: { page: '/alerts', name: 'thử', search: {} } }),
  'savedViewApi.change': (_, node) => ({ ...view(node), body: { name: 'thử' } }),
  'savedViewApi.start': (_, node) => ({ ...view(node), body: { start: true } }),
  'savedViewApi.remove': (_, node) => view(node),
  'mailKeyApi.list': () => list,
  'mailKeyApi.make': () => ({ ...list, body: { reason: 'thử' } }),
  'receivedMailApi.get': (of) => ({ params: { id: of.mail } }),
  'receivedMailApi.source': (of) => ({ params: { id: of.mail }, query: {} }),
  'receivedMailApi.file': (of) => ({ params: { id: of.mail }, body: { object_id: of.incident } }),
  'receivedMailApi.report': (of) => ({
    params: { id: of.mail },
    body: { organisation_id: of.organisation, description: 'Máy chủ bị mã hóa' },
  }),
  'receivedMailApi.dismiss': (of) => ({ params: { id: of.mail }, body: { reason: 'thử' } }),

  'overviewApi.read': () => list,
  'journalApi.list': () => list,
  'journalApi.verify': () => ({ ...list, body: {} }),
  'journalApi.check': () => list,
  'journalApi.chain': () => list,
  'journalApi.cancelCheck': () => list,
  'journalApi.get': (_, node) => ({ ...list, params: { id: node.newId('entry') } }),
  'journalApi.export': () => ({ ...list, query: { format: 'jsonl' } }),
  'journalApi.digests': () => list,
  'readLogApi.list': () => list,
  'journalApi.digest': () => ({ ...list, params: { day: '2026-01-01' } }),
}
