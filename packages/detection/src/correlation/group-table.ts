import { grown, nothing } from './entry-pool.ts'

const firstCapacity = 16

/**
 * The groups of one correlation by their key, in columns, and in the order in which they were last
 * touched. A group is a number; numbers of dropped groups are used again.
 */
export class GroupTable {
  /** Oldest entry kept. */
  heads = new Int32Array(firstCapacity)
  /** Oldest entry within the time span of the newest. */
  starts = new Int32Array(firstCapacity)
  /** Newest entry. */
  tails = new Int32Array(firstCapacity)
  /** Entries kept. */
  kept = new Int32Array(firstCapacity)
  /** Entries from start to tail. */
  within = new Int32Array(firstCapacity)
  /** Time of the last finding that was reported; -Infinity: none yet. */
  firedAt = new Float64Array(firstCapacity)
  readonly keys: string[] = []
  readonly #byKey = new Map<string, number>()
  #newer = new Int32Array(firstCapacity)
  #older = new Int32Array(firstCapacity)
  #stalest = nothing
  #latest = nothing
  #free = nothing
  #used = 0

  get size(): number {
    return this.#byKey.size
  }

  has(key: string): boolean {
    return this.#byKey.has(key)
  }

  /** The group touched longest ago, `nothing` without any. */
  get stalest(): number {
    return this.#stalest
  }

  /** The group touched next after this one. */
  newerThan(group: number): number {
    return this.#newer[group] as number
  }

  /** The group of a key, touched; `nothing` if there is none. */
  find(key: string): number {
    const group = this.#byKey.get(key)
    if (group === undefined) return nothing
    if (group !== this.#latest) {
      this.#unlink(group)
      this.#link(group)
    }
    return group
  }

  /** A new, empty group under a key that has none. */
  create(key: string): number {
    let group = this.#free
    if (group === nothing) {
      if (this.#used === this.heads.length) this.#grow()
      group = this.#used
      this.#used += 1
    } else {
      this.#free = this.#newer[group] as number
    }
    this.keys[group] = key
    this.#byKey.set(key, group)
    this.heads[group] = nothing
    this.starts[group] = nothing
    this.tails[group] = nothing
    this.kept[group] = 0
    this.within[group] = 0
    this.firedAt[group] = Number.NEGATIVE_INFINITY
    this.#link(group)
    return group
  }

  /** Forgets a group; its entries must be released already. */
  drop(group: number): void {
    this.#byKey.delete(this.keys[group] as string)
    this.keys[group] = ''
    this.#unlink(group)
    this.#newer[group] = this.#free
    this.#free = group
  }

  #link(group: number): void {
    this.#older[group] = this.#latest
    this.#newer[group] = nothing
    if (this.#latest === nothing) this.#stalest = group
    else this.#newer[this.#latest] = group
    this.#latest = group
  }

  #unlink(group: number): void {
    const older = this.#older[group] as number
    const newer = this.#newer[group] as number
    if (older === nothing) this.#stalest = newer
    else this.#newer[older] = newer
    if (newer === nothing) this.#latest = older
    else this.#older[newer] = older
  }

  #grow(): void {
    const capacity = Math.ceil(this.heads.length * 1.5)
    const larger = (column: Int32Array<ArrayBuffer>) => grown(column, new Int32Array(capacity))
    this.heads = larger(this.heads)
    this.starts = larger(this.starts)
    this.tails = larger(this.tails)
    this.kept = larger(this.kept)
    this.within = larger(this.within)
    this.#newer = larger(this.#newer)
    this.#older = larger(this.#older)
    this.firedAt = grown(this.firedAt, new Float64Array(capacity))
  }
}
