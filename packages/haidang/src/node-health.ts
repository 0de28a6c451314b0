import { statfs } from 'node:fs/promises'
import type { Database } from '@haidang/runtime/database/database'
import type { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { type HealthFinding, type HealthRegistry, healthy } from '@haidang/runtime/health'

interface Checked {
  readonly database: Database
  readonly events: EventStore
  readonly postgres: EmbeddedPostgres | undefined
  readonly dataDirectory: string
}

/** The checks of the engines: records, events, disk. Other parts add their own. */
export function addEngineChecks(health: HealthRegistry, checked: Checked): void {
  health.add('database', async () => {
    await checked.database.ping()
    const restarts = checked.postgres?.restarts ?? 0
    return healthy(
      `Cơ sở dữ liệu trả lời; khởi động lại ${restarts} lần`,
      `The database answers; restarted ${restarts} times`,
    )
  })
  health.add('events', async () => {
    await checked.events.ping()
    return healthy('Kho sự kiện trả lời', 'The event store answers')
  })
  health.add('disk', () => diskFinding(checked.dataDirectory))
}

const gigabyte = 2 ** 30

async function diskFinding(directory: string): Promise<HealthFinding> {
  const { bavail, bsize, blocks } = await statfs(directory)
  const free = bavail * bsize
  const share = bavail / blocks
  const words = `${(free / gigabyte).toFixed(1)} GB (${Math.round(share * 100)} %)`
  const state = free < gigabyte / 2 ? 'fail' : free < 5 * gigabyte ? 'warn' : 'ok'
  return {
    state,
    cause: { vi: `Đĩa còn trống ${words}`, en: `${words} of disk free` },
    remedy:
      state === 'ok'
        ? { vi: '', en: '' }
        : {
            vi: 'Giải phóng đĩa, hoặc giảm events.retention_days',
            en: 'Free disk, or lower events.retention_days',
          },
  }
}
