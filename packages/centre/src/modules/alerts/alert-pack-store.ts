import type { Alert } from '@haidang/contracts/alert'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import type { Tx } from '@haidang/runtime/database/database'
import { inArray } from 'drizzle-orm'
import { packsOf, unpacked } from './alert-pack.ts'
import { alertBody, alertPack } from './alert-tables.ts'

/** Where the whole of an alert lies; without a pack, in a row of its own. */
export interface AlertPlace {
  readonly id: string
  readonly pack_id: string | null
  readonly pack_line: number | null
}

/** Packs written by one statement. */
const together = 16

/** Whole alerts, always inside a given transaction and so inside its scope. */
export class AlertPackStore {
  /** Keeps alerts nobody kept before; answers where each lies, by its id. */
  async add(tx: Tx, alerts: readonly WrittenAlert[]): Promise<ReadonlyMap<string, AlertPlace>> {
    const packs = packsOf(alerts)
    for (let from = 0; from < packs.length; from += together) {
      const rows = packs.slice(from, from + together).map((pack) => {
        const { id, organisation_id, tlp_rank, body } = pack
        return { id, organisation_id, tlp_rank, body }
      })
      // Another transaction may have kept the first alert of a pack meanwhile: the rows of alerts tell.
      await tx.insert(alertPack).values(rows).onConflictDoNothing()
    }
    return new Map(
      packs.flatMap(({ id: pack_id, alert_ids }) =>
        alert_ids.map((id, pack_line) => [id, { id, pack_id, pack_line }] as const),
      ),
    )
  }

  /** Whole alerts, by id; one that the scope does not show is left out. */
  async read(tx: Tx, places: readonly AlertPlace[]): Promise<ReadonlyMap<string, Alert>> {
    const isAlone = ({ pack_id }: AlertPlace) => pack_id === null
    const alone = places.filter(isAlone).map(({ id }) => id)
    const inPacks = places.filter((place) => !isAlone(place))
    return new Map([...(await this.#alone(tx, alone)), ...(await this.#inPacks(tx, inPacks))])
  }

  async #alone(tx: Tx, ids: readonly string[]): Promise<readonly (readonly [string, Alert])[]> {
    if (ids.length === 0) return []
    const rows = await tx
      .select()
      .from(alertBody)
      .where(inArray(alertBody.alert_id, [...ids]))
    return rows.map(({ alert_id, body }) => [alert_id, body])
  }

  async #inPacks(tx: Tx, places: readonly AlertPlace[]): Promise<Map<string, Alert>> {
    const found = new Map<string, Alert>()
    if (places.length === 0) return found
    const wanted = Map.groupBy(places, ({ pack_id }) => pack_id ?? '')
    const rows = await tx
      .select()
      .from(alertPack)
      .where(inArray(alertPack.id, [...wanted.keys()]))
    for (const { id: packId, body } of rows) {
      const lines = await unpacked(body)
      for (const { id, pack_line } of wanted.get(packId) ?? []) {
        const line = lines[pack_line ?? -1]
        if (line !== undefined) found.set(id, JSON.parse(line) as Alert)
      }
    }
    return found
  }
}
