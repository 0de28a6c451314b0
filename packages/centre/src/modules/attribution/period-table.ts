/** The end of a period that has none, in seconds since the epoch. */
export const noEnd = 0xffff_ffff

/** Periods kept of one key: a bound on what a look-up may walk. */
const mostPeriods = 256
const none = -1

/**
 * What belongs to a key at a given time: open addressing over fingerprints of 64 bits, each with a chain of
 * periods [from, until) in seconds that never overlap. Typed arrays only, about 31 bytes for a key with one
 * period; an entry is added or taken away by touching its own key.
 */
export class PeriodTable {
  #lo: Int32Array
  #hi: Int32Array
  /** First period of the key in this place; `none` where a key has no period left. */
  #head: Int32Array
  #taken = 0

  #from: Uint32Array
  #until: Uint32Array
  #value: Int32Array
  #next: Int32Array
  #written = 0
  #free = none
  #size = 0

  /** `room`: keys expected; more are taken, at the price of growing. */
  constructor(room = 1_024) {
    const places = placesFor(room)
    this.#lo = new Int32Array(places)
    this.#hi = new Int32Array(places)
    this.#head = new Int32Array(places).fill(none)
    this.#from = new Uint32Array(room)
    this.#until = new Uint32Array(room)
    this.#value = new Int32Array(room)
    this.#next = new Int32Array(room)
  }

  /** Periods in the table. */
  get size(): number {
    return this.#size
  }

  /** Bytes its arrays take. */
  get bytes(): number {
    return this.#lo.length * 12 + this.#from.length * 16
  }

  /** The value of a key at a time, or -1. `lo` is never 0. */
  at(lo: number, hi: number, seconds: number): number {
    const place = this.#placeOf(lo, hi)
    if (this.#lo[place] === 0) return none
    for (let period = this.#first(place); period !== none; period = this.#after(period)) {
      if (this.#covers(period, seconds)) return this.#value[period] ?? none
    }
    return none
  }

  /** Adds a period; false, and nothing changed, where it overlaps one of the key or the key has too many. */
  add(lo: number, hi: number, from: number, until: number, value: number): boolean {
    if (this.#taken * 5 >= this.#lo.length * 4) this.#growPlaces()
    const place = this.#placeOf(lo, hi)
    if (this.#lo[place] !== 0 && !this.#hasRoomFor(place, from, until)) return false
    if (this.#lo[place] === 0) {
      this.#lo[place] = lo
      this.#hi[place] = hi
      this.#taken += 1
    }
    const period = this.#newPeriod()
    this.#from[period] = from
    this.#until[period] = until
    this.#value[period] = value
    this.#next[period] = this.#head[place] ?? none
    this.#head[place] = period
    this.#size += 1
    return true
  }

  /** Takes away the period that begins at `from` with this value; false where there is none. */
  remove(lo: number, hi: number, from: number, value: number): boolean {
    const place = this.#placeOf(lo, hi)
    if (this.#lo[place] === 0) return false
    let before = none
    for (let period = this.#first(place); period !== none; period = this.#after(period)) {
      if (this.#from[period] === from && this.#value[period] === value) {
        if (before === none) this.#head[place] = this.#after(period)
        else this.#next[before] = this.#after(period)
        this.#next[period] = this.#free
        this.#free = period
        this.#size -= 1
        return true
      }
      before = period
    }
    return false
  }

  #hasRoomFor(place: number, from: number, until: number): boolean {
    let periods = 0
    for (let period = this.#first(place); period !== none; period = this.#after(period)) {
      periods += 1
      if (from < (this.#until[period] ?? 0) && (this.#from[period] ?? 0) < until) return false
    }
    return periods < mostPeriods
  }

  #covers(period: number, seconds: number): boolean {
    return (this.#from[period] ?? 0) <= seconds && seconds < (this.#until[period] ?? 0)
  }

  /** The place of a key, or the free one where it would stand. */
  #placeOf(lo: number, hi: number): number {
    const end = this.#lo.length
    let place = Math.floor(((lo >>> 0) * end) / 0x1_0000_0000)
    while (this.#lo[place] !== 0 && !(this.#lo[place] === lo && this.#hi[place] === hi)) {
      place = place + 1 === end ? 0 : place + 1
    }
    return place
  }

  #first(place: number): number {
    return this.#head[place] ?? none
  }

  #after(period: number): number {
    return this.#next[period] ?? none
  }

  #newPeriod(): number {
    const free = this.#free
    if (free !== none) {
      this.#free = this.#after(free)
      return free
    }
    if (this.#written === this.#from.length) this.#growPeriods()
    return this.#written++
  }

  /** Half as many places more; keys without a period are left behind. */
  #growPlaces(): void {
    const [lo, hi, head] = [this.#lo, this.#hi, this.#head]
    const kept = head.reduce((count, period) => count + (period === none ? 0 : 1), 0)
    const places = placesFor(Math.ceil(kept * 1.5) + 1_024)
    this.#lo = new Int32Array(places)
    this.#hi = new Int32Array(places)
    this.#head = new Int32Array(places).fill(none)
    this.#taken = kept
    for (let i = 0; i < lo.length; i++) {
      const period = head[i] ?? none
      if (period === none) continue
      const place = this.#placeOf(lo[i] ?? 0, hi[i] ?? 0)
      this.#lo[place] = lo[i] ?? 0
      this.#hi[place] = hi[i] ?? 0
      this.#head[place] = period
    }
  }

  #growPeriods(): void {
    const room = Math.ceil(this.#from.length * 1.5) + 1_024
    this.#from = grown(this.#from, new Uint32Array(room))
    this.#until = grown(this.#until, new Uint32Array(room))
    this.#value = grown(this.#value, new Int32Array(room))
    this.#next = grown(this.#next, new Int32Array(room))
  }
}

function grown<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function placesFor(keys: number): number {
  return Math.ceil(keys * 1.25) + 64
}
