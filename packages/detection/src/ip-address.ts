/** An address as four 32-bit words; IPv4 stands as ::ffff:a.b.c.d. */
export type IpWords = readonly [number, number, number, number]

export interface Network {
  readonly words: IpWords
  /** Leading bits that count, 0 to 128 (IPv4: 96 more than written). */
  readonly bits: number
}

const mapped = 0xffff
const colon = 58
const dot = 46

/** Reads an IPv4 or IPv6 address in any notation of RFC 4291 section 2.2; undefined for anything else. */
export function readIp(text: string): IpWords | undefined {
  const words = new Uint32Array(4)
  if (!readIpInto(words, text, 0, text.length)) return undefined
  return [at(words, 0), at(words, 1), at(words, 2), at(words, 3)]
}

/**
 * Reads the address that stands in `text` from `from` to `to` into four words, without allocating.
 * False, and the words undefined, for anything that is no address.
 */
export function readIpInto(words: Uint32Array, text: string, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 45) return false
  for (let i = from; i < Math.min(to, from + 5); i++) {
    if (text.charCodeAt(i) === colon) return readIpv6(words, text, from, to)
  }
  const word = readIpv4(text, from, to)
  words.fill(0)
  words[2] = mapped
  words[3] = word
  return word >= 0
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

export function isIpv4(ip: IpWords | Uint32Array): boolean {
  return ip[0] === 0 && ip[1] === 0 && ip[2] === mapped
}

/** The address with all but the leading bits cleared. */
export function masked(ip: IpWords, bits: number): IpWords {
  const word = (i: number) => (at(ip, i) & maskOf(bits, i)) >>> 0
  return [word(0), word(1), word(2), word(3)]
}

/** A network as RFC 5952 writes it, IPv4 dotted; a single address without its bits. */
export function networkText({ words, bits }: Network): string {
  if (isIpv4(words) && bits >= 96) {
    const word = words[3]
    const octets = [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join('.')
    return bits === 128 ? octets : `${octets}/${bits - 96}`
  }
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff])
  const text = groups.map((group) => group.toString(16)).join(':')
  return `${withoutZeros(text)}${bits === 128 ? '' : `/${bits}`}`
}

/** The first of the longest runs of zero groups as `::`. */
function withoutZeros(text: string): string {
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)]
  const [run] = runs.toSorted((a, b) => b[0].length - a[0].length)
  if (run === undefined) return text
  const before = text.slice(0, run.index).replace(/:$/, '')
  const after = text.slice(run.index + run[0].length).replace(/^:/, '')
  return `${before}::${after}`
}

function at(words: IpWords | Uint32Array, index: number): number {
  return words[index] ?? 0
}

function maskOf(bits: number, word: number): number {
  const kept = Math.min(Math.max(bits - word * 32, 0), 32)
  return kept === 0 ? 0 : -1 << (32 - kept)
}

/** The address as one word, or -1. */
function readIpv4(text: string, start: number, to: number): number {
  let word = 0
  let from = start
  for (let octets = 0; octets < 4; octets++) {
    const dot = octets === 3 ? to : text.indexOf('.', from)
    const octet = dot > to ? -1 : readOctet(text, from, dot)
    if (octet < 0) return -1
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

function readIpv6(words: Uint32Array, text: string, from: number, to: number): boolean {
  words.fill(0)
  const gap = gapAt(text, from, to)
  if (gap < 0) return readGroups(words, 0, text, from, to) === 8
  for (let i = from; i < gap; i++) if (text.charCodeAt(i) === dot) return false
  const before = readGroups(words, 0, text, from, gap)
  if (before < 0) return false
  const all = readGroups(words, before, text, gap + 2, to)
  return all >= 0 && all < 8 && moveToEnd(words, before, all)
}

/** Where `::` stands between two places, or -1; the text behind `to` is never read. */
function gapAt(text: string, from: number, to: number): number {
  for (let i = from; i + 1 < to; i++) {
    if (text.charCodeAt(i) === colon && text.charCodeAt(i + 1) === colon) return i
  }
  return -1
}

/**
 * Puts the groups of 16 bits between two places behind the `index` groups there are; the last 32 bits may be
 * an IPv4 address. Answers how many there are then, or -1.
 */
function readGroups(
  words: Uint32Array,
  index: number,
  text: string,
  from: number,
  to: number,
): number {
  let groups = index
  for (let i = from; i <= to && from < to; groups++) {
    const end = groupEnd(text, i, to)
    if (end < to && text.charCodeAt(end) === dot) return readTail(words, groups, text, i, to)
    const group = groups < 8 ? readGroup(text, i, end) : -1
    if (group < 0) return -1
    putGroup(words, groups, group)
    i = end + 1
  }
  return groups
}

function readTail(
  words: Uint32Array,
  groups: number,
  text: string,
  from: number,
  to: number,
): number {
  const word = readIpv4(text, from, to)
  if (word < 0 || groups > 6) return -1
  putGroup(words, groups, word >>> 16)
  putGroup(words, groups + 1, word & 0xffff)
  return groups + 2
}

/** Where the group that begins at `from` ends: at a colon, a dot, or `to`. */
function groupEnd(text: string, from: number, to: number): number {
  let end = from
  while (end < to && text.charCodeAt(end) !== colon && text.charCodeAt(end) !== dot) end += 1
  return end
}

/** One to four hexadecimal digits, or -1. */
function readGroup(text: string, from: number, to: number): number {
  if (to - from < 1 || to - from > 4) return -1
  let group = 0
  for (let i = from; i < to; i++) {
    const digit = hexDigit(text.charCodeAt(i))
    if (digit < 0) return -1
    group = group * 16 + digit
  }
  return group
}

/** The value of a hexadecimal digit of either case, or -1. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function putGroup(words: Uint32Array, index: number, group: number): void {
  const kept = index & 1 ? 0xffff0000 : 0xffff
  words[index >> 1] = (at(words, index >> 1) & kept) | (group << (index & 1 ? 0 : 16))
}

/** Moves the groups from `gap` on to the end; always true. */
function moveToEnd(words: Uint32Array, gap: number, groups: number): boolean {
  for (let i = 1; i <= groups - gap; i++) {
    const from = groups - i
    const group = (at(words, from >> 1) >>> (from & 1 ? 0 : 16)) & 0xffff
    putGroup(words, from, 0)
    putGroup(words, 8 - i, group)
  }
  return true
}
