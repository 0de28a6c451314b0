import { PlaybookContent } from '@haidang/contracts/playbook'
import { expect, test } from 'vitest'
import {
  contentOf,
  fieldsOf,
  isHeld,
  moved,
  newTask,
  without,
  withoutEcho,
} from './playbook-form.ts'

const content = PlaybookContent.parse({
  name: { vi: 'Mã độc', en: 'Malware' },
  types: ['MALWARE'],
  tasks: [
    {
      id: 'isolate',
      phase: 'respond',
      title: { vi: 'Cô lập', en: 'Cô lập' },
      details: { vi: 'Ngắt mạng', en: 'Cut the network' },
      due: 'PT72H',
      clause: 'Điều 9.1',
      checklist: [
        { vi: 'Một', en: 'Một' },
        { vi: 'Hai', en: 'Two' },
      ],
    },
    { id: 'report', title: { vi: 'Báo cáo', en: 'Report' }, due: 'P5D', depends_on: ['isolate'] },
    { id: 'wait', title: { vi: 'Theo dõi', en: 'Watch' }, due: 'PT90M' },
  ],
})

test('what fields are filled with is what they say again', () => {
  const fields = fieldsOf(content)
  expect(fields.tasks.map(({ titleEn }) => titleEn)).toEqual(['', 'Report', 'Watch'])
  expect(fields.tasks.map(({ dueCount, dueUnit }) => dueCount + dueUnit)).toEqual([
    '72H',
    '5D',
    '90M',
  ])
  expect(PlaybookContent.parse(contentOf(fields))).toEqual(content)
})

test('empty lines of a checklist are no lines, English keeps its place', () => {
  const [task] = fieldsOf(content).tasks
  if (!task) throw new Error('there is a task')
  const fields = { ...task, checklist: 'a\n\n b \n', checklistEn: '\nx\nB' }
  const said = contentOf({ name: 'x', nameEn: '', types: [], tasks: [fields] })
  expect(said.tasks[0]?.checklist).toEqual([
    { vi: 'a', en: 'a' },
    { vi: 'b', en: 'B' },
  ])
})

test('a task does not go above what it needs, and what is removed is needed no longer', () => {
  const { tasks } = fieldsOf(content)
  const order = (list: typeof tasks) => list.map(({ id }) => id)
  expect(isHeld(tasks, 1, -1)).toBe(true)
  expect(isHeld(tasks, 0, 1)).toBe(true)
  expect(moved(tasks, 1, -1)).toBe(tasks)
  expect(order(moved(tasks, 2, -1))).toEqual(['isolate', 'wait', 'report'])
  expect(order(moved(tasks, 0, -1))).toEqual(order(tasks))
  expect(without(tasks, 'isolate')[0]?.needs).toEqual([])
  expect(newTask([...tasks, { ...newTask([]), id: 't4' }]).id).toBe('t5')
})

test('English that is said in Vietnamese is not found wrong a second time', () => {
  const parsed = PlaybookContent.safeParse(
    contentOf({ name: '', nameEn: '', types: [], tasks: [newTask([])] }),
  )
  const wrong = Object.fromEntries(
    parsed.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [],
  )
  expect(Object.keys(withoutEcho(wrong))).toEqual(['name.vi', 'tasks.0.title.vi'])
  expect(withoutEcho({ 'name.en': 'too long' })).toEqual({ 'name.en': 'too long' })
})
