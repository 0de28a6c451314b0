import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { type Node, startNode, stopNode, until, withText } from './station-node.ts'

function guess(node: Node, from: number, to: number): void {
  const socket = connect(node.station.ports()?.syslogTcp ?? 0, '127.0.0.1')
  for (let i = from; i < to; i++) {
    const time = `2026-11-22T03:00:${String(i).padStart(2, '0')}Z`
    const message = `Failed password for doan-mat-khau from 192.0.2.77 port ${4000 + i} ssh2`
    socket.write(`<38>1 ${time} cong-ra sshd 7 - - ${message}\n`)
  }
  socket.end()
}

test('guessing that goes on over a restart is one behaviour, and its alert carries the record', async () => {
  const before = await startNode('behaviour')
  guess(before, 0, 6)
  await withText(before, 'port 4005 ssh2')
  await stopNode(before)
  expect(before.alerts).toEqual([])

  const after = await startNode('behaviour', before.events)
  guess(after, 6, 16)
  const alerts = await until(async () => (after.alerts.length > 0 ? after.alerts : undefined))
  await withText(after, 'port 4015 ssh2')
  expect(alerts.map(({ rule, detector }) => [detector, rule.id])).toEqual([
    ['behaviour', 'behaviour:password-guessing'],
  ])
  expect(alerts[0]?.raw_data).toContain('port 4009 ssh2')
  expect(alerts[0]?.entity).toBe('192.0.2.77')
  expect(alerts[0]?.matches).toContainEqual({
    field: 'failures',
    value: '10',
    pattern: '≥ 10',
    selection: 'password-guessing',
  })
})
