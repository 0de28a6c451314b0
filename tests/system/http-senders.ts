import { setTimeout as pause } from 'node:timers/promises'
import { Client } from '@elastic/elasticsearch'
import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { Logger } from 'splunk-logging'

/** Where a client sends, and as whom. */
export interface HttpTarget {
  readonly url: string
  readonly token: string
  /** Called when half of the records are on their way; the rest waits for it. */
  readonly atHalf: () => Promise<void>
}

/** Sends numbered records and resolves when all are answered; answers how many were told to be known already. */
export type HttpSender = (
  to: HttpTarget,
  count: number,
  textOf: (n: number) => string,
) => Promise<number>

const perBatch = 500
const perExport = 500
const persistence = 200

/** `@elastic/elasticsearch`, its bulk helper; every document has an `_id`. */
export const elasticHelper: HttpSender = async ({ url, token, atHalf }, count, textOf) => {
  const client = new Client({
    node: url,
    auth: { username: 'any', password: token },
    maxRetries: persistence,
    compression: true,
  })
  async function* documents() {
    for (let n = 0; n < count; n++) {
      if (n === Math.floor(count / 2)) await atHalf()
      yield { id: `record-${n}`, message: textOf(n) }
    }
  }
  let known = 0
  const { successful, failed } = await client.helpers.bulk<{ id: string; message: string }>({
    datasource: documents(),
    flushBytes: 100_000,
    concurrency: 2,
    retries: persistence,
    wait: 200,
    onDocument: ({ id }) => ({ create: { _index: 'http-senders', _id: id } }),
    onDrop: ({ status, error }) => {
      if (status !== 409) throw new Error(`dropped with ${status}: ${JSON.stringify(error)}`)
      known++
    },
  })
  if (successful + failed !== count || failed !== known) {
    throw new Error(`${successful} taken, ${failed} refused, ${known} known`)
  }
  await client.close()
  return known
}

/** `splunk-logging`, Splunk's SDK; its records carry no identity. */
export const splunkSdk: HttpSender = async ({ url, token, atHalf }, count, textOf) => {
  const logger = new Logger({ url, token, maxBatchCount: 0, maxRetries: 16 })
  logger.error = () => undefined
  for (let n = 0; n < count; ) {
    if (n === Math.floor(count / 2)) await atHalf()
    const end = Math.min(count, n + perBatch)
    for (; n < end; n++) logger.send({ message: textOf(n) })
    await new Promise<void>((resolve, reject) => {
      logger.flush((error, _response, body) => {
        const isTaken = error === null && (body as { code?: number }).code === 0
        if (isTaken) resolve()
        else reject(error ?? new Error(`refused: ${JSON.stringify(body)}`))
      })
    })
  }
  return 0
}

/** `@opentelemetry/exporter-logs-otlp-http`: JSON. */
export const otlpJson: HttpSender = (to, count, textOf) =>
  exportAll(new JsonExporter(exporterConfig(to)), 'json', to, count, textOf)

/** `@opentelemetry/exporter-logs-otlp-proto`: protobuf. */
export const otlpProtobuf: HttpSender = (to, count, textOf) =>
  exportAll(new ProtobufExporter(exporterConfig(to)), 'protobuf', to, count, textOf)

function exporterConfig({ url, token }: HttpTarget) {
  return { url: `${url}/v1/logs`, headers: { Authorization: `Bearer ${token}` } }
}

/** An exporter gives up after a few attempts; whoever uses it hands it the same records again. */
async function exportAll(
  exporter: JsonExporter | ProtobufExporter,
  name: string,
  { atHalf }: HttpTarget,
  count: number,
  textOf: (n: number) => string,
): Promise<number> {
  const records: ReadableLogRecord[] = []
  const processor = {
    onEmit: (record: ReadableLogRecord) => void records.push(record),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  }
  const logger = new LoggerProvider({ processors: [processor] }).getLogger('http-senders')
  for (let n = 0; n < count; n++) {
    logger.emit({ body: textOf(n), attributes: { 'log.record.uid': `${name}-${n}` } })
  }
  for (let n = 0; n < count; n += perExport) {
    if (n === Math.floor(count / 2)) await atHalf()
    await exportUntilTaken(exporter, records.slice(n, n + perExport))
  }
  await exporter.shutdown()
  return 0
}

async function exportUntilTaken(
  exporter: JsonExporter | ProtobufExporter,
  records: ReadableLogRecord[],
): Promise<void> {
  for (let attempt = 0; attempt < persistence; attempt++) {
    const { code } = await new Promise<{ code: number }>((resolve) =>
      exporter.export(records, resolve),
    )
    if (code === 0) return
    await pause(500)
  }
  throw new Error('the exporter was refused to the end')
}
