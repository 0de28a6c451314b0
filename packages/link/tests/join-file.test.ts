import type { JoinAnswerFile, JoinRequestFile } from '@haidang/contracts/join-file'
import { ManualClock, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import {
  actor,
  alertNumber,
  approvedPair,
  running,
  stationOrganisation,
  type TestNode,
  testNode,
  until,
} from './two-nodes.ts'

const at = '2026-03-01T00:00:00.000Z'
const day = 86_400_000
const place = { location: 'Trường Sa', contact: '' }
const state = async (child: TestNode) => (await child.link.child.state()).state
type Written = Readonly<Record<string, unknown>>

function receive(parent: TestNode, file: Written) {
  return parent.db.transact(systemScope, (tx) =>
    parent.link.parent.files.receive(tx, actor, stationOrganisation, file),
  )
}

function approve(parent: TestNode, id: string) {
  return parent.db.transact(systemScope, (tx) => parent.link.parent.joins.approve(tx, actor, id))
}

function answer(parent: TestNode, id: string): Promise<JoinAnswerFile> {
  return parent.db.transact(systemScope, (tx) => parent.link.parent.files.answer(tx, id))
}

const authority = (parent: TestNode) => parent.link.parent.authority.authorities.shown.fingerprint

async function listening(clock = systemClock): Promise<TestNode> {
  const parent = await testNode('Centre', clock, { id: 'org_c', code: 'C', name: 'C' })
  await parent.link.parent.listen(parent.parentHandlers, { host: '127.0.0.1', port: 0 })
  return parent
}

test('a station joins with two files and a fingerprint read out by telephone, without a code', async () => {
  await using parent = await listening()
  await using child = await testNode('Isle', systemClock, { id: 'o', code: 'S', name: 'S' })
  await using _run = running(child)
  const { file, fingerprint } = await child.link.child.askByFile(actor, place)
  const row = await receive(parent, carried(file))
  expect(row).toMatchObject({ state: 'pending', fingerprint, location: 'Trường Sa' })
  await expect(answer(parent, row.id)).rejects.toMatchObject({ code: 'join.no-answer' })
  await approve(parent, row.id)
  const answered = carried(await answer(parent, row.id))

  await expect(child.link.child.joinByFile(actor, answered, 'ab'.repeat(32))).rejects.toMatchObject(
    { code: 'join.file-refused', message: expect.stringMatching('read out') },
  )
  const shown = authority(parent).toUpperCase()
  await child.link.child.joinByFile(actor, answered, shown)
  await until(async () => (await state(child)) === 'connected')
  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(1, at)]),
  )
  await until(() => parent.alerts.length === 1)
  expect(child.joined).toHaveLength(1)
  // Each of the two counts once.
  await expect(receive(parent, carried(file))).rejects.toThrow('taken in before')
  await expect(child.link.child.joinByFile(actor, answered, shown)).rejects.toThrow('used before')
})

test('a station that could not follow its parent to another authority gets a new key by file and keeps identity and numbers', async () => {
  const { parent, child, stationId } = await approvedPair(systemClock)
  await using _parent = parent
  await using _child = child
  await using _run = running(child)
  await until(async () => (await state(child)) === 'connected')
  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(1, at)]),
  )
  await until(() => parent.alerts.length === 1)
  await parent.db.transact(systemScope, (tx) =>
    parent.link.parent.authority.replace(tx, actor, 'stolen'),
  )
  await parent.link.parent.applyAuthority()
  await until(async () => (await state(child)) === 'cut')

  const { file } = await child.link.child.askByFile(actor, place)
  const row = await receive(parent, carried(file))
  expect(row.id).toBe(stationId)
  await approve(parent, row.id)
  await child.link.child.joinByFile(actor, carried(await answer(parent, row.id)), authority(parent))
  await child.db.transact(systemScope, (tx) =>
    child.link.outbox.append(tx, 'alerts', [alertNumber(2, at)]),
  )
  await until(() => parent.alerts.length === 2)
  const { rows } = await parent.db.asOwner(
    `select stored::int as stored from station_stream where stream = 'alerts'`,
  )
  expect(rows).toEqual([{ stored: 2 }])
})

test('wrong, edited, foreign and old files are refused in words, and change nothing', async () => {
  const clock = new ManualClock(systemClock.iso())
  await using parent = await listening(clock)
  await using child = await testNode('Isle', clock, { id: 'o', code: 'S', name: 'S' })
  await using other = await testNode('Cape', clock, { id: 'p', code: 'T', name: 'T' })
  await using _run = running(child)
  await using _other = running(other)
  const asked = (await child.link.child.askByFile(actor, place)).file
  const { declaration } = asked
  const bad: [Written, string][] = [
    [{}, 'no request to join'],
    [{ ...asked, declaration: { ...declaration, name: 'Other' } }, 'changed after'],
    [{ ...asked, added: 1 }, 'changed after'],
    [{ ...asked, csr: (await other.link.child.askByFile(actor, place)).file.csr }, 'changed after'],
    [{ ...asked, version: 2 }, 'version'],
  ]
  for (const [file, cause] of bad) {
    await expect(receive(parent, file), cause).rejects.toMatchObject({
      code: 'join.file-refused',
      message: expect.stringMatching(cause),
    })
  }
  expect((await parent.db.asOwner('select 1 from station')).rows).toHaveLength(0)

  const { id } = await receive(parent, asked)
  await approve(parent, id)
  const given = await answer(parent, id)
  const read = authority(parent)
  const { parent: named } = given
  const worse: [TestNode, Written, string][] = [
    [child, asked, 'no answer'],
    [child, { ...given, address: 'https://evil.example' }, 'changed after'],
    [child, { ...given, parent: { ...named, name: 'Other' } }, 'changed after'],
    [other, given, 'another request'],
  ]
  for (const [node, file, cause] of worse) {
    await expect(node.link.child.joinByFile(actor, file, read), cause).rejects.toMatchObject({
      code: 'join.file-refused',
      message: expect.stringMatching(cause),
    })
  }
  expect(await state(child)).toBe('none')
  clock.advance(31 * day)
  await expect(child.link.child.joinByFile(actor, given, read)).rejects.toThrow('expired')
  const late = (await other.link.child.askByFile(actor, place)).file
  clock.advance(31 * day)
  await expect(receive(parent, late)).rejects.toThrow('expired')
})

/** As it comes back from a stick. */
function carried(file: JoinRequestFile | JoinAnswerFile): Written {
  return JSON.parse(JSON.stringify(file))
}
