import { isIpv4, readNetwork } from '@haidang/detection/ip-address'

/** A value of a MaxMind DB as it is written: whole numbers become uint32. */
export type MmdbRecord = string | number | boolean | readonly MmdbRecord[] | MmdbRecords
interface MmdbRecords {
  readonly [name: string]: MmdbRecord
}

export interface MmdbSettings {
  readonly type: string
  /** Bits of a record: 24, 28 or 32. */
  readonly recordBits?: 24 | 28 | 32
  readonly ipVersion?: 4 | 6
  /** Milliseconds since the epoch. */
  readonly builtAt?: number
}

interface Node {
  readonly sides: [Side, Side]
}
type Side = Node | { readonly place: number } | undefined

const separator = new Uint8Array(16)

/** Writes a MaxMind DB (format 2.0) of networks and what is said of each; of nested ones the later stands. */
export function mmdbOf(
  networks: readonly (readonly [network: string, record: MmdbRecord])[],
  { type, recordBits = 28, ipVersion = 6, builtAt = 0 }: MmdbSettings,
): Uint8Array {
  const root: Node = { sides: [undefined, undefined] }
  const data: Uint8Array[] = []
  let place = 0
  for (const [text, record] of networks) {
    const bytes = encoded(record)
    insert(root, text, ipVersion, { place })
    data.push(bytes)
    place += bytes.length
  }
  const nodes = numbered(root)
  const tree = treeOf(nodes, recordBits)
  const metadata = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: Math.floor(builtAt / 1_000),
    database_type: type,
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes.size,
    record_size: recordBits,
  })
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
  return Buffer.concat([tree, separator, ...data, marker, metadata])
}

function insert(root: Node, text: string, ipVersion: 4 | 6, leaf: { place: number }): void {
  const network = readNetwork(text)
  if (network === undefined) throw new Error(`${text} is no network`)
  const isV4 = isIpv4(network.words) && network.bits >= 96
  // IPv4 stands under 96 zeros in a tree of IPv6.
  const bitAt = (bit: number) => {
    if (isV4 && bit < 96) return 0
    return ((network.words[bit >> 5] ?? 0) >>> (31 - (bit & 31))) & 1
  }
  let node = root
  for (let bit = ipVersion === 4 ? 96 : 0; bit < network.bits - 1; bit++) {
    const side = bitAt(bit)
    const next = node.sides[side]
    const inner: Node = next && 'sides' in next ? next : { sides: [next, next] }
    node.sides[side] = inner
    node = inner
  }
  node.sides[bitAt(network.bits - 1)] = leaf
}

function numbered(root: Node): Map<Node, number> {
  const nodes = new Map<Node, number>([[root, 0]])
  for (const node of nodes.keys()) {
    for (const side of node.sides) {
      if (side && 'sides' in side && !nodes.has(side)) nodes.set(side, nodes.size)
    }
  }
  return nodes
}

function treeOf(nodes: ReadonlyMap<Node, number>, recordBits: number): Buffer {
  const tree = Buffer.alloc((nodes.size * recordBits) / 4)
  const valueOfSide = (side: Side) => {
    if (side === undefined) return nodes.size
    return 'sides' in side ? (nodes.get(side) ?? 0) : side.place + nodes.size + separator.length
  }
  for (const [node, number] of nodes) {
    const [left, right] = node.sides.map(valueOfSide)
    writeNode(tree, number, recordBits, left ?? 0, right ?? 0)
  }
  return tree
}

function writeNode(tree: Buffer, number: number, bits: number, left: number, right: number): void {
  const at = (number * bits) / 4
  if (bits === 28) {
    tree.writeUIntBE(left % 0x100_0000, at, 3)
    tree[at + 3] = (Math.floor(left / 0x100_0000) << 4) | Math.floor(right / 0x100_0000)
    tree.writeUIntBE(right % 0x100_0000, at + 4, 3)
    return
  }
  tree.writeUIntBE(left, at, bits / 8)
  tree.writeUIntBE(right, at + bits / 8, bits / 8)
}

function encoded(value: MmdbRecord): Uint8Array {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([head(2, text.length), text])
  }
  if (typeof value === 'boolean') return head(14, value ? 1 : 0)
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([head(6, 4), bytes])
  }
  if (isList(value)) return Buffer.concat([head(11, value.length), ...value.map(encoded)])
  const entries = Object.entries(value).flatMap(([name, each]) => [encoded(name), encoded(each)])
  return Buffer.concat([head(7, entries.length / 2), ...entries])
}

function isList(value: MmdbRecord): value is readonly MmdbRecord[] {
  return Array.isArray(value)
}

function head(kind: number, size: number): Uint8Array {
  const [short, more] =
    size < 29
      ? [size, []]
      : size < 285
        ? [29, [size - 29]]
        : [30, [(size - 285) >> 8, (size - 285) & 255]]
  return kind > 7
    ? Buffer.from([short, kind - 7, ...more])
    : Buffer.from([(kind << 5) | short, ...more])
}
