import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, onTestFinished, test, vi } from 'vitest'
import { HeldBytes } from '../src/collect/held-bytes.ts'
import { openSyslogSocket } from '../src/collect/syslog-socket.ts'
import { readSyslog } from '../src/collect/syslog-stream.ts'
import { sourceRow } from './source-row.ts'
import { memoryIntake } from './stream-harness.ts'

async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-socket-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

test('lines written to a UNIX socket are taken, also where a dead process left one, and not through the data directory', async () => {
  const directory = await place()
  const path = join(directory, 'syslog.sock')
  const { intake, spool } = memoryIntake()
  const parts = {
    intake,
    sourceOf: () => sourceRow({ collector: 'syslog-socket', path }),
    held: new HeldBytes(),
  }
  const open = (dataDirectory: string) =>
    openSyslogSocket({
      path,
      dataDirectory,
      log: silentLog,
      serve: (peer, signal) => readSyslog(peer, parts, signal),
    })
  await expect(open(directory)).rejects.toThrow('no source may read')
  const first = await open(await place())
  expect((await stat(path)).mode & 0o777).toBe(0o660)
  const taken = await open(await place())
  expect(taken.problem).toContain('EADDRINUSE')
  connect(path).end('<13>one\n7 <13>two')
  await vi.waitFor(() => expect(spool.records).toEqual(['<13>one', '<13>two']))
  expect(spool.entries[0]?.origin).toBe('src_1 unix')
  await first.stop()
})

test('a file that is no socket is left alone', async () => {
  const path = join(await place(), 'precious')
  await writeFile(path, 'words')
  const serve = async () => undefined
  const listener = await openSyslogSocket({
    path,
    dataDirectory: await place(),
    log: silentLog,
    serve,
  })
  expect(listener.problem).toContain('EADDRINUSE')
  expect((await stat(path)).isFile()).toBe(true)
  await listener.stop()
})

test('a stop ends within seconds also while a sender holds its connection open', async () => {
  const path = join(await place(), 'open.sock')
  const { intake } = memoryIntake()
  const listener = await openSyslogSocket({
    path,
    dataDirectory: await place(),
    log: silentLog,
    serve: (peer, signal) =>
      readSyslog(peer, { intake, sourceOf: () => undefined, held: new HeldBytes() }, signal),
  })
  const socket = connect(path)
  await new Promise((resolve) => socket.once('connect', resolve))
  await listener.stop()
  const free = createServer()
  await new Promise<void>((resolve) => free.listen(path, resolve))
  free.close()
})
