import { expect, test } from 'vitest'
import { hasDropCounter } from './harness/kernel-sockets.ts'
import { deliver } from './rsyslog-delivery.ts'
import { hasRsyslog } from './rsyslog-sender.ts'

const mustRun = process.env['CI'] === 'true'
const lines = 20_000

test('where CI runs, there are rsyslogd and the drop counter of the kernel', () => {
  expect((hasRsyslog && hasDropCounter) || !mustRun).toBe(true)
})

test.skipIf(!hasRsyslog)(
  '20,000 lines of rsyslog by TCP are all in the event store, none twice (needs rsyslogd)',
  { timeout: 240_000 },
  async () => {
    const delivery = await deliver({ protocol: 'tcp', lines })
    console.log(JSON.stringify(delivery))
    expect(delivery).toMatchObject({ events: lines, numbers: lines, parsed: lines, dropped: 0 })
  },
)

test.skipIf(!(hasRsyslog && hasDropCounter))(
  '20,000 lines of rsyslog by UDP at 5,000/s are in the event store, and of more sent while the program is held all but those the kernel dropped; the API shows how many (needs rsyslogd and Linux)',
  { timeout: 240_000 },
  async () => {
    const delivery = await deliver({
      protocol: 'udp',
      lines,
      linesPerSecond: 5_000,
      thenHold: true,
    })
    console.log(JSON.stringify(delivery))
    const { sent, events, numbers, dropped, kernelDropped } = delivery
    expect(numbers).toBe(events)
    expect(dropped).toBe(kernelDropped)
    expect(events + dropped).toBe(sent)
    expect(dropped).toBeGreaterThan(0)
  },
)
