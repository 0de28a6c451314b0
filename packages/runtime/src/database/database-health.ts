import { sql } from 'drizzle-orm'
import type { Clock } from '../clock.ts'
import { type HealthFinding, healthy } from '../health.ts'
import { clockHealth } from '../node-health.ts'
import { type Database, systemScope } from './database.ts'
import type { EmbeddedPostgres } from './embedded/embedded-postgres.ts'

/** Whether the database answers, and how its own server fares, if it is ours. */
export async function databaseHealth(
  database: Database,
  server?: Pick<EmbeddedPostgres, 'state' | 'restarts'>,
): Promise<HealthFinding> {
  if (server?.state === 'restarting') return restarting(server.restarts)
  try {
    await database.ping()
  } catch (error) {
    return unanswered(error instanceof Error ? error.message : String(error))
  }
  return server && server.restarts > 0
    ? restarted(server.restarts)
    : healthy('Cơ sở dữ liệu trả lời', 'The database answers')
}

/** Whether our clock and that of the database agree. */
export async function databaseClockHealth(
  database: Database,
  clock: Clock,
): Promise<HealthFinding> {
  const { rows } = await database.transact(systemScope, (tx) =>
    tx.execute<{ now: number }>(sql`select extract(epoch from clock_timestamp()) * 1000 as now`),
  )
  return clockHealth(clock.now(), rows[0]?.now ?? 0)
}

function restarting(times: number): HealthFinding {
  return {
    state: 'fail',
    cause: {
      vi: `Tiến trình PostgreSQL đã chết (lần thứ ${times}), đang được khởi động lại`,
      en: `The PostgreSQL process died (time ${times}) and is being started again`,
    },
    remedy: {
      vi: 'Chờ vài giây; nếu kéo dài, kiểm tra đĩa và bộ nhớ, xem nhật ký phần “postgres”',
      en: 'Wait some seconds; if it lasts, check disk and memory, and the log of part “postgres”',
    },
  }
}

function restarted(times: number): HealthFinding {
  return {
    state: 'warn',
    cause: {
      vi: `PostgreSQL trả lời, nhưng đã chết bất ngờ ${times} lần từ khi nút khởi động`,
      en: `PostgreSQL answers, but has died unexpectedly ${times} times since the node started`,
    },
    remedy: {
      vi: 'Kiểm tra bộ nhớ (OOM) và đĩa; xem nhật ký phần “postgres”',
      en: 'Check memory (OOM) and disk; see the log of part “postgres”',
    },
  }
}

function unanswered(words: string): HealthFinding {
  return {
    state: 'fail',
    cause: {
      vi: `Cơ sở dữ liệu không trả lời: ${words}`,
      en: `The database does not answer: ${words}`,
    },
    remedy: {
      vi: 'Kiểm tra máy chủ ở database.url; nếu dùng PostgreSQL đi kèm, khởi động lại nút',
      en: 'Check the server at database.url; with the PostgreSQL that ships, restart the node',
    },
  }
}
