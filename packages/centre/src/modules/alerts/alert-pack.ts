import { promisify } from 'node:util'
import { constants, zstdCompressSync, zstdDecompress } from 'node:zlib'
import { tlpRank } from '@haidang/contracts/tlp'
import type { AlertHead, WrittenAlert } from '@haidang/contracts/written-alert'

/** A page of a list is about as long; more would make reading one alert dearer. */
const mostAlerts = 64
/** Bytes after which a pack is full. */
const mostText = 262_144
const newline = Buffer.from('\n')
const decompress = promisify(zstdDecompress)
/** A pack comes out in one piece: each piece more is a way to another thread and back. */
const whole = { chunkSize: 2 * mostText }
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Alerts of one organisation and one TLP that are kept together; the line of each is its place here. */
export interface AlertPack {
  /** Of its first alert. */
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly alert_ids: readonly string[]
  /** One line of JSON each; zstd. */
  readonly body: Uint8Array
}

/**
 * Packs of these alerts, each alert in exactly one, ordered by where each pack ends. A pack is compressed as
 * soon as it is full: the text of a whole batch, held until the end, would be promoted to the old heap.
 */
export function packsOf(alerts: readonly WrittenAlert[]): AlertPack[] {
  const packs: AlertPack[] = []
  const open = new Map<string, Open>()
  for (const { head, text } of alerts) {
    const key = `${head.tlp} ${head.organisation_id}`
    const pack = open.get(key) ?? begun(head)
    if (pack.lines.length > 0) pack.lines.push(newline)
    pack.alert_ids.push(head.id)
    pack.lines.push(text)
    pack.bytes += text.length
    if (isFull(pack)) {
      packs.push(closed(pack))
      open.delete(key)
    } else {
      open.set(key, pack)
    }
  }
  return [...packs, ...[...open.values()].map(closed)]
}

interface Open {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly alert_ids: string[]
  /** Texts, and what stands between them. */
  readonly lines: Uint8Array[]
  bytes: number
}

function begun({ id, organisation_id, tlp }: AlertHead): Open {
  return { id, organisation_id, tlp_rank: tlpRank(tlp), alert_ids: [], lines: [], bytes: 0 }
}

function isFull({ alert_ids, bytes }: Open): boolean {
  return alert_ids.length >= mostAlerts || bytes >= mostText
}

/** Half a millisecond at most: handing the text to another thread would cost as much again. */
function closed({ id, organisation_id, tlp_rank, alert_ids, lines }: Open): AlertPack {
  const body = zstdCompressSync(Buffer.concat(lines), fast)
  return { id, organisation_id, tlp_rank, alert_ids, body }
}

/** The lines of a pack. Rejects for other bytes than a pack's. */
export async function unpacked(body: Uint8Array): Promise<readonly string[]> {
  return (await decompress(body, whole)).toString('utf8').split('\n')
}
