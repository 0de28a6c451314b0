import { readIsoTime } from '../parse/instant.ts'
import type { MariadbAudit } from '../parse/mariadb-audit.ts'
import { present, type Read, type Surroundings } from './draft.ts'
import { type DatabaseAct, databaseDraft } from './mysql-audit.ts'

const kinds: Readonly<Record<string, DatabaseAct['kind']>> = {
  CONNECT: 'connect',
  FAILED_CONNECT: 'connect',
  DISCONNECT: 'disconnect',
}

/**
 * A line of MariaDB's audit plug-in: sign-ins as Authentication (OCSF 3002), statements as Datastore Activity
 * (6005). https://mariadb.com/kb/en/mariadb-audit-plugin-log-format/
 */
export function normaliseMariadbAudit(line: MariadbAudit, { zone }: Surroundings): Read {
  const { operation, user, host, object, database, code, server } = line
  const time = readIsoTime(isoOf(line.time), zone)
  return {
    draft: {
      ...databaseDraft({
        kind: kinds[operation] ?? 'statement',
        event: operation,
        user: user || undefined,
        host: host || undefined,
        statement: operation === 'QUERY' ? object : `${operation} ${database}.${object}`,
        code,
      }),
      product: 'MariaDB',
      vendor: 'MariaDB',
      logsource: { product: 'mysql', category: 'database' },
      time: time?.at,
      original_time: time && line.time,
      device: { hostname: server },
      unmapped:
        present({
          database: database || undefined,
          object: object || undefined,
          connection_id: line.connection,
          query_id: line.query,
        }) ?? {},
    },
    record: { ...line },
  }
}

/** `20261122 10:00:01` as ISO 8601 writes it. */
function isoOf(text = ''): string {
  const [day = '', clock = ''] = text.split(/ +/)
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${clock.padStart(8, '0')}`
}
