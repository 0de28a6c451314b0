import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { openSegmentSpool } from '@haidang/runtime/spool/segment-spool'
import { newExporters } from '../packages/station/tests/flow-harness.ts'
import {
  ipfixMessage,
  plainFields,
  plainRecord,
  setOf,
  sflowDatagram,
  templateOf,
  version5Message,
  version9Message,
} from '../packages/station/tests/flow-messages.ts'
import { type Figure, median } from './figure.ts'

const repeats = 5
const perDatagram = 24
const datagrams = 4000

const flows = Array.from({ length: perDatagram }, (_, index) => plainRecord(index))
const messages: Readonly<Record<string, (index: number) => Buffer>> = {
  netflow5: (index) => version5Message(perDatagram, { sequence: index * perDatagram }),
  netflow9: (index) => version9Message([setOf(256, ...flows)], { sequence: index }),
  ipfix: (index) => ipfixMessage([setOf(256, ...flows)], { sequence: index * perDatagram }),
  sflow5: (index) => sflowDatagram(perDatagram, { sequence: index * perDatagram }),
}

/** From datagrams to records on disk: flows a second of one thread, by protocol. */
export async function* figures(): AsyncIterable<Figure> {
  for (const [name, message] of Object.entries(messages)) {
    const sent = Array.from({ length: datagrams }, (_, index) => message(index))
    const rates: number[] = []
    for (let run = 0; run < repeats; run++) rates.push(await flowsPerSecond(sent))
    yield {
      name: `flows.collect.${name}`,
      value: Math.round(median(rates)),
      unit: 'flows/s',
      median_of: repeats,
    }
  }
}

async function flowsPerSecond(sent: readonly Buffer[]): Promise<number> {
  const { sendRaw } = newExporters()
  sendRaw(version9Message([setOf(0, templateOf(256, plainFields))]))
  sendRaw(ipfixMessage([setOf(2, templateOf(256, plainFields))]))
  const directory = mkdtempSync(join(tmpdir(), 'haidang-flows-'))
  const spool = await openSegmentSpool({
    directory,
    name: 'bench',
    clock: systemClock,
    log: silentLog,
  })
  try {
    const before = systemClock.monotonic()
    let records = 0
    // As many datagrams as a turn of the listener brings under load.
    for (let from = 0; from < sent.length; from += 100) {
      const made = sent.slice(from, from + 100).flatMap((bytes) => sendRaw(bytes))
      records += made.length
      await spool.append({ origin: 'src 192.0.2.9', records: made })
    }
    return records / ((systemClock.monotonic() - before) / 1000)
  } finally {
    await spool.close()
    rmSync(directory, { recursive: true })
  }
}
