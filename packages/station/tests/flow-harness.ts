import { ExporterDomains } from '../src/collect/flow/exporter-domains.ts'
import { FlowReader } from '../src/collect/flow/flow-reader.ts'
import { HeldSets } from '../src/collect/flow/held-sets.ts'
import { SeriesBook } from '../src/collect/flow/series-book.ts'
import { TemplateReader } from '../src/collect/flow/template-reader.ts'
import { flowSource } from './flow-messages.ts'

/** When the tests begin; messages are exported then unless they say otherwise. */
export const began = 1_795_000_000_000

/** A reader of flows with a clock of its own and datagrams from any address. */
export function newExporters() {
  const clock = { now: () => now, iso: () => '', monotonic: () => 0 }
  let now = began
  const series = new SeriesBook()
  const templates = new TemplateReader(new ExporterDomains(() => undefined), new HeldSets())
  const ignored: string[] = []
  const reader = new FlowReader({
    templates,
    series,
    clock,
    ignored: (kind, samples) => ignored.push(`${samples} ${kind}`),
  })
  const sendRaw = (bytes: Buffer, from = '192.0.2.9'): Buffer[] =>
    reader.read(bytes, { address: from, port: 40_000 }, flowSource())
  return {
    ignored,
    /** Records of a datagram, as the spool gets them, and read. */
    sendRaw,
    send: (bytes: Buffer, from?: string): Record<string, unknown>[] =>
      sendRaw(bytes, from).map((record) => JSON.parse(String(record)) as Record<string, unknown>),
    wait: (milliseconds: number) => {
      now += milliseconds
    },
    gaveUp: (after: number) =>
      templates.giveUp(began + after).map(({ record }) => JSON.parse(String(record))),
    missing: () => series.settle({ all: true }).get('src_flow') ?? 0,
  }
}
