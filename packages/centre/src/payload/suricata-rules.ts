import { createHash } from 'node:crypto'
import type { Indicator } from './indicator.ts'
import { type Payload, plainNumber } from './payload.ts'

/** Identifiers of rules made from orders: one hundred million from here on, by hash. */
const firstSid = 2_100_000_000
const sids = 100_000_000

/** Rules for Suricata 6 and later; hashes and e-mail addresses, which a rule alone cannot carry, are left out. */
export function suricataRules(payload: Payload): string {
  const number = plainNumber(payload.number)
  const taken = new Set<number>()
  const head = [
    `# ${number} version ${payload.version}, TLP:${payload.tlp.toUpperCase()}`,
    ...(payload.simulated ? ['# simulated: not for production'] : []),
  ]
  const rules = payload.indicators.flatMap((indicator) =>
    matches(indicator).map(([protocol, way, options], place) => {
      const sid = sidOf(`${payload.order_id} ${indicator.text} ${place}`, taken)
      const about = `msg:"${number} ${payload.action_kind} ${indicator.kind}"`
      const end = `classtype:trojan-activity; sid:${sid}; rev:${payload.version};`
      return `drop ${protocol} ${way} (${about}; ${[...options, end].join(' ')})`
    }),
  )
  return `${[...head, ...rules].join('\n')}\n`
}

type Match = readonly [protocol: string, way: string, options: readonly string[]]

function matches(indicator: Indicator): Match[] {
  const anywhere = 'any any -> any any'
  switch (indicator.kind) {
    case 'address':
    case 'network':
      return [['ip', `any any <> ${indicator.text} any`, []]]
    case 'domain': {
      const below = `dotprefix; ${content(`.${indicator.text}`)} nocase; endswith;`
      return [
        ['dns', anywhere, [`dns.query; ${below}`]],
        ['tls', anywhere, [`tls.sni; ${below}`]],
      ]
    }
    case 'url': {
      const url = new URL(indicator.text)
      if (url.protocol !== 'http:') return []
      const host = `http.host; ${content(url.hostname)} bsize:${url.hostname.length};`
      return [['http', anywhere, [host, `http.uri; ${content(url.pathname + url.search)}`]]]
    }
    default:
      return []
  }
}

/** A content match in which every sign that has a meaning in a rule is written as its byte. */
function content(text: string): string {
  const safe = [...Buffer.from(text)].map((byte) => {
    const sign = String.fromCharCode(byte)
    return /[A-Za-z0-9./_-]/.test(sign) ? sign : `|${byte.toString(16).padStart(2, '0')}|`
  })
  return `content:"${safe.join('')}";`
}

function sidOf(key: string, taken: Set<number>): number {
  const hash = createHash('sha256').update(key).digest().readUInt32BE()
  let sid = firstSid + (hash % sids)
  while (taken.has(sid)) sid += 1
  taken.add(sid)
  return sid
}
