import { accountOf, type Draft, present } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import type { Fields } from './fields.ts'
import { protocolName } from './firewall.ts'

/** Under which names a notation holds what every event may have; of several the first with a value counts. */
export interface CommonNames {
  readonly source: readonly string[]
  readonly sourcePort: readonly string[]
  readonly sourceName: readonly string[]
  readonly sourceMac: readonly string[]
  readonly target: readonly string[]
  readonly targetPort: readonly string[]
  readonly targetName: readonly string[]
  readonly targetMac: readonly string[]
  /** The account acted on. */
  readonly user: readonly string[]
  /** The account that acts, where the notation tells them apart. */
  readonly actor: readonly string[]
  readonly protocol: readonly string[]
  readonly sent: readonly string[]
  readonly received: readonly string[]
  readonly url: readonly string[]
  readonly method: readonly string[]
  readonly agent: readonly string[]
  readonly fileName: readonly string[]
  readonly filePath: readonly string[]
  readonly hash: readonly string[]
  readonly process: readonly string[]
}

/** Attributes of an event by the names of a notation. */
export function attributesOf(fields: Fields, names: CommonNames) {
  const text = (each: readonly string[]) => fields.first(...each)
  const user = accountOf(text(names.user))
  const actor = accountOf(text(names.actor))
  return {
    src_endpoint: named(
      endpointOf(text(names.source), text(names.sourcePort), text(names.sourceMac)),
      text(names.sourceName),
    ),
    dst_endpoint: named(
      endpointOf(text(names.target), text(names.targetPort), text(names.targetMac)),
      text(names.targetName),
    ),
    user: user ?? actor,
    actor: user && actor ? { user: actor } : undefined,
    connection_info: present({ protocol_name: protocolName(text(names.protocol)) }),
    traffic: present({
      bytes_out: counted(text(names.sent)),
      bytes_in: counted(text(names.received)),
    }),
    http_request: present({
      http_method: text(names.method),
      url: text(names.url),
      user_agent: text(names.agent),
    }),
    file: fileOf(text(names.fileName), text(names.filePath), text(names.hash)),
    process: present({ name: text(names.process) }),
  } satisfies Partial<Draft>
}

function named(endpoint: Draft['src_endpoint'], name: string | undefined): Draft['src_endpoint'] {
  if (name === undefined) return endpoint
  return { ...endpoint, hostname: name.slice(0, 255) }
}

function counted(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

const algorithms: Readonly<Record<number, 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-512'>> = {
  32: 'MD5',
  40: 'SHA-1',
  64: 'SHA-256',
  128: 'SHA-512',
}

/** A digest in hexadecimal, its algorithm told by its length. */
export function hashesOf(digest: string | undefined) {
  if (digest === undefined || !/^[0-9A-Fa-f]{32,128}$/.test(digest)) return undefined
  const algorithm = algorithms[digest.length]
  return algorithm && [{ algorithm, value: digest.toLowerCase() }]
}

function fileOf(name: string | undefined, path: string | undefined, digest: string | undefined) {
  return present({ name, path, hashes: hashesOf(digest) })
}
