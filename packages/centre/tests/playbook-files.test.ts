import { expect, test } from 'vitest'
import { caller, ministryOrg } from './doing.ts'
import { both, contentOf } from './playbooks-for.ts'
import { tasking } from './tasking.ts'

const ministry = caller(ministryOrg, { organisations: [ministryOrg] })

test('a file that cannot be read is refused by field, cause and remedy in the language of who sends it, however hostile', async () => {
  await using node = await tasking()
  const { files, playbooks } = node
  const refused = async (text: string) => {
    const error = await files.read(ministry, { tlp: 'amber', text }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'playbook.unreadable' })
    return (error as { errors: { field: string; cause: string; remedy: string }[] }).errors
  }
  const head = 'profile: x\nversion: 1\nvalid_from: 2026-01-01\ntemplates:\n'
  const task = (id: string, more = '') => `{ id: ${id}, title: { vi: Việc, en: Task }${more} }`
  const file = (tasks: string) =>
    `${head}  - { id: t, name: { vi: Tên, en: Name }, tasks: [${tasks}] }\n`
  expect(await refused('a: [1,\n  b: 2')).toMatchObject([
    { field: expect.stringMatching(/^dòng \d/) },
  ])
  expect(await refused(file(task('a', ', due: 4h')))).toMatchObject([
    { field: 'templates.0.tasks.0.due', cause: expect.stringContaining('ISO 8601') },
  ])
  expect(await refused(file(`${task('a', ', depends_on: [b]')}, ${task('b')}`))).toEqual([
    {
      field: 'templates.0.tasks.0.depends_on',
      cause: 'b: không có việc này ở phía trên',
      remedy: 'Bỏ việc phải làm trước này, hoặc đưa nó lên trên',
    },
  ])
  expect(await refused(file(`${task('a')}, ${task('a')}`))).toMatchObject([
    { field: 'templates.0.tasks.1.id', remedy: 'Đặt mã khác' },
  ])
  await refused(`a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`)
  await refused('['.repeat(100_000))
  await refused('[\n'.repeat(100_000))
  await refused(`${'- '.repeat(5_000)}x`)
  await refused(file(Array.from({ length: 101 }, (_, n) => task(`t${n}`)).join(', ')))
  const long = both('x'.repeat(4_000))
  const tasks = contentOf('Dài', ['a']).tasks.flatMap((one) =>
    Array.from({ length: 60 }, (_, n) => ({ ...one, id: `t${n}`, details: long, depends_on: [] })),
  )
  const content = { ...contentOf('Dài', ['a']), tasks }
  await expect(playbooks.write(ministry, { tlp: 'amber', content })).rejects.toThrow(
    expect.objectContaining({
      code: 'playbook.invalid',
      errors: [expect.objectContaining({ field: 'tasks' })],
    }),
  )
  expect((await playbooks.list(ministry, { limit: 50 })).items).toEqual([])
})
