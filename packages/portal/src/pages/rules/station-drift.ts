import { Ring, type StationDrift } from '@haidang/contracts/rule-set'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

const pollMilliseconds = 2000
const pageSize = 200
const mostPages = 50

/** Every station with what it should have and says it has; asked again while answers are awaited. */
export function useDrift() {
  return useQuery({
    queryKey: ['rule-drift', 'all'],
    queryFn: async ({ signal }) => {
      const all: StationDrift[] = []
      let cursor: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const { items, next } = await api.ruleSets.drift(
          { query: { limit: pageSize, cursor } },
          signal,
        )
        all.push(...items)
        if (next === null) break
        cursor = next
      }
      return all
    },
    refetchInterval: ({ state }) => (state.data?.some(isAwaited) ? pollMilliseconds : 30_000),
  })
}

function isAwaited({ state, wanted, assigned }: StationDrift): boolean {
  return state === 'sent' || wanted !== assigned
}

/** How far one set came in one ring. */
export interface RingProgress {
  readonly ring: Ring
  readonly stations: number
  readonly inForce: number
  readonly refused: number
  readonly waiting: number
}

/** How far a set came, ring by ring; a station that already has a newer set counts to none. */
export function progressOf(number: number, stations: readonly StationDrift[]): RingProgress[] {
  return Ring.options.map((ring) => {
    const members = stations.filter((station) => station.ring === ring)
    const given = members.filter(({ assigned }) => assigned === number)
    const count = (state: StationDrift['state']) =>
      given.filter((station) => station.state === state).length
    return {
      ring,
      stations: members.length,
      inForce: count('in_force'),
      refused: count('refused') + count('drifted'),
      waiting: count('sent'),
    }
  })
}
