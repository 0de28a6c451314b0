import type { Program } from './program.ts'
import { keyOf, type Place, Simulation } from './simulation.ts'

/**
 * Whether the deterministic automaton of a program has at most so many states, whatever text comes. Counters
 * are taken to be able to end or run out at every place, so the answer may be no where it could be yes.
 */
export function hasFewStates(program: Program, most: number): boolean {
  const simulation = new Simulation(program)
  const classes = program.classes.count
  const ending = program.counters.reduce(
    (bits, { most: longest }, i) => bits | (Number.isFinite(longest) ? 1 << i : 0),
    0,
  )
  const known = new Set<string>()
  const open: Place[] = []
  const meet = (place: Place): void => {
    const key = keyOf(place)
    if (known.size > most || known.has(key)) return
    known.add(key)
    open.push(place)
    if (place.active === 0 || place.exits !== 0) return
    for (const variant of variantsOf(place, ending)) meet(variant)
  }
  meet(simulation.idle(undefined))
  for (let unitClass = 0; unitClass < classes; unitClass++) meet(simulation.idle(unitClass))
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (let unitClass = 0; unitClass < classes; unitClass++) {
      const next = simulation.step(place, unitClass)
      if (next !== undefined) meet(next)
    }
    if (known.size > most) return false
  }
  return known.size <= most
}

/** The place with every choice of counters that may end there, and of those of `ending` that have run out. */
function* variantsOf(place: Place, ending: number): Generator<Place> {
  const { active } = place
  for (let exits = active; exits !== 0; exits = (exits - 1) & active) {
    yield { ...place, exits }
    const others = active & ending & ~exits
    for (let gone = others; gone !== 0; gone = (gone - 1) & others) {
      yield { ...place, active: active & ~gone, exits }
    }
  }
  const bounded = active & ending
  for (let gone = bounded; gone !== 0; gone = (gone - 1) & bounded) {
    yield { ...place, active: active & ~gone }
  }
}
