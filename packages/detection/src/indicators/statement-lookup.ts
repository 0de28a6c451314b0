import { millisecondsOf } from '@haidang/contracts/instant'
import { detailsAt, type FileReader, type StoredDetails } from './indicator-details.ts'
import { IndicatorKey, type KeyKind } from './indicator-key.ts'
import type { IndicatorLayer, IndicatorStatement, IndicatorTables } from './indicator-layer.ts'
import { everySource, type IndicatorRecord, longestRecord, readRecord } from './indicator-record.ts'
import { firstPlace, nextPlace } from './indicator-table.ts'
import { readIndicator } from './indicator-text.ts'

const usualRecord = 512

/** Looks fingerprints up in all layers, and proves what it finds against what the lists wrote. */
export class StatementLookup {
  readonly #layers: readonly IndicatorLayer[]
  readonly #readFile: FileReader
  readonly #listed: IndicatorKey

  constructor({ layers, seed }: IndicatorTables, readFile: FileReader) {
    this.#layers = layers.toReversed()
    this.#readFile = readFile
    this.#listed = new IndicatorKey(seed)
  }

  /** Whether some layer has the fingerprint of the key. Almost always the whole of a look-up; allocates nothing. */
  mayKnow({ lo, hi }: IndicatorKey): boolean {
    for (const { table } of this.#layers) {
      if (firstPlace(table, lo, hi) >= 0) return true
    }
    return false
  }

  /**
   * What sources say, at the time of an event, of the indicator whose key the bytes of `key` between two
   * places are; its fingerprint must be sealed. Each record found is read and its own words are made a key
   * again, so that equal fingerprints of different values never count. Newer layers go before older ones,
   * and what has run out by `time` is left out.
   */
  statements(
    key: IndicatorKey,
    part: { readonly kind: KeyKind; readonly from: number; readonly to: number },
    time: string,
  ): IndicatorStatement[] {
    const found: IndicatorStatement[] = []
    const settled = new Set<string>()
    for (const layer of this.#layers) {
      const records = this.#records(layer, key, part)
      for (const record of records) {
        const source = layer.sources[record.source]
        if (source === undefined || settled.has(source)) continue
        settled.add(source)
        if (isInForce(record, time)) found.push({ ...textsOf(record), source })
      }
      if (records.some(({ source }) => source === everySource)) break
    }
    return found.toSorted((a, b) => b.confidence - a.confidence)
  }

  #records(
    { table, details }: IndicatorLayer,
    key: IndicatorKey,
    { kind, from, to }: { readonly kind: KeyKind; readonly from: number; readonly to: number },
  ): IndicatorRecord[] {
    const records: IndicatorRecord[] = []
    const { lo, hi } = key
    let place = firstPlace(table, lo, hi)
    for (; place >= 0; place = nextPlace(table, place, lo, hi)) {
      const offset = (table.at[place] ?? 0) * 4
      const record = this.#recordAt(details, offset, usualRecord)
      if (record === undefined || this.#keyOf(record.written) !== kind) continue
      if (key.isPart(this.#listed, from, to)) records.push(record)
    }
    return records
  }

  /** The record at an offset, of which `bytes` are read at first, and all if that was not enough. */
  #recordAt(details: StoredDetails, offset: number, bytes: number): IndicatorRecord | undefined {
    const record = readRecord(detailsAt(details, offset, bytes, this.#readFile), 0)
    if (record !== undefined || bytes >= longestRecord) return record
    return this.#recordAt(details, offset, longestRecord)
  }

  #keyOf(written: string): KeyKind | undefined {
    const indicator = readIndicator(written)
    return indicator && this.#listed.put(indicator)
  }
}

function isInForce({ removal, validUntil }: IndicatorRecord, time: string): boolean {
  return !removal && (validUntil === 0 || millisecondsOf(time) < validUntil * 1_000)
}

function textsOf({ written, confidence, validUntil, comment }: IndicatorRecord) {
  return { written, confidence, validUntil, comment }
}
