import { z } from 'zod'

/** The prefix every kind of identifier carries, so that a stray id in a log says what it names. */
export const idPrefixes = {
  organisation: 'org',
  tie: 'tie',
  contact: 'cpt',
  expert: 'exp',
  membershipStep: 'mst',
  request: 'req',
  form: 'frm',
  group: 'grp',
  person: 'usr',
  role: 'rol',
  key: 'key',
  serviceAccount: 'sva',
  passkey: 'psk',
  provider: 'idp',
  identity: 'idn',
  invitation: 'inv',
  approval: 'apr',
  notification: 'ntf',
  delivery: 'dlv',
  receivedMail: 'rml',
  system: 'sys',
  range: 'rng',
  systemImport: 'imp',
  attributionChange: 'atc',
  attributionStep: 'ats',
  node: 'nod',
  station: 'sta',
  doubt: 'dbt',
  joinCode: 'joi',
  inspection: 'ins',
  source: 'src',
  silence: 'sil',
  reject: 'rej',
  replay: 'rpl',
  event: 'evt',
  alert: 'alt',
  rule: 'rul',
  backTest: 'bkt',
  tuning: 'tun',
  cluster: 'clu',
  merge: 'mrg',
  incident: 'inc',
  incidentReport: 'irp',
  deadline: 'ddl',
  order: 'ord',
  advisory: 'adv',
  answerLink: 'lnk',
  gap: 'gap',
  step: 'stp',
  evidence: 'evd',
  document: 'doc',
  entry: 'jrn',
  problem: 'prb',
} as const
export type IdKind = keyof typeof idPrefixes

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

/** A schema for one kind of identifier: prefix, underscore, UUID version 7 (events and alerts: 8). */
export function idOf(kind: IdKind) {
  return z.string().regex(new RegExp(`^${idPrefixes[kind]}_${uuid}$`), `not an id of kind ${kind}`)
}
