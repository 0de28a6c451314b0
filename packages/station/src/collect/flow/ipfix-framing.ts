import { StreamBytes } from '../stream-bytes.ts'

const version = 10
const header = 16

/**
 * Takes a stream apart into messages of IPFIX, each as long as its header says (RFC 7011, 3.1). What is no
 * message ends it: behind that nothing can be found.
 */
export class IpfixFraming {
  readonly #bytes = new StreamBytes()
  #fault: string | undefined

  /** Bytes of a message that is not whole, at most 64 kB. */
  get pending(): number {
    return this.#fault === undefined ? this.#bytes.length : 0
  }

  /** Why the stream is no IPFIX from here on; undefined: so far it is. */
  get fault(): string | undefined {
    return this.#fault
  }

  /** Messages that are whole now. */
  push(chunk: Buffer): Buffer[] {
    if (this.#fault !== undefined) return []
    this.#bytes.push(chunk)
    const messages: Buffer[] = []
    while (this.#bytes.length >= 4) {
      const { view } = this.#bytes
      const length = view.readUInt16BE(2)
      this.#fault = faultOf(view.readUInt16BE(0), length)
      if (this.#fault !== undefined || view.length < length) break
      messages.push(this.#bytes.take(length))
    }
    return messages
  }
}

function faultOf(said: number, length: number): string | undefined {
  if (said !== version) return `version ${said}; by TCP comes IPFIX (10) alone`
  return length < header ? `a message of ${length} octets` : undefined
}
