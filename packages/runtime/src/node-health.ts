import { statfs } from 'node:fs/promises'
import { type HealthFinding, healthy } from './health.ts'

const warnBelow = 0.1
const failBelow = 0.03
/** A database clock this far from ours points to one of two machines being wrong (milliseconds). */
const mostSkew = 5_000

/** How much of the disk under the data directory is free: a warning below 10 %, a failure below 3 %. */
export async function diskHealth(directory: string): Promise<HealthFinding> {
  const { bavail, blocks, bsize } = await statfs(directory)
  const share = bavail / blocks
  const gibibytes = ((bavail * bsize) / 2 ** 30).toFixed(1)
  const percent = Math.round(share * 100)
  const vi = `Đĩa còn trống ${gibibytes} GiB (${percent} %)`
  const en = `${gibibytes} GiB (${percent} %) of the disk are free`
  if (share >= warnBelow) return healthy(vi, en)
  return {
    state: share < failBelow ? 'fail' : 'warn',
    cause: { vi, en },
    remedy: {
      vi: 'Thêm đĩa, hoặc giảm events.retention_days',
      en: 'Add disk, or lower events.retention_days',
    },
  }
}

/** Compares our clock with another one, both in milliseconds since the epoch. */
export function clockHealth(ours: number, theirs: number): HealthFinding {
  const skew = Math.abs(ours - theirs)
  const seconds = (skew / 1000).toFixed(1)
  if (skew <= mostSkew) {
    return healthy(`Đồng hồ lệch ${seconds} giây`, `The clocks differ by ${seconds} s`)
  }
  return {
    state: 'warn',
    cause: {
      vi: `Đồng hồ của nút và của cơ sở dữ liệu lệch nhau ${seconds} giây`,
      en: `The clocks of node and database differ by ${seconds} s`,
    },
    remedy: {
      vi: 'Bật đồng bộ thời gian (NTP hoặc chrony) trên cả hai máy',
      en: 'Turn on time synchronisation (NTP or chrony) on both machines',
    },
  }
}
