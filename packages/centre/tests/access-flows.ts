import { type envelopeTypes, UpStream } from '@haidang/contracts/link'
import { Tlp } from '@haidang/contracts/tlp'
import type { RowAccess } from '@haidang/runtime/database/row-access'
import { relations, toldTo } from './access-matrix.ts'

/** Events lie in a store without row-level security: one condition in every query says what a row's policy would. */
const eventAccess: RowAccess = {
  table: 'event',
  holds: 'events',
  reach: 'own',
  owner: 'organisation_id',
  rank: 'tlp_rank',
}

/** Calls that search the events. */
export const searches = ['search', 'histogram', 'values', 'get'].map((name) => `eventApi.${name}`)

/** Calls that answer with something else than JSON, and the table whose rows are in it; null: nobody's rows. */
export const files: Readonly<Record<string, string | null>> = {
  'organisationImportApi.template': null,
  'organisationImportApi.refused': null,
  'organisationImportApi.export': 'organisation',
  'systemImportApi.template': null,
  'systemImportApi.refused': null,
  'systemImportApi.export': 'information_system',
  'expertApi.export': 'expert',
  'shiftApi.export': 'shift',
  'shiftCalendarApi.read': null,
  'formApi.sheet': 'form',
  'personalDataApi.register': null,
  'estateApi.export': 'station',
  'estateApi.exportPlan': 'organisation',
  'journalApi.export': 'journal',
  'orderMatrixApi.export': 'order_addressee',
  'advisoryApi.export': 'advisory_addressee',
  'csafApi.document': 'advisory',
  // For everybody: only what is TLP:CLEAR and public (publications.test.ts).
  'csafProviderApi.metadata': null,
  'csafProviderApi.key': null,
  'csafProviderApi.list': null,
  'csafProviderApi.file': null,
  'incidentObservableApi.export': 'incident_observable',
  'orderPayloadApi.payload': 'coordination_order',
  'providerSessionApi.back': null,
}

/** Routes beside the tables of endpoints, and the table they tell of. */
export const streams: Readonly<Record<string, string>> = { 'GET /api/v1/live': 'journal' }

/** Where envelopes of a type go: down to the node of who is named, up from it, or nowhere yet. */
type Way = 'down' | 'up' | 'both' | 'nowhere'
export const envelopes: Readonly<Record<(typeof envelopeTypes)[number], Way>> = {
  'incident.reported': 'up',
  'incident.updated': 'up',
  'incident.support-requested': 'nowhere',
  'incident.received': 'down',
  'incident.refused': 'down',
  'incident.judged': 'down',
  'order.issued': 'down',
  'order.changed': 'down',
  'order.withdrawn': 'down',
  'order.delivered': 'up',
  'order.read': 'up',
  'order.accepted': 'up',
  'order.disputed': 'up',
  'order.acting': 'up',
  'order.progressed': 'up',
  'order.completed': 'up',
  'order.verified': 'down',
  'order.returned': 'down',
  'order.closed': 'down',
  'order.reminded': 'down',
  'order.refused': 'down',
  'advisory.published': 'down',
  'advisory.updated': 'down',
  'advisory.cancelled': 'down',
  'advisory.verified': 'down',
  'advisory.returned': 'down',
  'advisory.received': 'up',
  'advisory.read': 'up',
  'advisory.assessed': 'up',
  'advisory.remediated': 'up',
  'rules.published': 'down',
  'rules.applied': 'up',
  'rules.refused': 'up',
  'configuration.published': 'down',
  'configuration.answered': 'up',
  'release.published': 'up',
  'digest.signed': 'up',
  'monitoring.requested': 'down',
  'key.announced': 'both',
  'message.unsupported': 'both',
}

const ways: Readonly<Record<Way, string>> = {
  down: 'to the node of the organisation named, which sees its subject here; from a child it is refused',
  up: 'from the node of the organisation whose ladder, report, set or policy it is; from any other it is refused',
  both: 'carries no row of anybody',
  nowhere: 'sent by nothing, refused from anybody',
}

/** What up-streams of children may bring, whatever they claim. */
const intake: Readonly<Record<UpStream, string>> = {
  alerts: 'kept as the organisation of the certificate',
  events: 'kept as the organisation of the certificate',
  health: 'of the station of the certificate',
  messages: 'envelopes, as above',
  sightings: 'not taken',
}

/** The part of docs/reference/access.md that is about everything but answers in JSON. */
export function flowSection(tables: readonly RowAccess[]): string[] {
  return [
    '## Searches, files, streams and envelopes',
    '',
    'Walked like the routes, by `packages/centre/tests/access-flows.test.ts`: searches, files, the live stream, `order.issued` down, `order.delivered` up,',
    'refusals of what a child may not send, `alerts`. Other envelopes and `events` have tests of their own. What is not here fails the test.',
    '',
    '| what | rows of | own | of a parent | of a child | of a fellow in a group | of one in a group left | of any other |',
    '|---|---|---|---|---|---|---|---|',
    ...searches.map((name) => row(name, eventAccess)),
    ...Object.entries(files).map(([name, table]) => row(name, accessTo(tables, table))),
    ...Object.entries(streams).map(([name, table]) => row(name, accessTo(tables, table))),
    '',
    '| envelope | goes |',
    '|---|---|',
    ...Object.entries(envelopes).map(([type, way]) => `| \`${type}\` | ${ways[way]} |`),
    '',
    '| stream of a child | what it brings is |',
    '|---|---|',
    ...UpStream.options.map((stream) => `| \`${stream}\` | ${intake[stream]} |`),
    '',
  ]
}

function accessTo(tables: readonly RowAccess[], name: string | null): RowAccess | undefined {
  if (name === null) return undefined
  const access = tables.find(({ table }) => table === name)
  if (!access) throw new Error(`no table ${name} is declared`)
  return access
}

function row(name: string, access: RowAccess | undefined): string {
  if (!access)
    return `| \`${name}\` | nobody: a form, a way back, what the caller sent, what is public ${'| – '.repeat(relations.length)}|`
  const cells = relations.map((relation) => {
    const told = toldTo(access, relation)
    if (told.length === Tlp.options.length) return 'yes'
    return told.map((tlp) => tlp.toUpperCase()).join(', ') || '–'
  })
  return `| \`${name}\` | \`${access.table}\` | ${cells.join(' | ')} |`
}
