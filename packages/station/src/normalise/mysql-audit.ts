import { isObject, type JsonObject } from '../parse/json.ts'
import { addressOf, present, type Read, type Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { timeOf } from './json.ts'
import { sqlActivityOf } from './sql-verbs.ts'

/** True of a record of MySQL Enterprise Audit in JSON, or of Percona's audit log. */
export function looksLikeMysqlAudit(object: JsonObject): boolean {
  const { audit_record: percona, class: group, event, connection_id: id } = object
  if (isObject(percona)) return 'name' in percona && 'connection_id' in percona
  return (
    typeof group === 'string' &&
    typeof event === 'string' &&
    typeof id === 'number' &&
    'account' in object
  )
}

/**
 * MySQL Enterprise Audit in JSON and Percona's audit log: sign-ins as Authentication (OCSF 3002), statements
 * as Datastore Activity (6005).
 * https://dev.mysql.com/doc/refman/8.4/en/audit-log-file-formats.html
 * https://docs.percona.com/percona-server/8.0/audit-log-plugin.html
 */
export function normaliseMysqlAudit(object: JsonObject, around: Surroundings): Read {
  const percona = object['audit_record']
  const said = isObject(percona) ? ofPercona(new Fields(percona)) : ofEnterprise(new Fields(object))
  // Both write UTC; MySQL does not say so.
  const time = timeOf(said.time, { ...around, zone: 'UTC' })
  return {
    draft: {
      ...databaseDraft(said),
      product: 'MySQL',
      vendor: isObject(percona) ? 'Percona' : 'Oracle',
      logsource: { product: 'mysql', category: 'database' },
      time: time?.at,
      original_time: time?.original,
      unmapped: object,
    },
    record: object,
  }
}

/** What the audit of a database says of one act. */
export interface DatabaseAct {
  readonly kind: 'connect' | 'disconnect' | 'statement'
  readonly time?: string | undefined
  readonly event: string
  readonly user?: string | undefined
  readonly host?: string | undefined
  readonly address?: string | undefined
  readonly statement?: string | undefined
  /** 0, or the number of the error. */
  readonly code?: string | undefined
}

/** The event of an act on a database; who wrote it and when is added by the caller. */
export function databaseDraft(act: DatabaseAct) {
  const { kind, event, user, statement } = act
  const who = present({ name: user })
  const common = { ...outcomeOf(act), event_code: event, src_endpoint: sourceOf(act) }
  if (kind === 'statement') {
    return {
      class: 'datastore_activity' as const,
      activity: sqlActivityOf(statement),
      ...common,
      message: `${event}: ${statement ?? '?'}`,
      actor: present({ user: who }),
    }
  }
  return {
    class: 'authentication' as const,
    activity: kind === 'connect' ? 1 : 2,
    ...common,
    message: `${event} ${user ?? '?'}`,
    user: who,
  }
}

function outcomeOf({ code }: DatabaseAct) {
  if (code === undefined) return { severity: 1 }
  if (code === '0') return { severity: 1, status: 'success' as const }
  return { severity: 2, status: 'failure' as const, status_detail: `error ${code}` }
}

function sourceOf({ address, host }: DatabaseAct) {
  const ip = addressOf(address) ?? addressOf(host)
  return present({ ip, hostname: ip === undefined ? host : undefined })
}

function kindOf(event: string): DatabaseAct['kind'] {
  if (/^(?:connect|change user|change_user)$/i.test(event)) return 'connect'
  return /^(?:disconnect|quit)$/i.test(event) ? 'disconnect' : 'statement'
}

function ofEnterprise(fields: Fields): DatabaseAct {
  const event = fields.text('event') ?? '?'
  const login = fields.inner('login')
  const account = fields.inner('account')
  const general = fields.inner('general_data')
  const access = fields.inner('table_access_data')
  return {
    kind: kindOf(event),
    event: `${fields.text('class') ?? ''}.${event}`,
    time: fields.text('timestamp'),
    user: login.text('user') ?? account.text('user'),
    host: account.text('host'),
    address: login.text('ip'),
    statement: general.text('query') ?? access.text('query') ?? general.text('command'),
    code: fields.inner('connection_data').text('status') ?? general.text('status'),
  }
}

function ofPercona(fields: Fields): DatabaseAct {
  const event = fields.text('name') ?? '?'
  return {
    kind: kindOf(event),
    event,
    time: fields.text('timestamp'),
    // `root[root] @ localhost []`: the account first.
    user: fields.text('user')?.split('[', 1)[0]?.trim(),
    host: fields.text('host'),
    address: fields.text('ip'),
    statement: fields.text('sqltext'),
    code: fields.text('status'),
  }
}
