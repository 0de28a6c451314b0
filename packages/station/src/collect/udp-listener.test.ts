import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Log } from '@haidang/runtime/log'
import { expect, test } from 'vitest'
import { sourceRow } from '../../tests/source-row.ts'
import type { Intake } from './intake.ts'
import type { SourceBook } from './source-book.ts'
import { syslogUdp } from './syslog-udp.ts'

test('datagrams that had reached the machine before a stop are kept', async () => {
  const kept: string[] = []
  const intake = {
    persevere: (act: () => Promise<unknown>) => act().then(() => true),
    append: async ({ records }: { records: Uint8Array[] }) => {
      kept.push(...records.map((record) => Buffer.from(record).toString()))
    },
    drop: () => expect.unreachable(),
    gate: { policy: () => 'block', tryEnter: () => undefined },
  } as unknown as Intake
  const source = sourceRow({ id: 'src_udp', name: 'udp', collector: 'syslog-udp' })
  const book = { route: () => source } as unknown as SourceBook
  const listener = syslogUdp({ host: '127.0.0.1', port: 0, intake, book, log: {} as Log })
  await listener.start()
  const sender = createSocket('udp4')
  sender.connect(listener.port ?? 0, '127.0.0.1')
  await once(sender, 'connect')
  // Sent in one turn, so the kernel holds all of them when the stop begins.
  const sent = Array.from({ length: 300 }, (_, n) => `record ${n}`)
  for (const record of sent) sender.send(record)
  await listener.stop()
  sender.close()
  expect(kept).toEqual(sent)
})
