/** IPv4 address of four octets as text. */
export function ipv4At(bytes: Buffer, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`
}

/** IPv6 address of sixteen octets as text (RFC 5952): lower case, the longest run of zeros left out. */
export function ipv6At(bytes: Buffer, at: number): string {
  const words: string[] = []
  let run = { from: 0, length: 0 }
  let longest = { from: 0, length: 1 }
  for (let i = 0; i < 8; i++) {
    const word = bytes.readUInt16BE(at + 2 * i)
    words.push(word.toString(16))
    run = word !== 0 ? { from: i + 1, length: 0 } : { from: run.from, length: run.length + 1 }
    if (run.length > longest.length) longest = run
  }
  if (longest.length < 2) return words.join(':')
  const before = words.slice(0, longest.from).join(':')
  return `${before}::${words.slice(longest.from + longest.length).join(':')}`
}

/** Hardware address of six octets as text. */
export function macAt(bytes: Buffer, at: number): string {
  return bytes.toString('hex', at, at + 6).replace(/..(?!$)/g, '$&:')
}
