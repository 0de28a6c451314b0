import {
  type Located,
  type LocatedList,
  type LocatedMap,
  type LocatedScalar,
  type Place,
  RuleProblem,
} from '../sigma/located-yaml.ts'

/** Reads the named parts of one entry of a pipeline; what nobody asked for is refused in the end. */
export class Params {
  readonly place: Place
  readonly #map: LocatedMap
  readonly #asked = new Set<string>()

  constructor(map: LocatedMap) {
    this.#map = map
    this.place = map.place
  }

  /** The part as it stands; undefined if it is absent or null. */
  find(name: string): Located | undefined {
    this.#asked.add(name)
    const value = this.#map.entries.get(name)?.value
    return value?.kind === 'scalar' && value.value === null ? undefined : value
  }

  has(name: string): boolean {
    this.#asked.add(name)
    return this.#map.entries.has(name)
  }

  placeOf(name: string): Place {
    return this.#map.entries.get(name)?.value.place ?? this.place
  }

  scalar(name: string): LocatedScalar {
    this.#asked.add(name)
    return scalarOf(name, this.#map.entries.get(name)?.value ?? this.#missing(name))
  }

  text(name: string): string {
    return this.scalar(name).text
  }

  optionalText(name: string): string | undefined {
    return this.find(name) === undefined ? undefined : this.text(name)
  }

  flag(name: string): boolean {
    const value = this.find(name)
    if (value === undefined) return false
    if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
    throw new RuleProblem(`${name} is true or false`, value.place)
  }

  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const text = this.optionalText(name)
    if (text === undefined) return otherwise
    const chosen = choices.find((choice) => choice === text)
    if (chosen !== undefined) return chosen
    throw new RuleProblem(`${name} is one of ${choices.join(', ')}`, this.placeOf(name))
  }

  /** One text or a list of them; empty if absent. */
  texts(name: string): string[] {
    const value = this.find(name)
    return value === undefined ? [] : textsOf(name, value)
  }

  map(name: string): LocatedMap {
    const value = this.find(name) ?? this.#missing(name)
    if (value.kind === 'map') return value
    throw new RuleProblem(`${name} must hold named parts`, value.place)
  }

  list(name: string): LocatedList | undefined {
    const value = this.find(name)
    if (value === undefined || value.kind === 'list') return value
    throw new RuleProblem(`${name} must be a list`, value.place)
  }

  /** Refuses what was not asked for. */
  close(): void {
    for (const [name, { place }] of this.#map.entries) {
      if (!this.#asked.has(name)) throw new RuleProblem(`unknown part "${name}"`, place)
    }
  }

  #missing(name: string): never {
    throw new RuleProblem(`${name} is missing`, this.place)
  }
}

/** A single value. Throws RuleProblem for anything else. */
export function scalarOf(name: string, value: Located): LocatedScalar {
  if (value.kind === 'scalar') return value
  throw new RuleProblem(`${name} must be a single value`, value.place)
}

/** One text or a list of them, at least one. Throws RuleProblem for anything else. */
export function textsOf(name: string, value: Located): string[] {
  if (value.kind !== 'list') return [scalarOf(name, value).text]
  if (value.items.length === 0) throw new RuleProblem(`${name} is empty`, value.place)
  return value.items.map((item) => scalarOf(name, item).text)
}

/** A map of texts, each to one or several texts. */
export function mappingOf(map: LocatedMap): ReadonlyMap<string, readonly string[]> {
  const mapping = new Map<string, readonly string[]>()
  for (const [name, { value }] of map.entries) mapping.set(name, textsOf(name, value))
  return mapping
}
