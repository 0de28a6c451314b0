import { apis } from '@haidang/contracts/apis'
import type { Endpoint } from '@haidang/contracts/endpoint'
import type { Role } from '@haidang/contracts/person'
import { Tlp, tlpRank } from '@haidang/contracts/tlp'
import type { RowAccess } from '@haidang/runtime/database/row-access'
import { centreRowAccess } from '../src/row-access.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'

/**
 * How an organisation stands to the one that asks; `group`: they share a group its things are addressed to,
 * `former`: the one that asks has left that group.
 */
export const relations = ['own', 'parent', 'child', 'group', 'former', 'other'] as const
export type Relation = (typeof relations)[number]

/** What a role may reach through a route: things of the whole node, of its organisation, nothing; or it asks for no role. */
export const marks = { node: 'all', organisation: 'own', open: 'yes', none: '–' } as const
export type Mark = (typeof marks)[keyof typeof marks]

/** Routes that concern the whole node: a role bound to its organisation is refused whatever it may. */
const ofTheNode = new Set([
  'POST /api/v1/organisations',
  'POST /api/v1/organisations/:id/ties',
  'PATCH /api/v1/organisations/:id/ties/:tie',
  'DELETE /api/v1/organisations/:id/ties/:tie',
  'POST /api/v1/organisation-import/preview',
  'POST /api/v1/organisation-import',
  'POST /api/v1/organisation-import/refused',
  'POST /api/v1/sharing-groups',
  'PATCH /api/v1/sharing-groups/:id',
  'POST /api/v1/sharing-groups/:id/members',
  'DELETE /api/v1/sharing-groups/:id/members/:organisation',
  'POST /api/v1/rule-sets',
  'POST /api/v1/rule-sets/:number/roll-out',
  'POST /api/v1/rule-sets/:number/roll-back',
  'POST /api/v1/settings/regulations',
  'GET /api/v1/authority',
  'POST /api/v1/authority/rotate',
  'POST /api/v1/authority/retire',
  'POST /api/v1/authority/replace',
  'POST /api/v1/document-certificate/rotate',
  'POST /api/v1/mail-keys',
  'GET /api/v1/signing-keys',
  'POST /api/v1/signing-keys/rotate',
  'POST /api/v1/signing-keys/replace',
  'POST /api/v1/parent/join-request',
  'POST /api/v1/parent/join-answer',
  'GET /api/v1/access-policy',
  'PATCH /api/v1/access-policy',
  'GET /api/v1/sign-in-providers',
  'POST /api/v1/sign-in-providers',
  'PATCH /api/v1/sign-in-providers/:id',
  'DELETE /api/v1/sign-in-providers/:id',
  'POST /api/v1/sign-in-providers/:id/check',
  'POST /api/v1/journal/verify',
  'GET /api/v1/journal/check',
  'GET /api/v1/journal/digests',
  'GET /api/v1/journal/digests/:day',
  'GET /api/v1/journal/chain',
  'DELETE /api/v1/journal/check',
  'POST /api/v1/stations/:id/digests/settle',
  'POST /api/v1/stations/:id/doubts',
  'POST /api/v1/doubts/:id/lift',
  'POST /api/v1/approval-policy',
  'GET /api/v1/personal-data/retention',
  'GET /api/v1/personal-data/retention/versions',
  'POST /api/v1/personal-data/retention/preview',
  'POST /api/v1/personal-data/retention',
  'GET /api/v1/people/:id/redaction',
  'POST /api/v1/people/:id/redaction',
  'POST /api/v1/parent',
  'POST /api/v1/station-configuration',
  'POST /api/v1/station-configuration/preview',
  'POST /api/v1/station-configuration/versions/:number/restore',
  'POST /api/v1/parent-configuration/decide',
  'POST /api/v1/stations/:id/ring',
  'POST /api/v1/systems/:id/ranges/confirm',
])

/** How a route stands in the matrix. */
export function routeOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** What a role may do with a route, as far as permission and scope say. */
export function markOf(endpoint: Endpoint, role: Role): Mark {
  const { permission } = endpoint
  if (permission === 'public' || permission === 'signed-in') return marks.open
  if (!role.permissions.includes(permission)) return marks.none
  if (role.scope === 'node') return marks.node
  return ofTheNode.has(routeOf(endpoint)) ? marks.none : marks.organisation
}

/** TLPs of things of a kind that an organisation sees of another that stands so to it, at full clearance. */
export function toldTo(access: RowAccess, relation: Relation): readonly Tlp[] {
  if (access.reach === 'node') return []
  if (access.reach === 'everybody' || relation === 'own') return Tlp.options
  if (access.reach === 'grouped') return relation === 'group' ? Tlp.options : []
  if (access.reach === 'part') {
    const whole = centreRowAccess.find(({ table }) => table === access.of.table)
    return whole ? toldTo(whole, relation) : []
  }
  if (access.reach !== 'told') return []
  const upTo = access.named && relation === 'group' ? 'amber' : 'green'
  return Tlp.options.filter((tlp) => tlpRank(tlp) <= tlpRank(upTo))
}

/** Kind of the thing a call names; undefined where it names none. */
export function kindOf(sample: Sample, of: Holding): keyof Holding | undefined {
  if (sample.names) return undefined
  const said = [...Object.values(sample.params ?? {}).toReversed(), JSON.stringify(sample.body)]
  const kinds = Object.entries(of) as [keyof Holding, string][]
  for (const text of said) {
    const found = kinds.find(([, id]) => text?.includes(id))
    if (found) return found[0]
  }
  return undefined
}

/** docs/reference/access.md: every route and role, every table and who sees its rows. */
export function accessPage(
  roles: readonly Role[],
  tables: readonly RowAccess[],
  flows: readonly string[],
): string {
  const columns = roles.map(({ id }) => `\`${id}\``)
  return [
    '# Who may do and see what',
    '',
    'Generated by `packages/centre/tests/access.test.ts`, which compares it with what a node answers: every route × every role, and of',
    'own, parent, child and other organisation × TLP all for one role, some in turn for the others. Anew: `npx vitest run packages/centre/tests/access.test.ts -u`.',
    '',
    '## Roles',
    '',
    '| role | tiếng Việt | English | sees | up to |',
    '|---|---|---|---|---|',
    ...roles.map(
      ({ id, name_vi, name_en, scope, clearance }) =>
        `| \`${id}\` | ${name_vi} | ${name_en} | ${scope === 'node' ? 'the whole node' : 'its organisation'} | TLP:${clearance.toUpperCase()} |`,
    ),
    '',
    '## Routes',
    '',
    '`all`: things of every organisation of the node; `own`: of one’s own organisation, and what others tell it (next table); `–`: refused',
    '(403 `permission.missing`); `yes`: no role is asked for. What one may not know of answers 404. Nobody gets past 401 but where the permission is `public`.',
    '',
    `| route | permission | ${columns.join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}`,
    ...Object.values(apis)
      .flatMap((api): Endpoint[] => Object.values(api))
      .map(
        (endpoint) =>
          `| \`${routeOf(endpoint)}\` | \`${endpoint.permission}\` | ${roles
            .map((role) => markOf(endpoint, role))
            .join(' | ')} |`,
      ),
    '',
    '## Rows',
    '',
    'Declared in `src/row-access.ts` of each package; the policies of PostgreSQL are generated from it, and a test compares. A role bound to its',
    'organisation reads these rows, up to its clearance; the node and roles that see all of it read every row up to theirs.',
    '',
    '| table | holds | own | of a parent | of a child | of a fellow in a group | of one in a group left | of any other | by TLP |',
    '|---|---|---|---|---|---|---|---|---|',
    ...tables.map(tableRow),
    '',
    '`named`: beside the owner those the row names (addressees and issuer of an order, the operator of a system; whom an incident is addressed to),',
    'on the TLP of the row. TLP 2.0: CLEAR is told to every organisation of the node, GREEN to active members and who is addressed, AMBER to the',
    'organisations and sharing groups addressed, AMBER+STRICT to organisations addressed one by one, RED to people named. Leaving a group or being',
    'suspended ends it at once; the tree of organisations tells nobody anything but the playbooks a superior publishes for those below it. What sensors saw (events, alerts, clusters, rejects) and evidence stay',
    'with their owner whatever their TLP, until somebody passes them on; alerts, clusters and incidents up to AMBER are read too by whose confirmed range',
    'they are about (`shown_to`). Event searches carry organisation and clearance in the query.',
    '[Who sees what](../security/tlp.md) has the rules and the preview.',
    '',
    ...flows,
  ].join('\n')
}

function tableRow(access: RowAccess): string {
  const named =
    access.reach === 'addressed' ||
    (access.reach === 'own' && (access.readers !== undefined || access.also !== undefined)) ||
    (access.reach === 'told' && access.named)
  const cells = relations.map((relation) => {
    const told = toldTo(access, relation)
    if (told.length === Tlp.options.length) return 'yes'
    const words = [...told.map((tlp) => tlp.toUpperCase()), ...(named ? ['named'] : [])]
    return words.join(', ') || '–'
  })
  const classified = 'rank' in access && access.rank === 'tlp_rank'
  const of = access.reach === 'part' ? `as \`${access.of.table}\`` : classified ? 'yes' : '–'
  return `| \`${access.table}\` | ${access.holds} | ${cells.join(' | ')} | ${of} |`
}

/** Marks by route and role, read from the page. */
export function readMatrix(page: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''))
  const lines = page.split('\n').filter((line) => line.startsWith('|'))
  const head = lines.findIndex((line) => line.startsWith('| route |'))
  const roles = cellsOf(lines[head] ?? '').slice(2)
  const rows = lines.slice(head + 2).map(cellsOf)
  return new Map(
    rows
      .filter(([route]) => route?.includes(' /'))
      .map(([route = '', , ...cells]) => [
        route,
        new Map(roles.map((role, place) => [role, cells[place] ?? ''])),
      ]),
  )
}
