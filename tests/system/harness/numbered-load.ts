import { setTimeout as pause } from 'node:timers/promises'

/** A batch of lines and how it ended; `lines` of them from number `first` on. */
export interface SentBatch {
  readonly index: number
  readonly isAcknowledged: boolean
  readonly attempts: number
}

interface NumberedLoadOptions {
  readonly url: string
  readonly token: string
  /** Starts every `Idempotency-Key`. */
  readonly key: string
  /** Line number `n`, from 0; batch `i` holds numbers from `i * batchLines` on. */
  readonly line: (n: number) => string
  readonly linesPerSecond: number
  readonly batchLines: number
  /** Batches on their way at a time; 1 keeps the order. */
  readonly parallel: number
  /** Every so-manieth batch is not sent again when it was not acknowledged; none unless told. */
  readonly giveUpEvery?: number
  /** How many batches; without end unless told. */
  readonly batches?: number
  /** Aborted: no new batch begins. What is on its way is brought to its end. */
  readonly stop: AbortSignal
}

const firstWait = 50
const longestWait = 1_000
const answerWithin = 30_000

/** Sends numbered lines at a steady pace, catching up after a stand-still, and says of every batch how it ended. */
export async function numberedLoad(options: NumberedLoadOptions): Promise<SentBatch[]> {
  const { linesPerSecond, batchLines, parallel, stop, batches = Number.POSITIVE_INFINITY } = options
  const began = performance.now()
  const sent: SentBatch[] = []
  let next = 0
  const work = async () => {
    while (!stop.aborted && next < batches) {
      const index = next++
      const early = (index * batchLines * 1000) / linesPerSecond - (performance.now() - began)
      if (early > 0) await pause(early)
      sent.push(await deliver(options, index))
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  return sent.sort((a, b) => a.index - b.index)
}

async function deliver(options: NumberedLoadOptions, index: number): Promise<SentBatch> {
  const { batchLines, line, giveUpEvery } = options
  const body = Array.from({ length: batchLines }, (_, i) => line(index * batchLines + i)).join('\n')
  const mayGiveUp = giveUpEvery !== undefined && index % giveUpEvery === 0
  for (let attempts = 1, wait = firstWait; ; attempts++, wait = Math.min(2 * wait, longestWait)) {
    const isAcknowledged = await post(options, `${options.key}-${index}`, `${body}\n`)
    if (isAcknowledged || mayGiveUp) return { index, isAcknowledged, attempts }
    await pause(wait)
  }
}

/** Whether the batch was acknowledged; throws for a refusal that no repetition changes. */
async function post(
  { url, token }: NumberedLoadOptions,
  key: string,
  body: string,
): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'idempotency-key': key,
    },
    body,
    signal: AbortSignal.timeout(answerWithin),
  }).catch(() => undefined)
  const text = await response?.text().catch(() => undefined)
  if (!response || text === undefined) return false
  if (response.ok) return true
  if (response.status >= 500 || response.status === 429) return false
  throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`)
}
