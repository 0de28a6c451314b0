import { expect, test } from 'vitest'
import { sampleSubject } from '../sample-event.ts'
import { missOf } from './miss.ts'
import { readingOf } from './reading.ts'
import { compileRules } from './rule-set.ts'
import { View } from './view.ts'

const detection = {
  image: { 'Image|endswith': ['\\cmd.exe', '\\powershell.exe'] },
  line: { 'CommandLine|contains|all': ['-nop', '-enc'] },
  filter: { User: 'SYSTEM' },
  condition: 'image and line and not filter',
}

function miss(record: Record<string, unknown>) {
  const rule = { title: 'x', id: 'x', logsource: { product: 't' }, detection }
  const { rules, slots } = compileRules([{ path: 'x.yml', text: JSON.stringify(rule) }])
  const view = new View(slots)
  view.show(readingOf(sampleSubject(record)))
  const [compiled] = rules
  if (compiled === undefined) throw new Error('not compiled')
  return missOf(compiled.formula, view)
}

test('a miss names the first item that failed, with the value that was there', () => {
  const record = { Image: 'C:\\cmd.exe', CommandLine: 'cmd -nop', User: 'lan' }
  expect(miss(record)).toEqual({
    because: 'failed',
    item: {
      selection: 'line',
      field: 'CommandLine',
      value: 'cmd -nop',
      pattern: 'contains|all: -enc',
    },
  })
  expect(miss({})).toMatchObject({ because: 'failed', item: { selection: 'image', value: '' } })
})

test('an exclusion that was met names what met it; a rule that holds has no miss', () => {
  const record = { Image: 'C:\\cmd.exe', CommandLine: 'cmd -nop -enc x', User: 'SYSTEM' }
  expect(miss(record)).toMatchObject({
    because: 'excluded',
    items: [{ selection: 'filter', field: 'User', value: 'SYSTEM' }],
  })
  expect(miss({ ...record, User: 'lan' })).toBeUndefined()
})
