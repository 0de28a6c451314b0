import { promisify } from 'node:util'
import { constants, zstdCompressSync, zstdDecompress } from 'node:zlib'
import type { Alert } from '@haidang/contracts/alert'
import { tlpRank } from '@haidang/contracts/tlp'
import { storableJson } from '@haidang/runtime/database/columns'

/** A page of a list is about as long; more would make reading one alert dearer. */
const mostAlerts = 64
/** Characters after which a pack is full. */
const mostText = 262_144
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
export function packsOf(alerts: readonly Alert[]): AlertPack[] {
  const packs: AlertPack[] = []
  const open = new Map<string, Open>()
  for (const alert of alerts) {
    const key = `${alert.tlp} ${alert.organisation_id}`
    const pack = open.get(key) ?? begun(alert)
    const line = storableJson(alert)
    pack.alert_ids.push(alert.id)
    pack.lines.push(line)
    pack.text += line.length
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
  readonly lines: string[]
  text: number
}

function begun({ id, organisation_id, tlp }: Alert): Open {
  return { id, organisation_id, tlp_rank: tlpRank(tlp), alert_ids: [], lines: [], text: 0 }
}

function isFull({ lines, text }: Open): boolean {
  return lines.length >= mostAlerts || text >= mostText
}

/** Half a millisecond at most: handing the text to another thread would cost as much again. */
function closed({ id, organisation_id, tlp_rank, alert_ids, lines }: Open): AlertPack {
  const body = zstdCompressSync(lines.join('\n'), fast)
  return { id, organisation_id, tlp_rank, alert_ids, body }
}

/** The lines of a pack. Rejects for other bytes than a pack's. */
export async function unpacked(body: Uint8Array): Promise<readonly string[]> {
  return (await decompress(body, whole)).toString('utf8').split('\n')
}
