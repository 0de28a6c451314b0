/** Open addressing over fingerprints of 64 bits, in shared memory: fifteen bytes an entry at four fifths full. */
export interface IndicatorTable {
  /** Lower half of the fingerprint; 0 where the place is free. */
  readonly lo: Int32Array
  readonly hi: Int32Array
  /** Where the entry's record begins among the details, in units of four bytes. */
  readonly at: Uint32Array
}

/** A table with room for `count` entries. */
export function emptyTable(count: number): IndicatorTable {
  const places = Math.ceil(count * 1.25) + 1
  const bytes = () => new SharedArrayBuffer(places * 4)
  return { lo: new Int32Array(bytes()), hi: new Int32Array(bytes()), at: new Uint32Array(bytes()) }
}

/** The place of the first entry with this fingerprint, or -1 where there is none. */
export function firstPlace(table: IndicatorTable, lo: number, hi: number): number {
  return placeFrom(table, startOf(table, lo), lo, hi)
}

/** The place of the next entry with the same fingerprint, or -1. */
export function nextPlace(table: IndicatorTable, place: number, lo: number, hi: number): number {
  return placeFrom(table, after(table, place), lo, hi)
}

/** The first free place for an entry; -1 where it would lie too far from its start. */
export function freePlace({ lo: los }: IndicatorTable, lo: number): number {
  let place = startOf({ lo: los }, lo)
  for (let steps = 0; steps < mostSteps; steps++) {
    if (los[place] === 0) return place
    place = after({ lo: los }, place)
  }
  return -1
}

/** Far above what chance makes at four fifths full; a bound on what crafted entries could cost. */
const mostSteps = 16_384

function placeFrom(
  { lo: los, hi: his }: IndicatorTable,
  from: number,
  lo: number,
  hi: number,
): number {
  const end = los.length
  for (let place = from; ; place = place + 1 === end ? 0 : place + 1) {
    const found = los[place]
    if (found === lo && his[place] === hi) return place
    if (found === 0 || found === undefined) return -1
  }
}

/** The upper bits of `lo`, scaled to the length of the table. */
function startOf({ lo: los }: Pick<IndicatorTable, 'lo'>, lo: number): number {
  return Math.floor(((lo >>> 0) * los.length) / 0x1_0000_0000)
}

function after({ lo: los }: Pick<IndicatorTable, 'lo'>, place: number): number {
  return place + 1 === los.length ? 0 : place + 1
}
