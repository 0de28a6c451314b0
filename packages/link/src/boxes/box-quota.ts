/** How much may wait in a box, and which records give way beyond that: their numbers become a gap record. */
export interface BoxQuota {
  readonly records: number
  /** Bytes of the lines as they will be sent, before compression. */
  readonly bytes: number
  /** `oldest`: what waited longest goes, so that the present arrives; `newest`: what comes does not enter. */
  readonly gives: GivesWay
}
export type GivesWay = 'oldest' | 'newest'

/** Records and bytes in a box. */
export interface Held {
  readonly records: number
  readonly bytes: number
}

export const fullReasons: Readonly<Record<GivesWay, string>> = {
  oldest: 'the outbox was full: the oldest records gave way',
  newest: 'the outbox was full: the newest records did not enter',
}

/** Below the quota by this share after the oldest gave way, so that not every append drops. */
const kept = 0.95
const noLimit = 1024 ** 4

/** A quota in records alone. */
export function atMost(records: number): BoxQuota {
  return { records, bytes: noLimit, gives: 'oldest' }
}

/** How many records and bytes must go; undefined while the quota is kept. */
export function surplus(held: Held, quota: BoxQuota): Held | undefined {
  if (held.records <= quota.records && held.bytes <= quota.bytes) return undefined
  const over = (is: number, most: number) =>
    is > most ? is - Math.floor(most * kept) : Math.max(0, is - most)
  return { records: over(held.records, quota.records), bytes: over(held.bytes, quota.bytes) }
}

/** How many of the first `sizes` enter beside what is held. */
export function entering(sizes: readonly number[], held: Held, quota: BoxQuota): number {
  let { records, bytes } = held
  for (const [index, size] of sizes.entries()) {
    records += 1
    bytes += size
    if (records > quota.records || bytes > quota.bytes) return index
  }
  return sizes.length
}
