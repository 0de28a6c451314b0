import { join } from 'node:path'
import { IncidentState } from '@haidang/contracts/incident'
import { IncidentProcess, stepsFrom, wantsClosingReport } from '@haidang/contracts/incident-process'
import { ManualClock } from '@haidang/runtime/clock'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readContents } from '../../content-file.ts'
import { StepGuard } from './step-guard.ts'

const directory = join(import.meta.dirname, '../../../../../content/processes')
const processes = await readContents(directory, IncidentProcess)
const clock = new ManualClock('2026-11-22T03:00:00.000Z')

function guard(known = processes): StepGuard {
  return new StepGuard({
    processes: known,
    clock,
    family: { requireNothingOpen: async () => undefined },
    closingReports: { get: async () => undefined },
  })
}

/** The state after asking for a step: the same where it is refused. */
function asked(state: IncidentState, to: IncidentState): IncidentState {
  try {
    guard().requireStep(state, { state: to, note: 'đã kiểm tra' })
    return to
  } catch (error) {
    expect(error).toMatchObject({ code: 'incident.illegal-transition' })
    return state
  }
}

test('whatever is asked, an incident never leaves the process in force', () => {
  const moves = fc.array(fc.constantFrom(...IncidentState.options), { maxLength: 30 })
  fc.assert(
    fc.property(moves, (wanted) => {
      let state: IncidentState = 'open'
      for (const to of wanted) {
        const after = asked(state, to)
        const steps = stepsFrom(guard().process(), state).map((step) => step.to)
        expect([...steps, state]).toContain(after)
        state = after
      }
    }),
  )
})

test('only what nobody has contained turns out to be no incident, and who says so says why', () => {
  const rejectable = IncidentState.options.filter((state) =>
    stepsFrom(guard().process(), state).some(({ to }) => to === 'rejected'),
  )
  expect(rejectable).toEqual(['open', 'verified'])
  expect(() => guard().requireStep('open', { state: 'rejected', note: ' ' })).toThrow(
    expect.objectContaining({ code: 'incident.note-required' }),
  )
})

test('a process holds from its day on, until another begins', () => {
  const [shipped] = processes
  if (!shipped) throw new Error('nothing is shipped')
  const later = { ...shipped, profile: 'later', valid_from: '2026-11-22' }
  const future = { ...shipped, profile: 'future', valid_from: '2026-11-23' }
  expect(guard([future, later, shipped]).process().profile).toBe('later')
  expect(() => guard([future]).process()).toThrow(
    expect.objectContaining({ code: 'configuration.invalid' }),
  )
})

test('serious and grave incidents are summed up, near misses and small ones are not', () => {
  const wanted = (
    kind: 'incident' | 'near_miss',
    grade: 'ordinary' | 'serious',
    severity = 'low',
  ) => wantsClosingReport(guard().process(), { kind, grade, severity: severity as 'low' | 'high' })
  expect(wanted('incident', 'serious')).toBe(true)
  expect(wanted('incident', 'ordinary', 'high')).toBe(true)
  expect(wanted('incident', 'ordinary')).toBe(false)
  expect(wanted('near_miss', 'serious', 'high')).toBe(false)
})

test('a process that loses a state, or leads nowhere, is refused by name', () => {
  const [shipped] = processes
  const without = (change: (states: IncidentProcess['states']) => unknown) =>
    IncidentProcess.safeParse({ ...shipped, states: change(shipped?.states ?? []) }).error
      ?.issues[0]
  expect(without((states) => states.slice(1))?.message).toContain('open is not described')
  expect(
    without((states) =>
      states.map((each) => ({ ...each, next: each.next.filter(({ to }) => to !== 'eradicated') })),
    )?.message,
  ).toBe('no way leads from open to eradicated')
})
