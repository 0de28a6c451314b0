import { IncidentDraft } from '@haidang/contracts/incident'
import { Permission } from '@haidang/contracts/permission'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const draft = IncidentDraft.parse({
  title: 'Mã hóa tống tiền tại trung tâm dữ liệu',
  severity: 'critical',
  organisation_id: ministryOrg,
})
const written = {
  course: 'Kẻ xấu vào bằng tài khoản quản trị cũ',
  root_cause: 'Tài khoản người đã nghỉ việc chưa khóa',
  measures: 'Khóa tài khoản, cài lại máy, khôi phục từ bản sao lưu',
  damage: '',
  lessons: ['Khóa tài khoản trong ngày nghỉ việc', 'Thử khôi phục mỗi quý'],
  proposals: '',
}

test('a grave incident is closed once somebody summed it up, and its lessons are found without diacritics', async () => {
  await using node = await doing()
  const { id, number } = await node.incidents.open(watch, draft)
  const close = { state: 'closed', note: '' } as const
  await expect(node.incidents.move(watch, id, close)).rejects.toThrow(
    problem('incident.closing-report-missing'),
  )
  expect(await node.closings.get(watch, id)).toEqual({ report: null })
  await node.closings.write(watch, id, { ...written, version: 0 })
  expect(await node.incidents.move(watch, id, close)).toMatchObject({ state: 'closed' })
  const found = await node.closings.list(watch, { limit: 5, filter: '"nghi viec"' })
  expect(found.items).toMatchObject([{ number, title: draft.title, lessons: written.lessons }])
  const { items } = await node.incidents.timeline(watch, id, { limit: 50 })
  expect(items.map(({ kind }) => kind)).toContain('incident.closing-report-written')
})

test('two who write at once: the second is told, and nothing is changed once it is closed', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  const first = await node.closings.write(watch, id, { ...written, version: 0 })
  await expect(node.closings.write(watch, id, { ...written, version: 0 })).rejects.toThrow(
    problem('incident.changed-meanwhile'),
  )
  const again = { ...written, root_cause: 'Cổng quản trị mở ra ngoài', version: first.version }
  expect(await node.closings.write(watch, id, again)).toMatchObject({ version: 2 })
  await node.incidents.move(watch, id, { state: 'closed', note: '' })
  await expect(node.closings.write(watch, id, { ...again, version: 2 })).rejects.toThrow(
    problem('incident.illegal-transition'),
  )
  await node.incidents.move(watch, id, { state: 'open', note: 'tái diễn' })
  expect(await node.closings.write(watch, id, { ...again, version: 2 })).toMatchObject({
    version: 3,
  })
})

test('who may not see an incident sees nothing of how it ended, and who is told of it does not write', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, { ...draft, tlp: 'red' })
  await node.closings.write(watch, id, { ...written, version: 0 })
  for (const other of [
    caller(provinceOrg, { organisations: [provinceOrg] }),
    caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 }),
  ]) {
    await expect(node.closings.get(other, id)).rejects.toThrow(problem('incident.not-found'))
    await expect(node.closings.write(other, id, { ...written, version: 1 })).rejects.toThrow(
      problem('incident.not-found'),
    )
    expect((await node.closings.list(other, { limit: 5 })).items).toEqual([])
  }
})

test('what nobody verified is no incident only with grounds', async () => {
  await using node = await doing()
  const { id } = await node.incidents.open(watch, draft)
  const reject = (note: string) => node.incidents.move(watch, id, { state: 'rejected', note })
  await expect(reject(' ')).rejects.toThrow(problem('incident.note-required'))
  expect(await reject('diễn tập')).toMatchObject({ state: 'rejected' })
  const handler = caller(centreOrg, {
    permissions: Permission.options.filter((one) => one !== 'incident.close'),
  })
  const other = await node.incidents.open(watch, draft)
  await expect(
    node.incidents.move(handler, other.id, { state: 'rejected', note: 'diễn tập' }),
  ).rejects.toThrow(problem('permission.missing'))
})
