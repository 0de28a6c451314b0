import type { JsonObject } from '../parse/json.ts'
import { type PostgresEntry, parsePostgres, postgresTime } from '../parse/postgresql.ts'
import { type SyslogFields, withoutHeader } from '../parse/syslog-header.ts'
import { type Daemon, type MessageKind, normaliseDaemon, userNamed } from './daemon-message.ts'
import { present, type Read, type Surroundings } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { sqlActivityOf } from './sql-verbs.ts'
import { numberOf } from './syslog.ts'

const endpoint = 'host=(?<host>\\[local\\]|[^ ]{1,255})(?: port=(?<port>\\d{1,5}))?'
const local = '[local]'

function peerOf(host: string | undefined, port: string | undefined) {
  return host === local ? undefined : endpointOf(host, port)
}

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(`^connection received: ${endpoint}`),
    about: ({ host, port }) => ({
      class: 'network_activity',
      activity: 1,
      src_endpoint: peerOf(host, port),
    }),
  },
  {
    pattern:
      /^connection authori[sz]ed: user=(?<user>[^ ]{1,63})(?: database=(?<database>[^ ]{1,63}))?(?<rest>.{0,500})$/,
    about: ({ user, database, rest }) => ({
      class: 'authentication',
      activity: 1,
      status: 'success',
      user: userNamed(user),
      unmapped: present({ database, encrypted: rest?.includes('SSL enabled') }) ?? {},
    }),
  },
  {
    pattern: new RegExp(
      `^disconnection: session time: (?<duration>[\\d:.]{1,32}) user=(?<user>[^ ]{1,63}) database=(?<database>[^ ]{1,63}) ${endpoint}`,
    ),
    about: ({ duration, user, database, host, port }) => ({
      class: 'authentication',
      activity: 2,
      user: userNamed(user),
      src_endpoint: peerOf(host, port),
      unmapped: { database, session_time: duration },
    }),
  },
  {
    pattern:
      /^(?<method>password|peer|Ident|LDAP|GSSAPI|PAM|certificate|RADIUS|SCRAM|OAuth bearer) ?authentication failed for user "(?<user>[^"]{0,256})"/i,
    about: ({ method, user }) => ({
      class: 'authentication',
      activity: 1,
      severity: 2,
      status: 'failure',
      user: userNamed(user),
      auth_protocol: method,
    }),
  },
  {
    pattern:
      /^(?:no pg_hba\.conf entry|pg_hba\.conf rejects connection) for host "(?<host>[^"]{1,255})", user "(?<user>[^"]{0,256})"(?:, database "(?<database>[^"]{0,256})")?/,
    about: ({ host, user, database }) => ({
      class: 'authentication',
      activity: 1,
      severity: 2,
      status: 'failure',
      status_detail: 'not allowed by pg_hba.conf',
      user: userNamed(user),
      src_endpoint: peerOf(host, undefined),
      unmapped: present({ database }) ?? {},
    }),
  },
  {
    pattern: /^role "(?<user>[^"]{0,256})" (?<detail>does not exist|is not permitted to log in)/,
    about: ({ user, detail }) => ({
      class: 'authentication',
      activity: 1,
      severity: 2,
      status: 'failure',
      status_detail: detail,
      user: userNamed(user),
    }),
  },
  {
    // https://github.com/pgaudit/pgaudit/blob/main/README.md#format
    pattern:
      /^AUDIT: (?<audit>SESSION|OBJECT),(?<number>\d{1,10}),\d{1,10},(?<group>[A-Z]{1,16}),(?<command>[A-Z ]{0,64}),(?<type>[A-Z ]{0,64}),(?<object>[^,]{0,256}),(?<statement>[\s\S]{0,32768})$/,
    about: ({ audit, group, command, type, object, statement = '' }) => ({
      class: 'datastore_activity',
      activity: sqlActivityOf(command),
      severity: group === 'ROLE' ? 2 : 1,
      event_code: command,
      unmapped: present({ audit, group, object_type: type, object, statement }) ?? {},
    }),
  },
  {
    pattern:
      /^(?:duration: (?<duration>\d{1,12}(?:\.\d{1,6})?) ms {1,2})?(?:statement|execute [^:]{1,64}|parse [^:]{1,64}): (?<statement>[\s\S]{1,32768})$/,
    about: ({ duration, statement }) => ({
      class: 'datastore_activity',
      activity: sqlActivityOf(statement),
      duration_ms: duration === undefined ? undefined : Math.round(Number(duration)),
      unmapped: { statement },
    }),
  },
]

const postgresql: Daemon = {
  product: 'PostgreSQL',
  logsource: { product: 'postgresql', category: 'database' },
  kinds,
}
const severities: ReadonlyMap<string, number> = new Map(
  Object.entries({ PANIC: 6, FATAL: 3, ERROR: 2, WARNING: 2 }),
)

/**
 * PostgreSQL's log in all its formats, pgaudit too: sign-ins as Authentication (OCSF 3002), statements as
 * Datastore Activity (6005).
 */
export function normalisePostgresql(fields: SyslogFields, { zone }: Surroundings): Read {
  const entry = parsePostgres(fields.message, zone)
  return entry === undefined ? normaliseDaemon(fields, postgresql) : ofEntry(entry, fields)
}

/** True of a line of jsonlog. */
export function looksLikePostgresJson(object: JsonObject): boolean {
  return 'error_severity' in object && 'pid' in object && 'session_id' in object
}

/** An entry of jsonlog. */
export function normalisePostgresJson(object: JsonObject, { zone }: Surroundings): Read {
  const fields = new Fields(object)
  const [host, port] = [fields.text('remote_host'), fields.text('remote_port')]
  const entry = {
    time: postgresTime(fields.text('timestamp'), zone),
    level: fields.text('error_severity') ?? 'LOG',
    message: fields.text('message') ?? '',
    pid: fields.text('pid'),
    user: fields.text('user'),
    database: fields.text('dbname'),
    client: host && (port ? `${host}:${port}` : host),
    state: fields.text('state_code'),
    application: fields.text('application_name'),
    command: fields.text('ps'),
    statement: fields.text('statement'),
  }
  const { draft } = ofEntry(entry, withoutHeader(entry.message))
  return { draft, record: object }
}

function ofEntry(entry: PostgresEntry, fields: SyslogFields): Read {
  const { message, level, user, database, client, pid } = entry
  const { draft, record } = normaliseDaemon({ ...fields, message }, postgresql)
  const [, host, port] = /^(.{1,255}?)(?::(\d{1,5}))?$/.exec(client ?? '') ?? []
  const who = userNamed(user)
  const isSignIn = draft.class === 'authentication'
  const { state, application, command, statement } = entry
  const said = present({ database, state, application, command, statement })
  return {
    draft: {
      ...draft,
      severity: Math.max(draft.severity, severities.get(level) ?? 1),
      message: message.split('\n', 1)[0] || level,
      log_name: level,
      time: entry.time?.at ?? draft.time,
      original_time: entry.time?.original ?? draft.original_time,
      src_endpoint: draft.src_endpoint ?? peerOf(host, port),
      user: draft.user ?? (isSignIn ? who : undefined),
      actor: isSignIn ? undefined : present({ user: who }),
      process: present({ name: 'postgres', pid: numberOf(pid ?? fields.pid) }),
      unmapped: { ...said, ...draft.unmapped },
    },
    record: { ...record, ...present({ level, user, ...said }) },
  }
}
