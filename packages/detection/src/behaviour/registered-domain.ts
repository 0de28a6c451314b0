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
  const labels = name.split('.')
  const [top = '', second = '', third] = labels.toReversed()
  if (labels.length < 2 || top === '' || second === '') return undefined
  if (local.has(top) || /^\d+$/.test(top)) return undefined
  if (top.length > 2 || !publicLabels.has(second)) return `${second}.${top}`
  return third === undefined || third === '' ? undefined : `${third}.${second}.${top}`
}
