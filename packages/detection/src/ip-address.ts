/** An address as four 32-bit words; IPv4 stands as ::ffff:a.b.c.d. */
export type IpWords = readonly [number, number, number, number]

export interface Network {
  readonly words: IpWords
  /** Leading bits that count, 0 to 128 (IPv4: 96 more than written). */
  readonly bits: number
}

const mapped = 0xffff

/** Reads an IPv4 or IPv6 address in any notation of RFC 4291 section 2.2; undefined for anything else. */
export function readIp(text: string): IpWords | undefined {
  if (text.length < 2 || text.length > 45) return undefined
  if (!text.includes(':')) {
    const word = readIpv4(text)
    return word === undefined ? undefined : [0, 0, mapped, word]
  }
  return readIpv6(text)
}

/** Reads `address/bits`; host bits may be set. Undefined for anything else. */
export function readNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const words = readIp(address)
  if (words === undefined) return undefined
  const offset = address.includes(':') ? 0 : 96
  if (slash < 0) return { words, bits: 128 }
  const length = text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(length)) return undefined
  const bits = Number(length) + offset
  return bits > 128 ? undefined : { words: masked(words, bits), bits }
}

/** Whether the address lies in the network. An IPv6 network shorter than /96 holds no IPv4 address. */
export function isWithin(ip: IpWords, network: Network): boolean {
  if (network.bits < 96 && isIpv4(ip)) return false
  return ip.every((word, i) => ((word ^ at(network.words, i)) & maskOf(network.bits, i)) === 0)
}

export function isIpv4(ip: IpWords): boolean {
  return ip[0] === 0 && ip[1] === 0 && ip[2] === mapped
}

/** The address with all but the leading bits cleared. */
export function masked(ip: IpWords, bits: number): IpWords {
  const word = (i: number) => (at(ip, i) & maskOf(bits, i)) >>> 0
  return [word(0), word(1), word(2), word(3)]
}

function at(words: IpWords, index: number): number {
  return words[index] ?? 0
}

function maskOf(bits: number, word: number): number {
  const kept = Math.min(Math.max(bits - word * 32, 0), 32)
  return kept === 0 ? 0 : -1 << (32 - kept)
}

function readIpv4(text: string): number | undefined {
  let word = 0
  let from = 0
  for (let octets = 0; octets < 4; octets++) {
    const dot = octets === 3 ? text.length : text.indexOf('.', from)
    const octet = readOctet(text, from, dot)
    if (octet < 0) return undefined
    word = word * 256 + octet
    from = dot + 1
  }
  return word
}

/** One to three decimal digits up to 255, or -1. */
function readOctet(text: string, from: number, to: number): number {
  if (to - from < 1 || to - from > 3) return -1
  let octet = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    octet = octet * 10 + digit
  }
  return octet > 255 ? -1 : octet
}

function readIpv6(text: string): IpWords | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const before = groupsOf(halves[0] ?? '', halves.length === 1)
  const after = groupsOf(halves[1] ?? '', true)
  if (before === undefined || after === undefined) return undefined
  const missing = 8 - before.length - after.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...before, ...Array<number>(missing).fill(0), ...after]
  const word = (i: number) => (groups[i * 2] ?? 0) * 65536 + (groups[i * 2 + 1] ?? 0)
  return [word(0), word(1), word(2), word(3)]
}

/** 16-bit groups between colons; the last may be an IPv4 address where `last` says so. */
function groupsOf(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const words = text.split(':')
  for (const [i, word] of words.entries()) {
    if (last && i === words.length - 1 && word.includes('.')) {
      const ipv4 = readIpv4(word)
      if (ipv4 === undefined) return undefined
      groups.push(Math.floor(ipv4 / 65536), ipv4 % 65536)
    } else if (/^[0-9a-f]{1,4}$/i.test(word)) {
      groups.push(Number.parseInt(word, 16))
    } else {
      return undefined
    }
  }
  return groups.length > 8 ? undefined : groups
}
