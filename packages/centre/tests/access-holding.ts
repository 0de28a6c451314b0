import { createClient, type Send } from '@haidang/contracts/client'
import { clusterApi } from '@haidang/contracts/cluster-api'
import { contactApi } from '@haidang/contracts/contact-point'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import { documentApi } from '@haidang/contracts/document-api'
import { doubtApi } from '@haidang/contracts/doubt'
import { estateApi } from '@haidang/contracts/estate-api'
import { inspectionApi } from '@haidang/contracts/inspection-api'
import { invitationApi } from '@haidang/contracts/invitation-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationRequestApi } from '@haidang/contracts/organisation-request'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import { Permission } from '@haidang/contracts/permission'
import { keyApi, personApi } from '@haidang/contracts/person-api'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import { stationApi } from '@haidang/contracts/station-api'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import { localStation } from '@haidang/link/parent/local-station'
import { systemScope } from '@haidang/runtime/database/database'
import { addAdvisory, addAdvisoryDraft } from './access-advisory.ts'
import { addAlert, addMerge, clusterOf, spreading } from './access-alerts.ts'
import { askToIssue } from './access-approval.ts'
import { doubtDraft, inspectionDraft, orderDraft, ruleText, tuningDraft } from './access-drafts.ts'
import { addEffort } from './access-effort.ts'
import { addExpert } from './access-expert.ts'
import { addForm } from './access-form.ts'
import { addGroup } from './access-group.ts'
import { addImport } from './access-import.ts'
import { addIncidentReport } from './access-incident-report.ts'
import { addIncidents } from './access-incident-ties.ts'
import { addMail } from './access-mail.ts'
import { addObservable } from './access-observable.ts'
import { addParticipant } from './access-participant.ts'
import { addPlaybook } from './access-playbook.ts'
import { addServiceAccount } from './access-service-account.ts'
import { addShift, type ShiftHolding } from './access-shift.ts'
import { addSystem } from './access-system.ts'
import { addTask } from './access-task.ts'
import { type CentreNode, localToken } from './centre-node.ts'

export const password = 'mật khẩu thật dài 1'

/** One thing of every kind, all belonging to one organisation. */
export interface Holding extends ShiftHolding {
  readonly organisation: string
  readonly tie: string
  readonly contact: string
  readonly expert: string
  readonly request: string
  readonly form: string
  readonly group: string
  readonly person: string
  readonly key: string
  readonly serviceAccount: string
  readonly invitation: string
  readonly approval: string
  readonly station: string
  readonly inspection: string
  readonly doubt: string
  readonly alert: string
  readonly cluster: string
  readonly spread: string
  readonly merge: string
  readonly incident: string
  readonly otherIncident: string
  readonly incidentMerge: string
  readonly incidentLink: string
  readonly incidentParticipant: string
  readonly incidentReport: string
  readonly task: string
  readonly incidentObservable: string
  readonly deadline: string
  readonly order: string
  readonly effort: string
  readonly playbook: string
  readonly advisory: string
  readonly advisoryDraft: string
  readonly document: string
  readonly evidence: string
  readonly mail: string
  readonly rule: string
  readonly backTest: string
  readonly tuning: string
  readonly system: string
  readonly range: string
  readonly attributionChange: string
  readonly systemImport: string
}

/** May do everything, in one organisation: shows that isolation does not hang on permissions. */
export const everything = 'everything-at-home'

/** Adds that role to a node. */
export async function addEverything({ database }: Pick<CentreNode, 'database'>): Promise<void> {
  await database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values ($1, 'x', 'x', 'red', 'organisation', $2)`,
    [everything, JSON.stringify(Permission.options)],
  )
}

/** Sends as the holder of a bearer secret; without one as nobody. */
export function senderOf(node: CentreNode, secret?: string): Send {
  return async (method, url, body) => {
    const headers = secret ? { authorization: `Bearer ${secret}` } : {}
    const payload = body === undefined ? {} : { payload: body as object }
    const reply = await node.http.inject({ method: method as 'POST', url, headers, ...payload })
    if (reply.statusCode < 400) return reply.json()
    throw new Error(`${method} ${url}: ${reply.body}`)
  }
}

/** A key in a role for an organisation; its secret. */
export async function keyFor(node: CentreNode, organisation_id: string, role_id: string) {
  const keys = createClient(keyApi, senderOf(node, localToken))
  return (await keys.create({ body: { organisation_id, role_id, name: role_id } })).secret
}

interface HoldingOf {
  readonly organisation?: string
  readonly tlp?: Tlp
  /** The group its incident is addressed to; without one it gets a group of its own and tells nobody. */
  readonly group?: string
  /** Somebody of the organisation; a new one unless told: hashing a password takes long. */
  readonly person?: string
}

/**
 * Gives an organisation something of every kind, all of one TLP; `n` tells two holdings apart. The
 * organisation is a new one unless told.
 */
export async function hold(
  node: CentreNode,
  n: number,
  { organisation = '', tlp = 'amber', group: shared, person }: HoldingOf = {},
): Promise<Holding> {
  const local = senderOf(node, localToken)
  organisation ||= (
    await createClient(organisationApi, local).create({
      body: { code: `TC.${n}`, name: `Tổ chức ${n}`, kind: 'ministry' },
    })
  ).id
  const params = { id: organisation }
  const day = `${2000 + n}-01-01`
  const tie = await createClient(organisationTieApi, local).add({
    params,
    body: { kind: 'mandate', mandate: 'exercise_organiser', valid_from: day, valid_to: day },
  })
  const contact = await createClient(contactApi, local).add({
    params,
    body: { purpose: 'technical', name: `Đầu mối ${n}`, email: `ky-thuat@${n}.example` },
  })
  const request = await createClient(organisationRequestApi, local).ask({
    params,
    body: { change: { website: `https://${n}.example` }, reason: 'thử' },
  })
  const group = await addGroup(local, organisation, n, shared)
  const own = person ?? (await addPerson(local, organisation, n))
  const key = await createClient(keyApi, local).create({
    body: { organisation_id: organisation, role_id: 'focal-point', name: 'x' },
  })
  const { invitation } = await createClient(invitationApi, local).create({
    body: {
      organisation_id: organisation,
      role_id: 'focal-point',
      email: `khach@${n}.example`,
      name: 'Khách',
    },
  })
  const station = await addStation(node, organisation)
  const inspection = await createClient(inspectionApi, local).create({
    body: { station_id: station, ...inspectionDraft },
  })
  const doubt = await createClient(doubtApi, local).mark({
    params: { id: station },
    body: doubtDraft,
  })
  const estate = createClient(estateApi, local)
  await estate.place({ params: { id: station }, body: { unit: '01' } })
  await estate.setPlan({ params, body: { stage: 'planned', due_on: null, reason: 'thử' } })
  await createClient(stationApi, local).createJoinCode({ body: { organisation_id: organisation } })
  const entity = `may-${n}`
  const alert = await addAlert(node, organisation, n, { entity, tlp })
  const clusters = createClient(clusterApi, local)
  const cluster = await clusterOf(clusters, organisation, `detector:sigma entity:${entity}`)
  const merge = await addMerge(node, local, organisation, n, tlp)
  const spreads = { detector: 'correlation', rule: spreading, entity, tlp } as const
  await addAlert(node, organisation, n + 1_000, spreads)
  const spread = await clusterOf(clusters, organisation, `detector:correlation entity:${entity}`)
  const struck = await addIncidents(local, organisation, n, tlp, shared)
  const due = await createClient(deadlineApi, local).list({
    query: { filter: `subject:${struck.incident}` },
  })
  const order = await createClient(orderApi, local).issue({
    body: { ...orderDraft(node, organisation), tlp },
  })
  const { document } = await createClient(documentApi, local).ofOrder({ params: { id: order.id } })
  const secret = await keyFor(node, organisation, everything)
  const evidence = await createClient(orderApi, senderOf(node, secret)).attach({
    params: { id: order.id },
    body: { name: 'x.txt', content: 'eA==' },
  })
  const payload = { ...orderDraft(node, organisation), tlp }
  const approval = await askToIssue(senderOf(node, secret), payload)
  const library = await addRule(node, secret, n, tlp)
  return {
    organisation,
    station,
    alert,
    cluster,
    spread,
    merge,
    ...library,
    ...(await addSystem(local, organisation, n, tlp)),
    systemImport: await addImport(local, organisation, tlp),
    expert: await addExpert(local, organisation, n),
    form: await addForm(node, local, organisation, tlp),
    tie: tie.id,
    inspection: inspection.id,
    doubt: doubt.id,
    contact: contact.id,
    request: request.id,
    group,
    person: own,
    approval,
    serviceAccount: await addServiceAccount(local, organisation, own, n),
    invitation: invitation.id,
    key: key.key.id,
    ...struck,
    incidentParticipant: await addParticipant(node, struck.incident),
    task: await addTask(local, struck.incident),
    incidentObservable: await addObservable(local, struck.incident),
    incidentReport: await addIncidentReport(local, organisation, tlp),
    ...(await addShift(node, local, organisation, { n, person: own })),
    deadline: due.items[0]?.id ?? '',
    order: order.id,
    effort: await addEffort(senderOf(node, secret), order.id),
    playbook: await addPlaybook(senderOf(node, secret), tlp),
    advisory: await addAdvisory(node, local, organisation, tlp),
    advisoryDraft: await addAdvisoryDraft(senderOf(node, secret), organisation, tlp),
    evidence: evidence.id,
    mail: await addMail(node, organisation, tlp),
    document: document?.id ?? '',
  }
}

async function addPerson(local: Send, organisation_id: string, n: number): Promise<string> {
  const { id } = await createClient(personApi, local).create({
    body: {
      organisation_id,
      role_id: 'focal-point',
      password,
      name: `Người ${n}`,
      email: `nguoi@${n}.example`,
    },
  })
  return id
}

async function addRule(node: CentreNode, secret: string, n: number, tlp: Tlp) {
  const library = createClient(ruleLibraryApi, senderOf(node, secret))
  const documents = [{ path: `luat-${n}.yml`, text: ruleText(n) }]
  const { rules } = await library.import({ body: { documents } })
  const rule = rules[0] ?? ''
  const params = { id: rule }
  const backTest = await library.startBackTest({ params, body: {} })
  const tuning = await library.tune({ params, body: tuningDraft(node) })
  // The library has one TLP for all; what would be seen of another is asked all the same.
  for (const [table, column] of [
    ['library_rule', 'id'],
    ['library_rule_version', 'rule_id'],
    ['rule_tuning', 'rule_id'],
    ['rule_back_test', 'rule_id'],
  ]) {
    const statement = `update ${table} set tlp_rank = $1 where ${column} = $2`
    await node.database.asOwner(statement, [tlpRank(tlp), rule])
  }
  return { rule, backTest: backTest.id, tuning: tuning.id }
}

export function addStation(node: CentreNode, organisation: string): Promise<string> {
  const id = node.newId('station')
  const child = {
    id: node.newId('node'),
    name: `Trạm của ${organisation}`,
    software: 'test',
    capabilities: [],
    simulated: true,
  }
  const row = { ...localStation(id, child, organisation, node.clock.iso()), local: false }
  return node.database.transact(systemScope, async (tx) => {
    await node.parent.stations.add(tx, row)
    return id
  })
}
