import { setTimeout as pause } from 'node:timers/promises'
import { sizedEvent } from './sized-event.ts'

interface Delivery {
  /** Where a source takes JSON lines. */
  readonly urlOf: (source: string) => string
  /** Tokens of the sources that send, by name; they take turns, batch by batch. */
  readonly tokens: ReadonlyMap<string, string>
  readonly bytes: number
  /** The first event of the first batch; numbers its batches apart from those of other deliveries. */
  readonly from: number
  readonly batches: number
  readonly eventsPerBatch: number
}

const parallel = 4

/** Sends batches of events of one size until each is acknowledged. */
export async function deliver(delivery: Delivery): Promise<void> {
  const { tokens, batches, eventsPerBatch, bytes, from, urlOf } = delivery
  const sources = [...tokens]
  let next = 0
  const send = async () => {
    for (let batch = next++; batch < batches; batch = next++) {
      const [name, token] = sources[batch % sources.length] ?? ['', '']
      const first = from + batch * eventsPerBatch
      const lines = Array.from({ length: eventsPerBatch }, (_, n) => sizedEvent(bytes, first + n))
      await post(urlOf(name), token, `cost-${first}`, `${lines.join('\n')}\n`)
    }
  }
  await Promise.all(Array.from({ length: parallel }, send))
}

async function post(url: string, token: string, key: string, body: string): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/x-ndjson',
    'idempotency-key': key,
  }
  for (;;) {
    const response = await fetch(url, { method: 'POST', headers, body })
    const text = await response.text()
    if (response.ok) return
    if (response.status !== 429 && response.status < 500) throw new Error(text)
    await pause(100)
  }
}
