/** Second-level labels under which registries of countries let names be registered (com.vn, co.uk, gov.vn). */
const publicLabels = new Set(
  'ac co com edu gob gouv gov go health id info int ltd mil ne net nom or org plc sch web biz name pro'.split(
    ' ',
  ),
)
/** Names that are nobody's domain: reverse lookups and names of local networks. */
const local = new Set(
  'arpa local localhost localdomain lan home internal intranet corp workgroup test invalid'.split(
    ' ',
  ),
)

/**
 * The part of a DNS name that somebody registered: two labels, or three below a country's public label. A
 * short list stands for the public suffix list: what it misses is counted under the registry's own name.
 * Undefined for single labels, addresses and names of local networks.
 */
export function registeredDomain(name: string): string | undefined {
  const lastDot = name.lastIndexOf('.')
  const top = name.slice(lastDot + 1)
  if (lastDot < 1 || top === '' || local.has(top) || /^\d+$/.test(top)) return undefined
  const dot = name.lastIndexOf('.', lastDot - 1)
  const second = name.slice(dot + 1, lastDot)
  if (second === '') return undefined
  if (top.length > 2 || !publicLabels.has(second)) return name.slice(dot + 1)
  if (dot < 1) return undefined
  const third = name.lastIndexOf('.', dot - 1) + 1
  return third === dot ? undefined : name.slice(third)
}
