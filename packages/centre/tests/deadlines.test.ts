import { IncidentDraft } from '@haidang/contracts/incident'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { browser } from './browser.ts'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'

const watch = caller(centreOrg)
const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
const problem = (code: string) => expect.objectContaining({ code })
const draft = IncidentDraft.parse({
  title: 'Dò mật khẩu cổng dịch vụ',
  summary: '',
  type: 'INTRUSION',
  severity: 'high',
  tlp: 'amber',
  organisation_id: ministryOrg,
})

type Node = Awaited<ReturnType<typeof doing>>

/** What is due of an incident: rule, moment, state. */
async function dueOf(node: Node, id: string) {
  const { items } = await node.due.deadlines.list(watch, { limit: 50, filter: `subject:${id}` })
  return items.map(({ rule, due_at, state }) => [rule?.id, due_at, state])
}

/** Moves the clock on to an instant. */
function goTo({ clock }: Node, instant: string) {
  clock.advance(Date.parse(instant) - clock.now())
}

async function first(node: Node, id: string) {
  const { items } = await node.due.deadlines.list(watch, { limit: 1, filter: `subject:${id}` })
  const [one] = items
  if (!one) throw new Error('nothing is due')
  return one
}

/** What the journal says of deadlines, oldest first: entry, step, whom it told. */
async function told(node: Node) {
  const { rows } = await node.database.asOwner(
    `select type, time, after from journal where type like 'deadline.%' order by seq`,
  )
  return rows
    .filter(({ type }) => /reminded|passed|escalated|unreckoned/.test(String(type)))
    .map(({ type, after }) => {
      const { step, told, late, folded } = after as {
        step: string
        told: { recipient: string }[]
        late: boolean
        folded: string[]
      }
      const whom = told.map(({ recipient }) => recipient)
      return { type: String(type), step, whom, late, folded }
    })
}

async function graded(node: Node, id: string, grade: 'ordinary' | 'serious') {
  const { version } = await node.incidents.get(watch, id)
  const decision = { grade, answers: {}, reason: 'quyết định', version }
  await node.grades.decide(watch, browser, id, decision)
}

test('an incident starts what the rules of its day make due; a change of grade and moment moves it', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  expect(await dueOf(node, id)).toEqual([['2026.report72h', '2026-11-25T03:00:00.000Z', 'running']])
  await graded(node, id, 'serious')
  expect(await dueOf(node, id)).toEqual([
    ['2026.serious24h', '2026-11-23T03:00:00.000Z', 'running'],
    ['2026.report72h', '2026-11-25T03:00:00.000Z', 'running'],
  ])
  await node.incidents.update(watch, id, { detected_at: '2026-11-21T03:00:00Z' })
  expect(await dueOf(node, id)).toEqual([
    ['2026.serious24h', '2026-11-22T03:00:00.000Z', 'running'],
    ['2026.report72h', '2026-11-24T03:00:00.000Z', 'running'],
  ])
  await graded(node, id, 'ordinary')
  await node.incidents.update(watch, id, { title: 'Tên khác' })
  expect(await dueOf(node, id)).toEqual([
    ['2026.serious24h', '2026-11-22T03:00:00.000Z', 'stopped'],
    ['2026.report72h', '2026-11-24T03:00:00.000Z', 'running'],
  ])
  const moved = await first(node, id)
  const { items } = await node.due.deadlines.history(watch, moved.id, { limit: 10 })
  expect(
    items.map(({ kind, before_due_at, after_due_at }) => [kind, before_due_at, after_due_at]),
  ).toEqual([
    ['deadline.started', null, '2026-11-23T03:00:00.000Z'],
    ['deadline.moved', '2026-11-23T03:00:00.000Z', '2026-11-22T03:00:00.000Z'],
    ['deadline.stopped', null, null],
  ])
})

test('what turns out to be no incident has no deadlines; taken up again, it has them again', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  await node.incidents.move(watch, id, { state: 'rejected', note: 'nhầm' })
  expect((await dueOf(node, id)).map(([, , state]) => state)).toEqual(['stopped'])
  node.clock.advance(10 * 24 * 3_600_000)
  await node.due.steps.takeDue()
  expect(await told(node)).toEqual([])
  await node.incidents.move(watch, id, { state: 'open', note: 'có thật' })
  expect((await dueOf(node, id)).map(([, , state]) => state)).toEqual(['running'])
})

test('a deadline is met in time or late, by whoever it is held to and by nobody else', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  const one = await first(node, id)
  const stranger = caller(provinceOrg, { organisations: [provinceOrg] })
  await expect(node.due.deadlines.get(stranger, one.id)).rejects.toThrow(
    problem('deadline.not-found'),
  )
  expect((await node.due.deadlines.list(stranger, { limit: 10 })).items).toEqual([])
  const blind = caller(ministryOrg, {
    organisations: [ministryOrg],
    permissions: ['deadline.read'],
  })
  expect((await node.due.deadlines.list(blind, { limit: 10 })).items).toEqual([])
  const future = { met_at: '2027-01-01T00:00:00Z', note: 'x' }
  await expect(node.due.deadlines.meet(ministry, one.id, future)).rejects.toThrow(
    problem('request.invalid'),
  )
  goTo(node, '2026-11-25T03:00:00.000Z')
  const met = await node.due.deadlines.meet(ministry, one.id, { note: 'Báo cáo 12/BC' })
  expect(met).toMatchObject({ state: 'met', met_at: '2026-11-25T03:00:00.000Z' })
  await expect(node.due.deadlines.meet(ministry, one.id, { note: 'x' })).rejects.toThrow(
    problem('deadline.ended'),
  )
  const late = await node.incidents.open(watch, { ...draft, detected_at: '2026-11-20T00:00:00Z' })
  const other = await first(node, late.id)
  expect(await node.due.deadlines.meet(ministry, other.id, { note: 'muộn' })).toMatchObject({
    state: 'late_met',
  })
})

test('the watch floor counts what runs and what has passed of what one may see, and names the soonest', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  await graded(node, id, 'serious')
  const seen = (who: typeof watch) =>
    node.database.transact(who.scope, (tx) => node.due.deadlines.overview(tx, who))
  expect(await seen(watch)).toMatchObject({ deadlines_running: 2, deadlines_passed: 0 })
  node.clock.advance(30 * 3_600_000)
  await node.due.steps.takeDue()
  const later = await seen(ministry)
  expect(later).toMatchObject({ deadlines_running: 1, deadlines_passed: 1 })
  expect(later.deadlines_next.map(({ rule, state }) => [rule?.id, state])).toEqual([
    ['2026.serious24h', 'passed'],
    ['2026.report72h', 'running'],
  ])
  const stranger = caller(provinceOrg, { organisations: [provinceOrg] })
  const nothing = { deadlines_running: 0, deadlines_passed: 0, deadlines_next: [] }
  expect(await seen(stranger)).toEqual(nothing)
  expect(await seen({ ...watch, permissions: new Set() })).toEqual(nothing)
})

test('people are told at the exact minute, through a weekend and Tết, and nobody is told twice', async () => {
  await using node = await doing()
  // Wednesday 3 February 2027, 09:00 in Hanoi: the last working day before Tết. Due on Saturday 6th, still Tết;
  // the first working day after is Friday 12th (4th to 9th off, 10th and 11th instead of its weekend).
  goTo(node, '2027-02-03T02:00:00.000Z')
  await node.incidents.open(watch, draft)
  const at = async (text: string) => {
    goTo(node, new Date(Date.parse(`${text}+07:00`)).toISOString())
    await node.due.steps.takeDue()
    return (await told(node)).map(({ step, whom }) => `${step}: ${whom.join(' ')}`)
  }
  // Of the term, 7 hours are worked, 3.5 of them before 13:30; 8 working hours before the end lie before its beginning.
  expect(await at('2027-02-03T13:29')).toEqual([])
  const half = 'half: assignee'
  expect(await at('2027-02-03T13:30')).toEqual([half])
  expect(await at('2027-02-06T08:59')).toEqual([half])
  const passed = 'passed: assignee focal_point'
  expect(await at('2027-02-06T09:00')).toEqual([half, passed])
  expect(await at('2027-02-12T11:59')).toEqual([half, passed])
  const manager = 'manager: duty_officer manager'
  expect(await at('2027-02-12T12:00')).toEqual([half, passed, manager])
  expect(await at('2027-02-12T16:59')).toEqual([half, passed, manager])
  expect(await at('2027-02-12T17:00')).toEqual([half, passed, manager, 'superior: superior'])
  // The third working day ends on Tuesday, after another weekend.
  const national = 'national: national_coordinator'
  expect(await at('2027-02-16T16:59')).not.toContain(national)
  expect(await at('2027-02-16T17:00')).toContain(national)
  expect(await at('2027-06-01T17:00')).toHaveLength(5)
})

test('after a long stop what was missed is told once, marked late, to everybody it would have been', async () => {
  await using node = await doing()
  await node.incidents.open(watch, draft)
  goTo(node, '2026-12-31T03:00:00.000Z')
  await Promise.all([node.due.steps.takeDue(), node.due.steps.takeDue()])
  expect(await told(node)).toEqual([
    { type: 'deadline.passed', step: 'passed', whom: [], late: true, folded: [] },
    {
      type: 'deadline.escalated',
      step: 'national',
      whom: [
        'assignee',
        'focal_point',
        'duty_officer',
        'manager',
        'superior',
        'national_coordinator',
      ],
      late: true,
      folded: ['near', 'half', 'over', 'manager', 'superior'],
    },
  ])
  expect(
    (await node.due.deadlines.list(watch, { limit: 5, filter: 'state:passed' })).items,
  ).toHaveLength(1)
})

test('who says that they know of it is not escalated over, but still told that it passed', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  const one = await first(node, id)
  const known = await node.due.deadlines.acknowledge(ministry, one.id)
  expect(known).toMatchObject({ acknowledged_by: 'Nguyễn Thị Trực' })
  for (let day = 0; day < 30; day += 1) {
    node.clock.advance(24 * 3_600_000)
    await node.due.steps.takeDue()
  }
  expect((await told(node)).map(({ step }) => step)).toEqual(['near', 'passed'])
})

test('a year without calendar is said, never guessed: an administrator is told, the rest is reckoned when it comes', async () => {
  await using node = await doing()
  goTo(node, '2031-03-03T02:00:00.000Z')
  const { id } = await node.incidents.open(watch, draft)
  await node.due.steps.takeDue()
  await node.due.steps.takeDue()
  const [said, ...rest] = await told(node)
  expect([said?.type, said?.whom, rest]).toEqual(['deadline.unreckoned', ['administrator'], []])
  const one = await first(node, id)
  expect(one).toMatchObject({ missing_year: 2031, working_minutes_left: null })
  await node.database.transact(systemScope, async (tx) => {
    const versions = await node.due.book.versions(tx)
    const before = versions.find(({ profile }) => profile === 'vn-labour')
    if (!before) throw new Error('no calendar')
    await node.due.regulations.add(tx, {
      profile: 'vn-labour',
      version: 1,
      effective_from: '2031-01-01',
      regulation: {
        ...before.regulation,
        calendar_years: [...before.regulation.calendar_years, 2031],
      },
      reason: 'lịch 2031',
      actor_id: 'usr_a',
      actor_name: 'A',
      created_at: node.clock.iso(),
    })
    await node.due.steps.handle(tx, {} as never)
  })
  expect(await first(node, id)).toMatchObject({ missing_year: null, working_minutes_left: 1440 })
})
