import { setTimeout as pause } from 'node:timers/promises'

interface PressureOptions {
  /** Where a source takes JSON lines. */
  readonly url: string
  readonly token: string
  readonly lines: readonly string[]
  /** How many lines the station has stored so far. */
  readonly stored: () => Promise<number>
}

const linesPerBatch = 1_000
const parallel = 3
/** Lines that may wait in the station: enough that its line never runs empty, not more. */
const mostWaiting = 40_000
const lookEvery = 250

/** Sends batches of JSON lines so fast that a station always has work, and no faster. */
export class Pressure {
  readonly #options: PressureOptions
  readonly #bodies: readonly Buffer[]
  readonly #stop = new AbortController()
  #sent = 0
  #stored = 0

  constructor(options: PressureOptions) {
    this.#options = options
    const { lines } = options
    const batches = Math.floor(lines.length / linesPerBatch)
    this.#bodies = Array.from({ length: batches }, (_, n) =>
      Buffer.from(`${lines.slice(n * linesPerBatch, (n + 1) * linesPerBatch).join('\n')}\n`),
    )
  }

  /** Until `stop`; answers how many lines were acknowledged. */
  async run(): Promise<number> {
    await Promise.all([
      this.#look(),
      ...Array.from({ length: parallel }, (_, sender) => this.#send(sender)),
    ])
    return this.#sent
  }

  stop(): void {
    this.#stop.abort()
  }

  async #look(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#stored = await this.#options.stored()
      await pause(lookEvery)
    }
  }

  async #send(sender: number): Promise<void> {
    for (let turn = sender; !this.#stop.signal.aborted; ) {
      const body = this.#bodies[turn % this.#bodies.length]
      if (this.#sent - this.#stored > mostWaiting || !body) await pause(10)
      else if (await this.#post(body, `pressure-${turn}`)) {
        turn += parallel
        this.#sent += linesPerBatch
      }
    }
  }

  async #post(body: Buffer, key: string): Promise<boolean> {
    const { url, token } = this.#options
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-ndjson',
        'idempotency-key': key,
      },
      body: new Uint8Array(body),
    })
    const text = await response.text()
    if (response.ok) return true
    if (response.status !== 429 && response.status < 500) throw new Error(text)
    await pause(50)
    return false
  }
}
