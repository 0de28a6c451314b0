import { systemScope } from '@haidang/runtime/database/database'
import { type HealthFinding, type HealthRegistry, healthy } from '@haidang/runtime/health'
import type { ArchiveService } from './archive-service.ts'

/** Says in `/readyz` and `doctor` how the archive stands. */
export function addArchiveHealth(health: HealthRegistry, archive: ArchiveService): void {
  health.add('archive', async () => {
    const status = await archive.status({ scope: systemScope })
    const { on, files, rows, waiting_hours, last_error, faulty, troubles } = status
    if (last_error) {
      return warning(
        [`Lưu trữ chưa xong: ${last_error}`, `The archive is behind: ${last_error}`],
        [
          'Sự kiện chưa lưu trữ không bị xóa; khắc phục nguyên nhân rồi lưu trữ tự chạy tiếp',
          'Events that are not archived are not deleted; remove the cause and it goes on by itself',
        ],
      )
    }
    if (faulty > 0) {
      return warning(
        [`${faulty} tệp lưu trữ bị hỏng`, `${faulty} files of the archive are damaged`],
        [
          'Xem danh sách ở Trạm → Lưu trữ; lấy lại các tệp này từ bản sao lưu',
          'See the list under Stations → Archive; put these files back from a backup',
        ],
      )
    }
    if (troubles.length > 0) {
      return warning(
        [
          `${troubles.length} giờ trong kho sự kiện ít sự kiện hơn trong kho lưu trữ`,
          `${troubles.length} hours have fewer events in the event store than in the archive`,
        ],
        [
          'Kho lưu trữ vẫn giữ đủ; xem giờ nào ở Trạm → Lưu trữ',
          'The archive holds them all; see which hours under Stations → Archive',
        ],
      )
    }
    if (!on) return healthy('Không dùng kho lưu trữ', 'There is no archive')
    return healthy(
      `${files} tệp, ${rows} sự kiện, ${waiting_hours} giờ đang chờ`,
      `${files} files, ${rows} events, ${waiting_hours} hours waiting`,
    )
  })
}

type Words = readonly [vi: string, en: string]

function warning([vi, en]: Words, [viRemedy, enRemedy]: Words): HealthFinding {
  return { state: 'warn', cause: { vi, en }, remedy: { vi: viRemedy, en: enRemedy } }
}
