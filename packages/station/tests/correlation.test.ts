import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { examiner, type Node, startNode, stopNode, until, withText } from './station-node.ts'

const guess = {
  title: 'sai mật khẩu',
  id: 'sai',
  logsource: { product: 'linux', service: 'sshd' },
  detection: { keywords: ['Failed password'], condition: 'keywords' },
}
const guessing = {
  title: 'Dò mật khẩu',
  id: 'do',
  level: 'high',
  correlation: {
    type: 'event_count',
    rules: ['sai'],
    'group-by': ['src_endpoint.ip'],
    timespan: '5m',
    condition: { gte: 10 },
  },
}
const another = { ...guess, id: 'khac', title: 'khác', detection: { k: ['khác'], condition: 'k' } }

async function rules(...documents: readonly object[]): Promise<void> {
  const text = documents.map((one) => JSON.stringify(one)).join('\n---\n')
  const { summary } = await examiner.load(
    { documents: [{ path: 'a.yml', text }], pipelines: [] },
    [],
  )
  expect(summary).toMatchObject({ active: documents.length, errors: 0 })
}

function fail(node: Node, from: number, to: number): void {
  const socket = connect(node.station.ports()?.syslogTcp ?? 0, '127.0.0.1')
  for (let i = from; i < to; i++) {
    const time = `2026-11-22T03:00:${String(i).padStart(2, '0')}Z`
    const message = `Failed password for quan-tri from 192.0.2.77 port ${4000 + i} ssh2`
    socket.write(`<38>1 ${time} cong-ra sshd 7 - - ${message}\n`)
  }
  socket.end()
}

test('what a correlation counts goes on over a restart with other rules; its alert carries the record and reasons', async () => {
  await rules(guess, guessing)
  const before = await startNode('correlation')
  fail(before, 0, 6)
  await withText(before, 'port 4005 ssh2')
  await stopNode(before)

  await rules(another, guess, guessing)
  const after = await startNode('correlation', before.events)
  fail(after, 6, 16)
  await withText(after, 'port 4015 ssh2')
  const found = () => after.alerts.filter(({ detector }) => detector === 'correlation')
  const [alert] = await until(() => (found().length > 0 ? found() : undefined))
  expect(found()).toHaveLength(1)
  expect(alert).toMatchObject({ rule: { id: 'do' }, severity: 'high', entity: '192.0.2.77' })
  expect(alert?.raw_data).toContain('port 4009 ssh2')
  expect(alert?.matches).toEqual([
    {
      field: 'src_endpoint.ip',
      value: '192.0.2.77',
      pattern: 'group-by',
      selection: 'event_count',
    },
    {
      field: 'event_count',
      value: '10 (10; 9 s)',
      pattern: expect.stringContaining('10'),
      selection: 'event_count',
    },
  ])
  expect([...before.alerts, ...after.alerts].filter(({ rule }) => rule.id === 'sai')).toEqual([])
})
