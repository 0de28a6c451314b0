/** Ways in over HTTP that take many records in one request. */
export type HttpWire = 'json-lines' | 'elastic-bulk' | 'splunk-hec' | 'otlp'

/** How one way in is spoken to. */
interface Wording {
  readonly contentType: string
  /** What the `Authorization` header says before the token. */
  readonly scheme: 'Bearer' | 'Splunk'
  /** The body of a batch; `key` tells it from every other batch, and is the same when it is sent again. */
  readonly body: (records: readonly string[], key: string) => string
  /** What an answer that says success refuses nevertheless, if anything. */
  readonly refused: (answer: string) => string | undefined
}

const nothing = () => undefined

export const wordings: Readonly<Record<HttpWire, Wording>> = {
  'json-lines': {
    contentType: 'application/x-ndjson',
    scheme: 'Bearer',
    body: (records) => `${records.join('\n')}\n`,
    refused: nothing,
  },
  'elastic-bulk': {
    contentType: 'application/x-ndjson',
    scheme: 'Bearer',
    body: (records, key) =>
      records
        .map((record, n) => `{"create":{"_index":"load","_id":"${key}-${n}"}}\n${record}\n`)
        .join(''),
    refused: (answer) => {
      const { items = [] } = JSON.parse(answer) as BulkAnswer
      const refusal = items.find(({ create }) => create.status >= 400 && create.status !== known)
      return refusal && JSON.stringify(refusal)
    },
  },
  'splunk-hec': {
    contentType: 'application/json',
    scheme: 'Splunk',
    body: (records) => records.map((record) => `{"event":${record}}`).join(''),
    refused: nothing,
  },
  otlp: {
    contentType: 'application/json',
    scheme: 'Bearer',
    body: (records, key) => JSON.stringify(logsOf(records, key)),
    refused: (answer) => {
      const { partialSuccess } = JSON.parse(answer || '{}') as OtlpAnswer
      return Number(partialSuccess?.rejectedLogRecords ?? 0) > 0 ? answer : undefined
    },
  },
}

interface BulkAnswer {
  readonly items?: readonly { readonly create: { readonly status: number } }[]
}

interface OtlpAnswer {
  readonly partialSuccess?: { readonly rejectedLogRecords?: number | string }
}

/** To `create`: a document of this `_id` is there, as when an answer was lost. */
const known = 409

function logsOf(records: readonly string[], key: string): object {
  const logRecords = records.map((record, n) => ({
    body: { stringValue: record },
    attributes: [{ key: 'log.record.uid', value: { stringValue: `${key}-${n}` } }],
  }))
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] }
}
