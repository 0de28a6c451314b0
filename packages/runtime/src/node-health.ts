import { randomUUID } from 'node:crypto'
import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type HealthFinding, healthy } from './health.ts'

const warnBelow = 0.1
const failBelow = 0.03
/** A database clock this far from ours points to one of two machines being wrong (milliseconds). */
const mostSkew = 5_000

/**
 * Whether the disk under the data directory takes writes, and how much of it is free: a warning below
 * 10 %, a failure below 3 % and below `reserve`, the bytes that must stay free before anything more is
 * taken in.
 */
export async function diskHealth(directory: string, reserve = 0): Promise<HealthFinding> {
  const refusal = await refusalOfWrites(directory)
  if (refusal !== undefined) return unwritable(refusal)
  const { bavail, blocks, bsize } = await statfs(directory)
  const share = bavail / blocks
  const free = bavail * bsize
  const percent = Math.round(share * 100)
  const vi = `Đĩa còn trống ${sizeText(free)} (${percent} %)`
  const en = `${sizeText(free)} (${percent} %) of the disk are free`
  const remedy = {
    vi: 'Thêm đĩa, hoặc giảm events.retention_days',
    en: 'Add disk, or lower events.retention_days',
  }
  if (free < reserve) {
    return {
      state: 'fail',
      cause: {
        vi: `${vi}, ít hơn mức dự trữ ${sizeText(reserve)}: nút không nhận thêm bản ghi`,
        en: `${en}, less than the reserve of ${sizeText(reserve)}: no more records are taken in`,
      },
      remedy: {
        vi: `${remedy.vi}; có chỗ là nút tự nhận tiếp, không mất bản ghi đã nhận`,
        en: `${remedy.en}; with room again intake goes on by itself, and nothing taken in is lost`,
      },
    }
  }
  if (share >= warnBelow) return healthy(vi, en)
  return { state: share < failBelow ? 'fail' : 'warn', cause: { vi, en }, remedy }
}

/** Codes of a disk that takes no writes: read-only, failing. A full one is told by what is free. */
const noWrites = new Set(['EROFS', 'EIO'])

/** The system's own words for why nothing can be written here; undefined: it can, or the disk is full. */
async function refusalOfWrites(directory: string): Promise<string | undefined> {
  const probe = join(directory, `.disk-${randomUUID()}`)
  try {
    const file = await open(probe, 'wx', 0o600)
    await file.close()
    return undefined
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return noWrites.has(String(error.code)) ? error.message : undefined
  } finally {
    await rm(probe, { force: true }).catch(() => undefined)
  }
}

function unwritable(refusal: string): HealthFinding {
  return {
    state: 'fail',
    cause: {
      vi: `Đĩa không ghi được, nút không nhận thêm bản ghi: ${refusal}`,
      en: `The disk takes no writes, and no more records are taken in: ${refusal}`,
    },
    remedy: {
      vi: 'Xem nhật ký hệ điều hành (dmesg), sửa hoặc thay đĩa, gắn lại để ghi rồi khởi động lại nút; bản ghi đã nhận không mất',
      en: 'See the log of the operating system (dmesg), repair or replace the disk, mount it for writing, and start the node again; nothing taken in is lost',
    },
  }
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 30
    ? `${Math.floor(bytes / 2 ** 20)} MiB`
    : `${(bytes / 2 ** 30).toFixed(1)} GiB`
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
