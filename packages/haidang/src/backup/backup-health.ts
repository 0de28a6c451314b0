import { type HealthFinding, type HealthRegistry, healthy } from '@haidang/runtime/health'
import type { BackupService } from './backup-service.ts'

const hour = 3_600_000

/** Says in `/readyz`, `doctor` and the portal when the last whole backup was made; fails when it is too old. */
export function addBackupHealth(
  health: HealthRegistry,
  service: BackupService,
  simulated: boolean,
): void {
  health.add('backup', async () => {
    if (!service.on) return simulated ? nothingToSave() : unconfigured()
    const { failed } = await service.status()
    return found(await service.age(), failed?.cause)
  })
}

function found(
  { age, most }: { age: number | undefined; most: number },
  failure: string | undefined,
): HealthFinding {
  const why = failure === undefined ? '' : `: ${failure}`
  if (age === undefined) {
    const words: Words = [`Chưa có bản sao lưu nào${why}`, `There is no backup yet${why}`]
    return finding(failure === undefined ? 'warn' : 'fail', words)
  }
  const hours = Math.floor(age / hour)
  const words: Words = [
    `Bản sao lưu gần nhất cách đây ${hours} giờ${why}`,
    `The last backup is ${hours} hours old${why}`,
  ]
  if (age > most) return finding('fail', words)
  return failure === undefined ? healthy(...words) : finding('warn', words)
}

type Words = [vi: string, en: string]

function finding(state: 'warn' | 'fail', [vi, en]: Words): HealthFinding {
  return {
    state,
    cause: { vi, en },
    remedy: {
      vi: 'Khắc phục nguyên nhân rồi chạy haidang backup create; xem docs/operate/backup.md',
      en: 'Remove the cause and run haidang backup create; see docs/operate/backup.md',
    },
  }
}

function unconfigured(): HealthFinding {
  return {
    state: 'warn',
    cause: { vi: 'Chưa cấu hình sao lưu', en: 'No backup is configured' },
    remedy: {
      vi: 'Đặt backup.directory và backup.recipient; xem docs/operate/backup.md',
      en: 'Set backup.directory and backup.recipient; see docs/operate/backup.md',
    },
  }
}

function nothingToSave(): HealthFinding {
  return healthy('Nút mô phỏng, không sao lưu', 'A simulated node is not backed up')
}
