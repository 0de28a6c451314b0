/** Who wrote a spool entry: the source, the sender's address, and whether its record was cut. */
export interface Origin {
  readonly sourceId: string
  /** Network address or file path of the sender; may be empty. */
  readonly sender: string
  /** Length of the record before it was cut, in bytes; absent if it is whole. */
  readonly cutFrom?: number
}

const longestSender = 100

/** Writes an origin in at most 200 bytes: `source sender [cut=bytes]`. */
export function printOrigin({ sourceId, sender, cutFrom }: Origin): string {
  const bounded = sender.replace(/[^\x21-\x7e]/g, '_').slice(-longestSender) || '-'
  return cutFrom === undefined ? `${sourceId} ${bounded}` : `${sourceId} ${bounded} cut=${cutFrom}`
}

let latest = ''
let latestOrigin: Origin = { sourceId: '', sender: '' }

/** Reads what `printOrigin` wrote; anything else is taken as a bare source id. Records of one sender follow one another: theirs is read once. */
export function readOrigin(text: string): Origin {
  if (text !== latest) {
    latestOrigin = originOf(text)
    latest = text
  }
  return latestOrigin
}

function originOf(text: string): Origin {
  const [sourceId = '', sender = '-', cut] = text.split(' ')
  const origin = { sourceId, sender: sender === '-' ? '' : sender }
  return cut?.startsWith('cut=') ? { ...origin, cutFrom: Number(cut.slice(4)) } : origin
}
