import { IncidentState } from '@haidang/contracts/incident'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStates, requireTransition } from './incident.ts'

/** The state after asking for a move: the same where it is refused. */
function asked(state: IncidentState, to: IncidentState): IncidentState {
  try {
    requireTransition(state, to)
    return to
  } catch (error) {
    expect(error).toMatchObject({ code: 'incident.illegal-transition' })
    return state
  }
}

test('whatever is asked, an incident never leaves the graph', () => {
  const moves = fc.array(fc.constantFrom(...IncidentState.options), { maxLength: 30 })
  fc.assert(
    fc.property(moves, (wanted) => {
      let state: IncidentState = 'open'
      for (const to of wanted) {
        const after = asked(state, to)
        expect([...nextStates(state), state]).toContain(after)
        state = after
      }
    }),
  )
})

test('every state is reached from open, and every state but the ends has a way on', () => {
  const reached = new Set<IncidentState>(['open'])
  for (const state of reached) for (const next of nextStates(state)) reached.add(next)
  expect([...reached].toSorted()).toEqual([...IncidentState.options].toSorted())
})

test('only what nobody verified beyond doubt can turn out to be no incident', () => {
  const rejectable = IncidentState.options.filter((state) => nextStates(state).includes('rejected'))
  expect(rejectable).toEqual(['open', 'verified'])
})
